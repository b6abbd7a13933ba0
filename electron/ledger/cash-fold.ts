import { type CashEntry, cashKinds } from '../till/cash/cash.ts'
import { isData, type Reading, refused } from './fold.ts'
import type { JournalEntry } from './ledger.ts'
import { readDataWithMoment } from './subject-fold.ts'

/** The entry of the drawer that a journal entry is; its type is the kind of the move. */
export function readCashEntry(entry: JournalEntry): Reading<CashEntry> {
  const reading = readDataWithMoment(entry)
  if (!reading.ok) return reading
  const data = reading.value
  const { move } = data
  if (data.cashNumber !== entry.subjectId) return refused('the cash number is not the entry’s')
  if (typeof data.shiftId !== 'string') return refused('the shift is missing')
  if (!isData(move) || move.kind !== entry.type) return refused('the move is missing')
  if (!cashKinds.some((kind) => kind === entry.type)) return refused('no entry of the drawer has this type')
  if (entry.type !== 'drawer-opened' && !Number.isSafeInteger(move.amountFen)) return refused('the amount is missing')
  // The hash chain says that this is what the cash writer wrote, and the checks above that the sums can take it.
  return { ok: true, value: data as unknown as CashEntry }
}
