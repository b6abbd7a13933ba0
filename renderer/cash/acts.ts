import type { CashResult } from '../../electron/api/contract.ts'
import type { Door } from '../bridge.ts'
import { type CashStep, type CounterEvent, type Step, splitAtCounter } from '../counter/state.ts'
import { readEntered } from '../money/amount-entry.ts'
import { plainYuan } from '../money/yuan.ts'
import { type AppStore, orderAtCounter } from '../till/store.ts'
import { catalogues } from '../wording/catalogues.ts'

/** What the counter does with cash: everything here asks the main side, which has the last word. */
export type CashActs = {
  /** Begins to take cash for what is at the counter. */
  readonly begin: () => void
  /** Records the cash that covers what is due; nothing typed means the exact amount. */
  readonly take: () => Promise<void>
  /** Records what was typed as a part of the sale; the rest goes by code. */
  readonly takePart: () => Promise<void>
  /** Takes what was typed only once the rest is paid by code. */
  readonly plan: () => void
  /** Gives the cash of a sale back whose rest was not paid. */
  readonly giveBack: () => Promise<void>
  /** Asks which sales have cash in the drawer and are not complete. */
  readonly readUnfinished: () => Promise<void>
  /** Asks whether cash was taken for the sale of an order that was brought to the counter. */
  readonly readSplit: (orderNumber: string) => Promise<void>
}

/** What was typed as given, in fen; null for nothing, or for no amount. */
export function givenFen({ givenText }: Pick<CashStep, 'givenText'>): number | null {
  const entered = readEntered(givenText, Number.MAX_SAFE_INTEGER)
  return entered.ok ? entered.amountFen : null
}

/** How the typed cash stands to what is due. */
export function typedCash(step: Step) {
  if (step.kind !== 'cash') return { given: 'nothing-fits', busy: false, mayGoBack: false } as const
  const { givenText, dueFen, wholeFen, busy, before } = step
  const fen = givenFen(step)
  const isPart = fen !== null && fen < dueFen && dueFen === wholeFen
  const isEnough = givenText === '' || (fen !== null && fen >= dueFen)
  const given = isEnough ? 'enough' : isPart ? 'part' : 'nothing-fits'
  return { given, busy, mayGoBack: before !== null } as const
}

/** Makes the cash acts of one window. A sale bears its id from here on, so that no lost answer makes a second entry. */
export function createCashActs(
  door: Door,
  store: AppStore,
  newSaleId: () => string = () => `sale-${crypto.randomUUID()}`,
): CashActs {
  const counter = (event: CounterEvent): void => store.dispatch({ type: 'counter', event })

  /** The cash that may be taken for what is at the counter; null where nothing is to be collected. */
  const cashAtCounter = (): { saleId: string | null; wholeFen: number; dueFen: number } | null => {
    const { step } = store.getState().counter
    const order = orderAtCounter(store.getState())
    // A former order of the same amount is another sale's: what is collected here is the one that was in its way.
    const isOfStranger = step.kind === 'former-open' && step.because === 'same-amount'
    if (step.kind === 'scan' || step.kind === 'refused' || isOfStranger) {
      const { saleId, split, amountFen } = step.sale
      const wholeFen = split?.wholeFen ?? amountFen
      return { saleId, wholeFen, dueFen: split?.isTaken === true ? amountFen : wholeFen }
    }
    if ((step.kind !== 'order' && step.kind !== 'former-open') || order === null) return null
    const { saleId } = order
    const split = splitAtCounter(step)
    if (split === undefined) return { saleId, wholeFen: order.amountFen, dueFen: order.amountFen }
    const { wholeFen, cashFen, isTaken } = split
    if (order.status === 'paid') return { saleId, wholeFen, dueFen: cashFen }
    return { saleId, wholeFen, dueFen: isTaken ? wholeFen - cashFen : wholeFen }
  }

  const begin = (): void => {
    const { counter: state, till } = store.getState()
    if (state.step.kind === 'amount') {
      const limitFen = till.snapshot?.amountLimitFen ?? 0
      const entered = readEntered(state.amountText, limitFen)
      if (!entered.ok) counter({ type: 'amount-confirmed', limitFen })
      else {
        const { amountFen } = entered
        counter({ type: 'cash-begun', saleId: newSaleId(), wholeFen: amountFen, dueFen: amountFen })
      }
      return
    }
    const due = cashAtCounter()
    if (due !== null) counter({ type: 'cash-begun', ...due, saleId: due.saleId ?? newSaleId() })
  }

  /** What stands against an entry, by name. */
  const problemOf = (result: Exclude<CashResult, { readonly kind: 'recorded' }>) => {
    if (result.kind === 'refused') return result.problem.kind
    if (result.kind === 'amount-refused') return 'amount'
    return result.kind === 'manager-needed' || result.kind === 'not-a-manager' ? 'manager' : 'lost'
  }

  /** Sales whose last answer was lost: a part fits twice into what is left, so its entry is looked for before another. */
  const unanswered = new Set<string>()

  /** What the sale has where an entry stands that this step made; null where it has none. */
  const standing = async ({ saleId, wholeFen, dueFen }: CashStep) => {
    const known = await door.call('cash.of-sale', { saleId })
    if (!known.ok) return 'lost'
    const sale = known.reply
    if (sale === null) return null
    const beforeFen = Math.max(0, wholeFen - dueFen - sale.codePaidFen)
    return sale.cashFen > beforeFen ? { sale, enteredFen: sale.cashFen - beforeFen } : null
  }

  const record = async (step: CashStep, amountFen: number, handedFen: number): Promise<void> => {
    counter({ type: 'cash-sent' })
    const { saleId, wholeFen } = step
    if (unanswered.has(saleId)) {
      const found = await standing(step)
      if (found === 'lost') return counter({ type: 'cash-refused', problem: 'lost' })
      unanswered.delete(saleId)
      if (found !== null) {
        const { sale, enteredFen } = found
        const changeFen = Math.max(0, handedFen - enteredFen)
        return counter({ type: 'cash-taken', sale, changeFen, drawer: 'did-not-open' })
      }
    }
    const answer = await door.call('cash.take', {
      saleId,
      saleAmountText: plainYuan(wholeFen),
      amountText: plainYuan(amountFen),
      givenText: plainYuan(handedFen),
    })
    if (answer.ok && answer.reply.kind === 'recorded' && answer.reply.sale !== null) {
      const { sale, changeFen, drawer } = answer.reply
      return counter({ type: 'cash-taken', sale, changeFen, drawer })
    }
    const problem = answer.ok && answer.reply.kind !== 'recorded' ? problemOf(answer.reply) : 'lost'
    if (problem === 'lost') unanswered.add(saleId)
    counter({ type: 'cash-refused', problem })
  }

  const stepNow = (): CashStep | null => {
    const { step } = store.getState().counter
    return step.kind === 'cash' && !step.busy ? step : null
  }

  return {
    begin,
    take: async () => {
      const step = stepNow()
      if (step === null) return
      const handedFen = givenFen(step) ?? step.dueFen
      await record(step, step.dueFen, handedFen)
    },
    takePart: async () => {
      const step = stepNow()
      const partFen = step && givenFen(step)
      if (step !== null && partFen !== null) await record(step, partFen, partFen)
    },
    plan: () => {
      const step = stepNow()
      const cashFen = step && givenFen(step)
      if (cashFen !== null) counter({ type: 'cash-planned', cashFen })
    },
    giveBack: async () => {
      const { counter: state, language } = store.getState()
      const { step } = state
      const order = orderAtCounter(store.getState())
      const saleId = step.kind === 'scan' ? step.sale.saleId : (order?.saleId ?? null)
      const split = step.kind === 'scan' ? step.sale.split : splitAtCounter(step)
      if (saleId === null || split?.isTaken !== true) return
      const reason = catalogues[language].cash.returnReason
      const amountText = plainYuan(split.cashFen)
      const answer = await door.call('cash.return', { saleId, amountText, reason, manager: null })
      if (answer.ok && answer.reply.kind === 'recorded') {
        const { amountFen, drawer } = answer.reply
        counter({ type: 'cash-returned', amountFen, drawer })
        return void readUnfinished()
      }
      const problem = answer.ok && answer.reply.kind !== 'recorded' ? problemOf(answer.reply) : 'lost'
      counter({ type: 'notice', notice: { kind: 'cash-problem', problem } })
    },
    readUnfinished,
    readSplit: async (orderNumber) => {
      const saleId = store.getState().till.orders[orderNumber]?.view.saleId
      if (saleId === undefined) return
      const answer = await door.call('cash.of-sale', { saleId })
      if (!answer.ok || answer.reply === null || answer.reply.cashFen === 0) return
      const { saleAmountFen: wholeFen, cashFen } = answer.reply
      counter({ type: 'split-known', orderNumber, split: { wholeFen, cashFen, isTaken: true } })
    },
  }

  async function readUnfinished(): Promise<void> {
    const answer = await door.call('cash.unfinished', null)
    if (answer.ok) counter({ type: 'unfinished-told', sales: answer.reply })
  }
}
