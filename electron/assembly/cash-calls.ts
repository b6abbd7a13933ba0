import type { Calls, CashResult, DrawerAnswer, SaleCash } from '../api/contract.ts'
import type { CashMove } from '../till/cash/cash.ts'
import { tender } from '../till/cash/tender.ts'
import type { CashNumber, SaleId } from '../till/ids.ts'
import { type Fen, fen, readYuan } from '../till/money.ts'
import type { ManagerProof } from '../till/order/event.ts'
import { keepableReason } from '../till/refund/reason.ts'
import type { AssembledTill } from './assemble.ts'
import { randomSaleId } from './nonce.ts'
import { permission } from './permission.ts'
import { saleCash } from './sale-cash.ts'
import { systemClock } from './system-time.ts'

type CashCall = Extract<keyof Calls, `cash.${string}`>
type CashHandlers = {
  readonly [Name in CashCall]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']>
}

type CashTill = Pick<AssembledTill, 'ledger' | 'reader' | 'staff' | 'signIn' | 'settings' | 'shifts'>

/** Tells the drawer to open, once for an entry that is durable. */
export type OpenDrawer = (cashNumber: CashNumber) => Promise<DrawerAnswer>

/** How many entries of the drawer are looked through for sales that are not complete: a long shift's. */
const entriesLookedAt = 2_000

/** The contract's calls of cash: each entry is on disk before the drawer opens. */
export function cashCalls(till: CashTill, openDrawer: OpenDrawer): CashHandlers {
  const { ledger, reader, signIn, shifts } = till

  const cashOfSale = async (saleId: SaleId): Promise<SaleCash | null> => {
    const [entries, orders] = await Promise.all([reader.cashOfSale(saleId), ledger.ordersOfSale(saleId)])
    // Nothing said would be "no cash was taken"; the door turns this into a refusal.
    if (!entries.ok || !orders.ok) throw new Error('the ledger cannot be read')
    return saleCash(saleId, entries.value, orders.value)
  }

  const record = async (move: CashMove, proof?: ManagerProof): Promise<CashResult> => {
    const cashier = signIn.person()?.number ?? null
    const signed = proof === undefined ? {} : { proof }
    const recorded = await ledger.recordCash({ move, cashier, at: systemClock.now(), ...signed })
    if (!recorded.ok) return { kind: 'ledger-trouble', problem: recorded.problem.kind }
    if (recorded.value.kind === 'refused') return recorded.value
    const { cashNumber } = recorded.value.entry
    const drawer = await openDrawer(cashNumber)
    const sale = 'saleId' in move ? await cashOfSale(move.saleId) : null
    const amountFen = 'amountFen' in move ? move.amountFen : 0
    const changeFen = move.kind === 'taken' ? move.changeFen : 0
    return { kind: 'recorded', cashNumber, sale, amountFen, changeFen, drawer }
  }

  return {
    'cash.take': async ({ saleId, saleAmountText, amountText, givenText }) => {
      const [saleAmount, amount, given] = [readYuan(saleAmountText), readYuan(amountText), readYuan(givenText)]
      if (!saleAmount.ok) return { kind: 'amount-refused', problem: saleAmount.problem }
      if (!amount.ok) return { kind: 'amount-refused', problem: amount.problem }
      if (!given.ok) return { kind: 'amount-refused', problem: given.problem }
      const read = tender(amount.amountFen, given.amountFen)
      if (!read.ok) return { kind: 'refused', problem: { kind: read.problem } }
      const { amountFen: saleAmountFen } = saleAmount
      return record({
        kind: 'taken',
        saleId: (saleId ?? randomSaleId()) as SaleId,
        saleAmountFen,
        ...read.tender,
      })
    },
    'cash.return': async ({ saleId, amountText, reason, manager }) => {
      const amount = readYuan(amountText)
      if (!amount.ok) return { kind: 'amount-refused', problem: amount.problem }
      const { amountFen } = amount
      const sale = await cashOfSale(saleId as SaleId)
      const why = keepableReason(reason)
      // What a customer gave for a sale that did not come about is not a refund: it goes back without anybody's leave.
      const isOfSaleThatFailed = sale !== null && sale.leftFen > 0
      const wish = { act: isOfSaleThatFailed ? 'take-payment' : 'return-cash', amountFen, reason: why } as const
      const allowed = await permission(till, wish, manager)
      if (allowed.kind === 'refused') return allowed.refusal
      return record({ kind: 'returned', saleId: saleId as SaleId, amountFen, reason: why }, allowed.proof)
    },
    'cash.move': async ({ kind, amountText, reason, manager }) => {
      const amount = kind === 'drawer-opened' ? ({ ok: true, amountFen: fen(0) } as const) : readYuan(amountText)
      if (!amount.ok) return { kind: 'amount-refused', problem: amount.problem }
      const { amountFen } = amount
      const why = keepableReason(reason)
      // Before the PIN: nobody should give one for what is refused anyhow.
      if (why === '') return { kind: 'refused', problem: { kind: 'reason-missing' } }
      const act = kind === 'drawer-opened' ? 'open-drawer' : 'move-cash'
      const allowed = await permission(till, { act, reason: why, ...moved(kind, amountFen) }, manager)
      if (allowed.kind === 'refused') return allowed.refusal
      const move: CashMove = kind === 'drawer-opened' ? { kind, reason: why } : { kind, amountFen, reason: why }
      return record(move, allowed.proof)
    },
    'cash.of-sale': ({ saleId }) => cashOfSale(saleId as SaleId),
    'cash.unfinished': async () => {
      const current = await shifts.current()
      if (!current.ok) throw new Error(`the ledger cannot be read: ${current.problem.kind}`)
      if (current.value === null) return []
      const page = await reader.shiftCash(current.value.shiftId, { limit: entriesLookedAt })
      if (!page.ok) throw new Error(`the ledger cannot be read: ${page.problem.kind}`)
      const parts = page.value.items.flatMap(({ move }) =>
        move.kind === 'taken' && move.amountFen < move.saleAmountFen ? [move.saleId] : [],
      )
      const sales = await Promise.all([...new Set(parts)].map(cashOfSale))
      return sales.flatMap((sale) =>
        sale !== null && sale.cashFen > 0 && sale.cashFen + sale.codePaidFen < sale.saleAmountFen ? [sale] : [],
      )
    },
  }
}

const moved = (kind: CashMove['kind'], amountFen: Fen) => (kind === 'drawer-opened' ? {} : { amountFen })
