import type { SaleCash, ScanResult } from '../../electron/api/contract.ts'
import { type AmountKey, isAmountCharacter, pressAmountKey, readEntered } from '../money/amount-entry.ts'
import type { PosSale } from '../pos/pos-sale.ts'
import {
  type AmountProblem,
  type AwayReason,
  assertNever,
  type FormerOpenBecause,
  type LedgerTrouble,
  type Wallet,
} from '../till/types.ts'
import type { CashProblemName, DrawerAnswer } from '../wording/cash-words.ts'
import type { Notice, NoticeBody } from './notice.ts'

/** A sale that is paid part in cash, part by code. */
export type Split = {
  readonly wholeFen: number
  readonly cashFen: number
  /** Whether the cash is in the drawer; else it is taken once the code part is paid. */
  readonly isTaken: boolean
}

/** What the cashier wants to collect next by code; `saleId` is set when the same sale is tried again. */
export type Sale = {
  readonly amountFen: number
  readonly saleId: string | null
  readonly anotherCustomer: boolean
  readonly split?: Split
  /** Set where the shop's own POS wants it: the amount is the POS's, and the cashier collects or refuses it. */
  readonly pos?: PosSale
}

/** Cash that is about to be taken: `dueFen` of a sale of `wholeFen`. */
export type CashStep = {
  readonly kind: 'cash'
  readonly saleId: string
  readonly wholeFen: number
  readonly dueFen: number
  readonly givenText: string
  readonly problem: CashProblemName | 'amount' | 'manager' | 'lost' | null
  readonly busy: boolean
  /** Where the cashier came from; null where there is no way back, because a part is paid already. */
  readonly before: Step | null
}

/** Why the counter cannot take a payment now; none of them charged anyone. */
export type Refusal =
  | { readonly kind: 'ledger'; readonly problem: LedgerTrouble }
  | { readonly kind: 'stopping' }
  /** The wallet's channel is away, as a probe of that moment said too. */
  | { readonly kind: 'channel-away'; readonly wallet: Wallet; readonly reason: AwayReason }
  /** The till's answer was lost, and its ledger shows that no order came of the scan. */
  | { readonly kind: 'not-sent' }

/** Why an order is at the counter, where it is not the scan that was just made. */
export type OrderHint = 'scanned-before' | 'former-paid' | 'brought-back'

export type Step =
  | { readonly kind: 'amount'; readonly problem: AmountProblem | null }
  | { readonly kind: 'scan'; readonly sale: Sale; readonly byHand: boolean }
  /** `lost`: the connection broke before the till's answer; its ledger will tell. */
  | { readonly kind: 'sending'; readonly sale: Sale; readonly sentWallMs: number; readonly answer: 'awaited' | 'lost' }
  /** `instead`: what was to be collected when a former order was found paid. */
  | {
      readonly kind: 'order'
      readonly orderNumber: string
      readonly hint: OrderHint | null
      readonly instead?: Sale
      readonly split?: Split
    }
  | {
      readonly kind: 'former-open'
      readonly orderNumber: string
      readonly because: FormerOpenBecause
      readonly sale: Sale
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly sale: Sale }
  | CashStep
  /** All of the sale is there, the last part of it in cash. */
  | {
      readonly kind: 'cash-paid'
      readonly sale: SaleCash
      readonly changeFen: number
      readonly drawer: DrawerAnswer
    }
  | { readonly kind: 'cash-returned'; readonly amountFen: number; readonly drawer: DrawerAnswer }

export type CounterState = {
  readonly amountText: string
  readonly step: Step
  readonly notice: Notice | null
  readonly nextNoticeId: number
  readonly askingRevoke: boolean
  /** Sales with cash in the drawer that are not complete. */
  readonly unfinished: readonly SaleCash[]
  /** How things stood before the present run of typed keys, in case the run turns out to be a scan. */
  readonly beforeRun: { readonly runId: number; readonly amountText: string; readonly step: Step } | null
}

export type CounterEvent =
  | { readonly type: 'amount-key'; readonly key: AmountKey }
  | { readonly type: 'typed'; readonly character: string; readonly runId: number; readonly orderEnded: boolean }
  | { readonly type: 'taken-back'; readonly runId: number }
  | { readonly type: 'amount-confirmed'; readonly limitFen: number }
  | { readonly type: 'by-hand'; readonly open: boolean }
  | { readonly type: 'back' }
  | { readonly type: 'scan-sent'; readonly sale: Sale; readonly sentWallMs: number }
  | { readonly type: 'scan-answered'; readonly result: ScanResult }
  | { readonly type: 'scan-answer-lost' }
  | { readonly type: 'scan-never-arrived' }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'order-shown'; readonly orderNumber: string; readonly hint: OrderHint | null }
  /** The order at the counter was set aside or has been dealt with. */
  | { readonly type: 'next-customer' }
  | { readonly type: 'scan-again'; readonly sale: Sale }
  | { readonly type: 'notice'; readonly notice: NoticeBody }
  | { readonly type: 'notice-over'; readonly id: number }
  | { readonly type: 'revoke-asked'; readonly asking: boolean }
  | { readonly type: 'cash-begun'; readonly saleId: string; readonly wholeFen: number; readonly dueFen: number }
  | { readonly type: 'cash-sent' }
  | { readonly type: 'cash-refused'; readonly problem: NonNullable<CashStep['problem']> }
  | {
      readonly type: 'cash-taken'
      readonly sale: SaleCash
      readonly changeFen: number
      readonly drawer: DrawerAnswer
    }
  /** The cash comes after the code part. */
  | { readonly type: 'cash-planned'; readonly cashFen: number }
  | { readonly type: 'cash-returned'; readonly amountFen: number; readonly drawer: DrawerAnswer }
  | { readonly type: 'split-known'; readonly orderNumber: string; readonly split: Split }
  /** The POS wants this collected, and the counter is free. */
  | { readonly type: 'pos-offered'; readonly sale: Sale }
  /** What the POS wanted at the counter waits no more. */
  | { readonly type: 'pos-withdrawn' }
  | { readonly type: 'unfinished-told'; readonly sales: readonly SaleCash[] }

const amountStep: Step = { kind: 'amount', problem: null }

export const idleCounter: CounterState = {
  amountText: '',
  step: amountStep,
  notice: null,
  nextNoticeId: 1,
  askingRevoke: false,
  unfinished: [],
  beforeRun: null,
}

const at = (counter: CounterState, step: Step): CounterState => ({
  ...counter,
  step,
  askingRevoke: false,
  notice: null,
})

const noticed = (counter: CounterState, notice: NoticeBody): CounterState => ({
  ...counter,
  notice: { ...notice, id: counter.nextNoticeId },
  nextNoticeId: counter.nextNoticeId + 1,
})

const splitOf = ({ split }: { readonly split?: Split }) => (split === undefined ? {} : { split })

/** The sale of a `SaleCash` goes on by code with what is left. */
export const saleOfRest = ({ saleId, saleAmountFen, cashFen, leftFen }: SaleCash): Sale => ({
  amountFen: leftFen,
  saleId,
  anotherCustomer: false,
  split: { wholeFen: saleAmountFen, cashFen, isTaken: true },
})

function answered(counter: CounterState, sale: Sale, result: ScanResult): CounterState {
  switch (result.kind) {
    case 'started':
      return at(counter, { kind: 'order', orderNumber: result.order.orderNumber, hint: null, ...splitOf(sale) })
    case 'scanned-before':
      return at(counter, {
        kind: 'order',
        orderNumber: result.order.orderNumber,
        hint: 'scanned-before',
        ...splitOf(sale),
      })
    case 'former-order-paid':
      return at(counter, {
        kind: 'order',
        orderNumber: result.order.orderNumber,
        hint: 'former-paid',
        instead: sale,
        // An order of this very sale is its code part; one of another sale says nothing of this one's cash.
        ...(result.order.saleId === sale.saleId ? splitOf(sale) : {}),
      })
    case 'former-order-open': {
      const { order, because } = result
      return at(counter, { kind: 'former-open', orderNumber: order.orderNumber, because, sale })
    }
    case 'not-a-payment-code':
      return noticed(at(counter, { kind: 'scan', sale, byHand: false }), {
        kind: 'code-problem',
        problem: result.problem,
      })
    case 'scan-gone':
      return noticed(at(counter, { kind: 'scan', sale, byHand: false }), result)
    case 'collection-over':
      return noticed({ ...at(counter, amountStep), amountText: '' }, result)
    case 'wallet-not-configured':
      return noticed(at(counter, { kind: 'scan', sale, byHand: false }), result)
    case 'amount-refused':
      return at(counter, { kind: 'amount', problem: result.problem })
    case 'channel-away': {
      const { wallet, reason } = result
      return at(counter, { kind: 'refused', refusal: { kind: 'channel-away', wallet, reason }, sale })
    }
    case 'ledger-trouble':
      return at(counter, { kind: 'refused', refusal: { kind: 'ledger', problem: result.problem }, sale })
    case 'stopping':
      return at(counter, { kind: 'refused', refusal: { kind: 'stopping' }, sale })
    default:
      return assertNever(result, 'scan result')
  }
}

function typed(counter: CounterState, event: Extract<CounterEvent, { type: 'typed' }>): CounterState {
  if (!isAmountCharacter(event.character)) return counter
  const { step, amountText, beforeRun } = counter
  const before = beforeRun?.runId === event.runId ? beforeRun : { runId: event.runId, amountText, step }
  if (step.kind === 'amount') {
    const text = pressAmountKey(amountText, event.character)
    return { ...counter, amountText: text, step: amountStep, notice: null, beforeRun: before }
  }
  if (step.kind === 'cash') {
    if (step.busy) return counter
    const givenText = pressAmountKey(step.givenText, event.character)
    return { ...counter, step: { ...step, givenText, problem: null }, notice: null, beforeRun: before }
  }
  // The next sale may begin right over the end of the last one, but over none of which a part is paid.
  if (step.kind !== 'order' || step.split !== undefined || !event.orderEnded) return counter
  return { ...at(counter, amountStep), amountText: pressAmountKey('', event.character), beforeRun: before }
}

function back(counter: CounterState): CounterState {
  const { step } = counter
  if (counter.askingRevoke) return { ...counter, askingRevoke: false }
  if (step.kind === 'scan' && step.byHand) return { ...counter, step: { ...step, byHand: false } }
  if (step.kind === 'amount') return { ...at(counter, amountStep), amountText: '' }
  if (step.kind === 'cash') return step.before === null || step.busy ? counter : at(counter, step.before)
  // What is in the drawer for this sale is given back or completed, never left behind by a key.
  if (step.kind === 'scan' && step.sale.split?.isTaken === true) return counter
  // It would be offered again at once; the way out is to refuse it.
  if (step.kind === 'scan' && step.sale.pos !== undefined) return counter
  if (step.kind === 'scan' || step.kind === 'refused' || step.kind === 'former-open') return at(counter, amountStep)
  return counter
}

/** The counter's state after an event. What an event may not do in the present step, it does not do. */
export function reduceCounter(counter: CounterState, event: CounterEvent): CounterState {
  const { step } = counter
  switch (event.type) {
    case 'amount-key':
      if (step.kind === 'cash' && !step.busy) {
        return at(counter, { ...step, givenText: pressAmountKey(step.givenText, event.key), problem: null })
      }
      if (step.kind !== 'amount') return counter
      return { ...at(counter, amountStep), amountText: pressAmountKey(counter.amountText, event.key) }
    case 'typed':
      return typed(counter, event)
    case 'taken-back': {
      const { beforeRun } = counter
      if (beforeRun?.runId !== event.runId) return counter
      return { ...counter, amountText: beforeRun.amountText, step: beforeRun.step, beforeRun: null }
    }
    case 'amount-confirmed': {
      if (step.kind !== 'amount') return counter
      const entered = readEntered(counter.amountText, event.limitFen)
      if (!entered.ok) return at(counter, { kind: 'amount', problem: entered.problem })
      const sale: Sale = { amountFen: entered.amountFen, saleId: null, anotherCustomer: false }
      return at(counter, { kind: 'scan', sale, byHand: false })
    }
    case 'by-hand':
      return step.kind === 'scan' ? at(counter, { ...step, byHand: event.open }) : counter
    case 'back':
      return back(counter)
    case 'scan-sent':
      return at(counter, { kind: 'sending', sale: event.sale, sentWallMs: event.sentWallMs, answer: 'awaited' })
    case 'scan-answered':
      return step.kind === 'sending' ? answered(counter, step.sale, event.result) : counter
    case 'scan-answer-lost':
      return step.kind === 'sending' ? at(counter, { ...step, answer: 'lost' }) : counter
    case 'scan-never-arrived':
      if (step.kind !== 'sending') return counter
      return at(counter, { kind: 'refused', refusal: { kind: 'not-sent' }, sale: step.sale })
    case 'refused':
      if (step.kind !== 'scan') return counter
      return at(counter, { kind: 'refused', refusal: event.refusal, sale: step.sale })
    case 'order-shown':
      return at(counter, { kind: 'order', orderNumber: event.orderNumber, hint: event.hint })
    case 'next-customer':
      return step.kind === 'order' && step.hint === 'brought-back'
        ? at(counter, amountStep)
        : { ...at(counter, amountStep), amountText: '' }
    case 'scan-again':
      return at(counter, { kind: 'scan', sale: event.sale, byHand: false })
    case 'notice':
      return noticed(counter, event.notice)
    case 'notice-over':
      return counter.notice?.id === event.id ? { ...counter, notice: null } : counter
    case 'revoke-asked':
      return { ...counter, askingRevoke: event.asking && step.kind === 'order' }
    case 'cash-begun': {
      const { saleId, wholeFen, dueFen } = event
      const before = step.kind === 'amount' || step.kind === 'scan' || step.kind === 'refused' ? step : null
      const isEnd = (step.kind === 'order' || step.kind === 'former-open') && splitAtCounter(step) === undefined
      const back = before ?? (isEnd ? step : null)
      return at(counter, {
        kind: 'cash',
        saleId,
        wholeFen,
        dueFen,
        givenText: '',
        problem: null,
        busy: false,
        before: back,
      })
    }
    case 'cash-sent':
      return step.kind === 'cash' ? at(counter, { ...step, problem: null, busy: true }) : counter
    case 'cash-refused':
      return step.kind === 'cash' ? at(counter, { ...step, problem: event.problem, busy: false }) : counter
    case 'cash-taken': {
      const { sale, changeFen, drawer } = event
      const unfinished = counter.unfinished.filter(({ saleId }) => saleId !== sale.saleId)
      const isComplete = sale.cashFen + sale.codePaidFen >= sale.saleAmountFen
      return isComplete
        ? { ...at(counter, { kind: 'cash-paid', sale, changeFen, drawer }), amountText: '', unfinished }
        : { ...at(counter, { kind: 'scan', sale: saleOfRest(sale), byHand: false }), unfinished }
    }
    case 'cash-planned': {
      if (step.kind !== 'cash') return counter
      const { wholeFen, saleId } = step
      const split: Split = { wholeFen, cashFen: event.cashFen, isTaken: false }
      const sale: Sale = { amountFen: wholeFen - event.cashFen, saleId, anotherCustomer: false, split }
      return at(counter, { kind: 'scan', sale, byHand: false })
    }
    case 'cash-returned': {
      const { amountFen, drawer } = event
      return { ...at(counter, { kind: 'cash-returned', amountFen, drawer }), amountText: '' }
    }
    case 'split-known':
      if (step.kind !== 'order' || step.orderNumber !== event.orderNumber) return counter
      return { ...counter, step: { ...step, split: event.split } }
    case 'pos-offered':
      if (step.kind !== 'amount' || counter.amountText !== '') return counter
      return at(counter, { kind: 'scan', sale: event.sale, byHand: false })
    case 'pos-withdrawn':
      if ((step.kind !== 'scan' && step.kind !== 'refused') || step.sale.pos === undefined) return counter
      return noticed(at(counter, amountStep), { kind: 'pos-withdrawn' })
    case 'unfinished-told':
      return { ...counter, unfinished: event.sales }
    default:
      return assertNever(event, 'counter event')
  }
}

/**
 * The sale that the cashier may charge all the same, as another customer's; null where the order at the counter belongs
 * to the same sale, or none was in the way. A former order of the same amount proves nothing about this customer.
 */
export function saleOfAnother({ step }: CounterState, orderSaleId: string | null): Sale | null {
  if (step.kind === 'former-open') return step.because === 'same-amount' ? step.sale : null
  if (step.kind !== 'order' || !step.instead) return null
  return step.instead.saleId !== null && step.instead.saleId === orderSaleId ? null : step.instead
}

/** The parts of the sale whose order is at the counter, where it is paid part in cash. */
export function splitAtCounter(step: Step): Split | undefined {
  if (step.kind === 'former-open') return step.because === 'same-sale' ? step.sale.split : undefined
  return step.kind === 'order' ? step.split : undefined
}

/** The order at the counter, if one is shown. */
export const shownOrder = ({ step }: CounterState): string | null =>
  step.kind === 'order' || step.kind === 'former-open' ? step.orderNumber : null
