import { type Data, isData, type Reading, readData, refused } from './fold.ts'
import type { JournalEntry } from './ledger.ts'

/** How the entries of one kind of subject make its state. */
export type SubjectRules<State, Begun, Event> = {
  readonly noun: string
  readonly read: (entry: JournalEntry) => Reading<Begun | Event>
  readonly isBeginning: (event: Begun | Event) => event is Begun
  readonly begin: (event: Begun) => State
  readonly step: (state: State, event: Event) => State
}

/** One subject as its journal entries make it. */
export type SubjectFold<State> =
  | { readonly kind: 'folded'; readonly createdSequence: number; readonly state: State }
  | { readonly kind: 'unreadable'; readonly sequence: number; readonly detail: string }

/** Folds all entries of one subject, in the order of the journal. */
export function foldSubject<State, Begun, Event>(
  entries: readonly JournalEntry[],
  rules: SubjectRules<State, Begun, Event>,
): SubjectFold<State> {
  let folded: { createdSequence: number; state: State } | null = null
  for (const entry of entries) {
    const { sequence } = entry
    const unreadable = (detail: string): SubjectFold<State> => ({ kind: 'unreadable', sequence, detail })
    const reading = rules.read(entry)
    if (!reading.ok) return unreadable(reading.detail)
    const event = reading.value
    if (rules.isBeginning(event)) {
      if (folded) return unreadable(`the ${rules.noun} began before`)
      folded = { createdSequence: sequence, state: rules.begin(event) }
      continue
    }
    if (!folded) return unreadable(`the ${rules.noun} has not begun yet`)
    try {
      folded = { createdSequence: folded.createdSequence, state: rules.step(folded.state, event) }
    } catch {
      return unreadable(`the event does not fit the ${rules.noun}`)
    }
  }
  return folded
    ? { kind: 'folded', ...folded }
    : { kind: 'unreadable', sequence: 0, detail: `the ${rules.noun} has no entries` }
}

/** The entry's payload with a moment that is the entry's own. */
export function readDataWithMoment(entry: JournalEntry): Reading<Data> {
  const reading = readData(entry)
  if (!reading.ok) return reading
  const { at } = reading.value
  const isOwn = isData(at) && typeof at.monotonicMs === 'number' && at.wallMs === entry.wallMs
  return isOwn ? reading : refused('the moment is missing or is not the entry’s')
}
