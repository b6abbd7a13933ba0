import type { StaffNumber } from '../ids.ts'
import { type Fen, fen } from '../money.ts'
import type { ManagerProof } from '../order/event.ts'
import type { Moment } from '../time.ts'
import type { CashCount, OpenAtClose, ShiftEvent } from './event.ts'
import type { Shift } from './shift.ts'
import type { Totals } from './totals.ts'

/** What people do with a shift that is there. */
export type ShiftAct =
  | { readonly kind: 'hand-over'; readonly to: StaffNumber; readonly countedFen: Fen | null }
  | { readonly kind: 'begin-close' }
  | { readonly kind: 'count'; readonly countedFen: Fen }
  | { readonly kind: 'abandon-close' }
  | {
      readonly kind: 'close'
      /** Empty where there is none; looked at only if the drawer differs. */
      readonly differenceReason: string
      /** The largest difference that needs no manager; null where the till has none to ask. */
      readonly unsignedUpToFen: Fen | null
      readonly proof?: ManagerProof
    }

export type WantedShiftAct = { readonly act: ShiftAct; readonly by: StaffNumber | null; readonly at: Moment }

/** Why an act was not done; nothing was journaled. None of them tells what is expected in the drawer (blind count). */
export type ShiftActProblem =
  | 'closed'
  | 'being-counted'
  | 'not-being-counted'
  /** The shift took no cash: there is nothing to count. */
  | 'shift-without-cash'
  | 'counted-twice'
  | 'count-missing'
  /** The count does not fit: count once more. */
  | 'second-count-missing'
  /** Neither count fits: say why. */
  | 'reason-missing'
  /** The difference is more than may be accepted without a manager (I15). */
  | 'manager-needed'

/** What the ledger knows of the shift's entries in the same transaction. */
export type ShiftBooks = { readonly totals: Totals; readonly open: readonly OpenAtClose[] }

export type ShiftActBeginning =
  | { readonly kind: 'begun'; readonly event: ShiftEvent }
  | { readonly kind: 'refused'; readonly problem: ShiftActProblem }

const refused = (problem: ShiftActProblem): ShiftActBeginning => ({ kind: 'refused', problem })

/** What an act comes to, given the shift and its books as they are. */
export function beginShiftAct(shift: Shift, wanted: WantedShiftAct, books: () => ShiftBooks): ShiftActBeginning {
  const { act, by, at } = wanted
  if (shift.status === 'closed') return refused('closed')
  const begun = (event: ShiftEvent): ShiftActBeginning => ({ kind: 'begun', event })
  switch (act.kind) {
    case 'hand-over': {
      if (shift.status !== 'open') return refused('being-counted')
      if (act.countedFen !== null && shift.floatFen === null) return refused('shift-without-cash')
      const count = act.countedFen === null ? null : countOf(shift, act.countedFen, books().totals)
      return begun({ type: 'handed-over', at, from: shift.cashier, to: act.to, count })
    }
    case 'begin-close':
      if (shift.status !== 'open') return refused('being-counted')
      return shift.floatFen === null ? refused('shift-without-cash') : begun({ type: 'close-begun', at, by })
    case 'count':
      if (shift.status !== 'counting') return refused('not-being-counted')
      if (shift.counts.length === 2) return refused('counted-twice')
      return begun({ type: 'counted', at, by, countedFen: act.countedFen })
    case 'abandon-close':
      return shift.status === 'counting' ? begun({ type: 'close-abandoned', at, by }) : refused('not-being-counted')
    case 'close':
      return beginClose(shift, wanted, act, books())
  }
}

function beginClose(
  shift: Shift,
  { by, at }: WantedShiftAct,
  { differenceReason, unsignedUpToFen, proof }: Extract<ShiftAct, { readonly kind: 'close' }>,
  { totals, open }: ShiftBooks,
): ShiftActBeginning {
  const signed = proof === undefined ? {} : { proof }
  const closed = (count: CashCount | null, reason: string | null): ShiftActBeginning => ({
    kind: 'begun',
    event: { type: 'closed', at, by, totals, open, count, differenceReason: reason, ...signed },
  })
  if (shift.floatFen === null) return closed(null, null)
  if (shift.status !== 'counting') return refused('not-being-counted')
  const [first, second] = shift.counts
  if (first === undefined) return refused('count-missing')
  const count = countOf(shift, second ?? first, totals)
  if (differenceFen(count) === 0) return closed(count, null)
  if (second === undefined) return refused('second-count-missing')
  if (differenceReason === '') return refused('reason-missing')
  const isSmall = unsignedUpToFen === null || Math.abs(differenceFen(count)) <= unsignedUpToFen
  return isSmall || proof !== undefined ? closed(count, differenceReason) : refused('manager-needed')
}

/** What should be in the drawer: the float and every change since. */
export function expectedFen(shift: Shift, totals: Totals): number {
  return (shift.floatFen ?? fen(0)) + (totals.drawerFen ?? 0)
}

/** Counted less expected: above zero there is too much in the drawer (长款), below too little (短款). */
export function differenceFen({ countedFen, expectedFen: expected }: CashCount): number {
  return countedFen - expected
}

const countOf = (shift: Shift, countedFen: Fen, totals: Totals): CashCount => ({
  countedFen,
  expectedFen: expectedFen(shift, totals),
})
