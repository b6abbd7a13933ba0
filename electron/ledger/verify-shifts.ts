import type { DatabaseSync } from 'node:sqlite'
import type { ShiftId } from '../till/ids.ts'
import type { Shift } from '../till/shift/shift.ts'
import { difference, totalsOf } from '../till/shift/totals.ts'
import { readCashEntry } from './cash-fold.ts'
import type { Breach, JournalEntry } from './ledger.ts'
import { histories } from './order-histories.ts'
import { readCells, shiftEntryColumns, shiftEntryRow } from './shift-entries.ts'
import { foldShiftEntries } from './shift-fold.ts'
import { cashColumns, cashRow, shiftColumns, shiftRow } from './shift-projection.ts'
import { expectedEntries } from './shift-rebuild.ts'
import { foldStaffEntries } from './staff-fold.ts'
import { staffColumns, staffRow } from './staff-projection.ts'
import type { SubjectFold } from './subject-fold.ts'
import { differingColumns } from './verify-rows.ts'

type Row = Readonly<Record<string, unknown>>

type Compared = {
  readonly subject: 'staff' | 'shift' | 'cash'
  readonly table: string
  readonly key: string
  readonly columns: string
  readonly fold: (entries: readonly JournalEntry[]) => SubjectFold<Row>
}

const compared: readonly Compared[] = [
  {
    subject: 'staff',
    table: 'staff',
    key: 'number',
    columns: staffColumns,
    fold: (entries) => rowOf(foldStaffEntries(entries), staffRow),
  },
  {
    subject: 'shift',
    table: 'shifts',
    key: 'shift_id',
    columns: shiftColumns,
    fold: (entries) => rowOf(foldShiftEntries(entries), shiftRow),
  },
  { subject: 'cash', table: 'cash', key: 'cash_number', columns: cashColumns, fold: cashFold },
]

/**
 * Compares staff, shifts, cash and the entries of shifts with the journal, and every closed shift's report with its
 * entries: report and supplements must come to what they are now (I10). Yields how many events, and rows of entries, it has
 * walked.
 */
export function* compareShifts(db: DatabaseSync, broken: Breach[]): Generator<number, void, undefined> {
  for (const each of compared) yield* compareSubjects(db, each, broken)
  yield* compareEntries(db, broken)
  compareReports(db, broken)
}

function* compareSubjects(
  db: DatabaseSync,
  { subject, table, key, columns, fold }: Compared,
  broken: Breach[],
): Generator<number, void, undefined> {
  const select = db.prepare(`SELECT ${columns} FROM ${table} WHERE CAST(${key} AS TEXT) = ?`)
  for (const entries of histories(db, subject)) {
    const { subjectId } = entries[0]
    const folded = fold(entries)
    if (folded.kind === 'unreadable') {
      const detail = `${subject} ${subjectId}: ${folded.detail}`
      broken.push({ kind: 'unreadable-entry', sequence: folded.sequence, detail })
    } else {
      broken.push(...rowBreaches(subjectId, select.get(subjectId), folded.state))
    }
    yield entries.length
  }
  const extra = db
    .prepare(
      `SELECT CAST(${key} AS TEXT) AS id FROM ${table} EXCEPT SELECT subject_id FROM journal WHERE subject = '${subject}'`,
    )
    .all()
  for (const { id } of extra) {
    broken.push({ kind: 'projection', subjectId: String(id), detail: 'the row has no entry in the journal' })
  }
}

// Each of the three gives its rows the sequence that their entry bears.
const entriesOfNothing =
  'SELECT subject_id AS id FROM shift_entries e WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.sequence = e.sequence)' +
  ' AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.sequence = e.sequence)' +
  ' AND NOT EXISTS (SELECT 1 FROM cash c WHERE c.sequence = e.sequence) ORDER BY e.sequence'

function* compareEntries(db: DatabaseSync, broken: Breach[]): Generator<number, void, undefined> {
  // An entry is made from its subject's row: where that is broken, it was said already.
  const told = new Set(broken.flatMap((breach) => (breach.kind === 'projection' ? [breach.subjectId] : [])))
  const select = db.prepare(`SELECT ${shiftEntryColumns} FROM shift_entries WHERE sequence = ?`)
  for (const { sequence, entry } of expectedEntries(db)) {
    yield 1
    if (entry === null || told.has(entry.subjectId)) continue
    broken.push(
      ...rowBreaches(entry.subjectId, select.get(sequence), shiftEntryRow(sequence, entry), 'the entry of its shift'),
    )
  }
  for (const { id } of db.prepare(entriesOfNothing).iterate()) {
    if (told.has(String(id))) continue
    broken.push({ kind: 'projection', subjectId: String(id), detail: 'the entry of a shift belongs to nothing' })
  }
}

function compareReports(db: DatabaseSync, broken: Breach[]): void {
  for (const entries of histories(db, 'shift')) {
    const fold = foldShiftEntries(entries)
    if (fold.kind !== 'folded' || fold.state.closing === null) continue
    const { shiftId } = fold.state
    const wrong = wrongSums(db, fold.state)
    if (wrong.length === 0) continue
    const detail = `report and supplements do not come to the entries in ${wrong.join(', ')}`
    broken.push({ kind: 'projection', subjectId: shiftId, detail })
  }
}

const summed = ['soldFen', 'returnedFen', 'drawerFen'] as const

function wrongSums(db: DatabaseSync, { shiftId, closing, supplements }: Shift): readonly string[] {
  const now = totalsOf(readCells(db, shiftId satisfies ShiftId))
  const changes = supplements.map(({ before, after }) => difference(before, after))
  return summed.filter((name) => {
    const told = changes.reduce((sum, change) => sum + change[name], closing?.totals[name] ?? 0)
    return told !== now[name]
  })
}

function rowOf<State>(fold: SubjectFold<State>, row: (sequence: number, state: State) => Row): SubjectFold<Row> {
  return fold.kind === 'folded' ? { ...fold, state: row(fold.createdSequence, fold.state) } : fold
}

function cashFold(entries: readonly JournalEntry[]): SubjectFold<Row> {
  const [first, second] = entries
  if (first === undefined || second !== undefined) {
    return { kind: 'unreadable', sequence: second?.sequence ?? 0, detail: 'an entry of the drawer never changes' }
  }
  const reading = readCashEntry(first)
  if (!reading.ok) return { kind: 'unreadable', sequence: first.sequence, detail: reading.detail }
  return { kind: 'folded', createdSequence: first.sequence, state: cashRow(first.sequence, reading.value) }
}

function* rowBreaches(subjectId: string, row: Row | undefined, whole: Row, noun = 'the row'): Generator<Breach> {
  if (row === undefined) {
    yield { kind: 'projection', subjectId, detail: `${noun} is missing` }
    return
  }
  const differing = differingColumns(row, whole)
  if (differing.length === 0) return
  yield { kind: 'projection', subjectId, detail: `${noun} differs from the journal in ${differing.join(', ')}` }
}
