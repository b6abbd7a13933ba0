import type { CallName, Calls, CaseDecision, CaseView, SlipResult } from '../api/contract.ts'
import { writeReceiptFiles } from '../receipts/receipt-files.ts'
import { receiptProfiles } from '../receipts/receipt-profiles.ts'
import { openReceiptRenderer } from '../receipts/receipt-renderer.ts'
import type { PaperWidth } from '../receipts/templates/default-templates.ts'
import type { Clock } from '../runner/ports.ts'
import type { PinTrouble } from '../staff/pin-keeper.ts'
import { assertNever } from '../till/brand.ts'
import type { OrderNumber } from '../till/ids.ts'
import { decisionsFor } from '../till/order/attention.ts'
import type { CaseFacts } from '../till/order/case.ts'
import type { ManagerProof } from '../till/order/event.ts'
import type { Order } from '../till/order/order.ts'
import { canRevoke } from '../till/order/timing.ts'
import { caseSlip } from '../till/receipt/case-slip.ts'
import type { ReceiptLanguage } from '../till/receipt/document.ts'
import { leftToRefundFen } from '../till/refund/left.ts'
import { isRefundFinal } from '../till/refund/refund.ts'
import type { Moment } from '../till/time.ts'
import type { AssembledTill } from './assemble.ts'
import { factsOf } from './case-facts.ts'
import { orderView } from './order-view.ts'

type DeskCall = Extract<CallName, `case.${string}` | 'cases.list' | `pin.${string}`>

type DeskCalls = { readonly [Name in DeskCall]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']> }

/** The calls of the desk for doubtful orders (人工处理, M15). */
export function createDeskCalls(till: AssembledTill, clock: Clock): DeskCalls {
  const { runner, reader, pin, staff } = till
  const view = (order: Order) => orderView(order, clock.now())

  /** With staff set up each manager has a PIN of their own, and the single one counts no more. */
  const hasStaff = async (): Promise<boolean> => {
    const people = await staff.people()
    return people.ok && people.value.length > 0
  }

  /** Refunds all that is left of a case; what is under way already is not begun again. */
  const refundCase = async (
    orderNumber: OrderNumber,
    reason: string,
    proof: ManagerProof,
  ): Promise<Calls['case.settle']['reply']> => {
    const [found, refunds] = await Promise.all([reader.order(orderNumber), reader.refundsOfOrder(orderNumber)])
    if (!found.ok) return { kind: 'ledger-trouble', problem: found.problem.kind }
    if (!refunds.ok) return { kind: 'ledger-trouble', problem: refunds.problem.kind }
    const order = found.value
    if (order === null) return { kind: 'no-such-order' }
    const notNow = { kind: 'not-now', order: view(order), decisions: caseDecisions(order) } as const
    if (!caseDecisions(order).includes('refund')) return notNow
    const amountFen = leftToRefundFen(order, refunds.value)
    const outcome = await runner.refund({ orderNumber, amountFen, reason, by: 'staff', proof })
    switch (outcome.kind) {
      case 'started':
      case 'under-way':
        return { kind: 'refund-begun', refundNumber: outcome.refund.refundNumber, amountFen: outcome.refund.amountFen }
      case 'ledger-trouble':
        return { kind: 'ledger-trouble', problem: outcome.problem.kind }
      case 'no-such-order':
        return { kind: 'no-such-order' }
      case 'refused':
        return refunds.value.some(({ status }) => !isRefundFinal(status)) ? { kind: 'refund-under-way' } : notNow
      case 'reason-missing':
      case 'channel-not-configured':
      case 'stopping':
        return notNow
      default:
        return assertNever(outcome, 'refund start')
    }
  }

  return {
    'cases.list': async () => {
      const open = runner.open().filter(({ status }) => status === 'attention')
      const at = clock.now()
      const cases = await Promise.all(open.map(async (order) => caseView(order, await factsOf(reader, order, at), at)))
      return cases.toSorted((a, b) => a.revokeUntilWallMs - b.revokeUntilWallMs)
    },
    'case.take': async ({ orderNumber, owner }) => {
      const outcome = await runner.takeOn(orderNumber as OrderNumber, owner.trim())
      if (outcome.kind === 'no-such-order') return outcome
      if (outcome.kind === 'ledger-trouble') return { kind: outcome.kind, problem: outcome.problem.kind }
      return { kind: outcome.kind, order: view(outcome.order) }
    },
    'case.settle': async ({ orderNumber, decision, reason, managerName, pin: given }) => {
      const proved = await staff.prove({ who: managerName.trim(), pin: given })
      switch (proved.kind) {
        case 'wrong':
          return { kind: 'pin-wrong', triesLeft: proved.triesLeft }
        case 'locked':
          return { kind: 'pin-locked', untilWallMs: proved.untilWallMs }
        case 'not-set':
          return { kind: 'pin-not-set' }
        case 'trouble':
          return { kind: 'pin-trouble', trouble: troubleName(proved.trouble) }
        case 'no-such-person':
        case 'not-a-manager':
          return { kind: 'no-such-manager' }
        case 'ledger-trouble':
          return { kind: 'ledger-trouble', problem: proved.problem.kind }
        case 'right': {
          const { proof } = proved
          if (decision === 'refund') return refundCase(orderNumber as OrderNumber, reason.trim(), proof)
          const outcome = await runner.settle(orderNumber as OrderNumber, { decision, reason: reason.trim(), proof })
          if (outcome.kind === 'no-such-order') return outcome
          if (outcome.kind === 'ledger-trouble') return { kind: outcome.kind, problem: outcome.problem.kind }
          if (outcome.kind === 'refund-under-way') return { kind: outcome.kind }
          const { order } = outcome
          if (outcome.kind === 'done') return { kind: 'done', order: view(order) }
          return { kind: 'not-now', order: view(order), decisions: caseDecisions(order) }
        }
      }
    },
    'case.slip': async ({ orderNumber, language }) => {
      const written = await writeCaseSlip(till, orderNumber, { language, paper: 80, at: clock.now() })
      return written.kind === 'not-now' ? { kind: 'not-now', order: view(written.order) } : written
    },
    'pin.state': async () => {
      if (await hasStaff()) return { state: 'set' }
      const state = await pin.state()
      return { state: typeof state === 'string' ? state : troubleName(state) }
    },
    'pin.set': async ({ pin: wanted, again }) => {
      if (await hasStaff()) return { kind: 'already-set' }
      if (till.settings.mode !== 'training') return { kind: 'live-mode' }
      if (wanted !== again) return { kind: 'not-the-same' }
      const outcome = await pin.set(wanted)
      switch (outcome.kind) {
        case 'weak':
          return { kind: outcome.weakness }
        case 'trouble':
          return { kind: 'pin-trouble', trouble: troubleName(outcome.trouble) }
        default:
          return { kind: outcome.kind }
      }
    },
  }
}

type SlipParts = { readonly language: ReceiptLanguage; readonly paper: PaperWidth; readonly at: Moment }

type SlipPlace = Pick<AssembledTill, 'reader' | 'dataDirectory'> & {
  readonly settings: Pick<AssembledTill['settings'], 'store' | 'till' | 'mode'>
}

/** Writes the customer's slip about an order that a person must look at, as the ledger has it. */
export async function writeCaseSlip(
  { reader, dataDirectory, settings }: SlipPlace,
  orderNumber: string,
  { language, paper, at }: SlipParts,
): Promise<Exclude<SlipResult, { kind: 'not-now' }> | { readonly kind: 'not-now'; readonly order: Order }> {
  const found = await reader.order(orderNumber as OrderNumber)
  if (!found.ok) throw new Error(`the ledger cannot be read: ${found.problem.kind}`)
  const order = found.value
  if (order === null) return { kind: 'no-such-order' }
  if (order.status !== 'attention') return { kind: 'not-now', order }
  const slip = caseSlip({
    order,
    facts: await factsOf(reader, order, at),
    store: settings.store,
    till: settings.till,
    staffName: null,
    copy: 1,
    training: settings.mode === 'training',
    language,
    printedWallMs: at.wallMs,
  })
  const renderer = await openReceiptRenderer(dataDirectory)
  const profile = receiptProfiles[`generic-${paper}`]
  const files = { text: renderer.text(slip, profile), svg: renderer.screenSvg(slip, profile) }
  const written = await writeReceiptFiles(dataDirectory, order.orderNumber, files, at.wallMs)
  return written.kind === 'done' ? written : { kind: 'disk-error', path: written.path }
}

function caseView(order: Order, facts: CaseFacts, at: Moment): CaseView {
  const { money, revokeUntilWallMs, nextStep } = facts
  const wakeAt = order.wakeAtMonotonicMs
  return {
    order: orderView(order, at),
    money,
    revokeUntilWallMs,
    revokeUntilLeftMs: canRevoke(order) ? Math.max(0, revokeUntilWallMs - at.wallMs) : 0,
    nextStepInMs: wakeAt === null ? null : Math.max(0, wakeAt - at.monotonicMs),
    nextStep,
    decisions: caseDecisions(order),
  }
}

/** Money that the channel is known to have taken can also be refunded from the desk. */
function caseDecisions(order: Order): readonly CaseDecision[] {
  const byHand = decisionsFor(order)
  return order.moneyWasTaken && byHand.length > 0 ? [...byHand, 'refund'] : byHand
}

const troubleName = (trouble: PinTrouble): 'damaged' | 'disk-error' =>
  trouble.kind === 'damaged' ? 'damaged' : 'disk-error'
