import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entryHash } from '../ledger/journal.ts'
import type { JournalEntry } from '../ledger/ledger.ts'
import { type ReplayFile, readReplayFile, writeReplayFile } from '../ledger/replay-file.ts'
import type { Disk } from './disk.ts'
import { replay } from './replay.ts'
import { simulate, usualOptions } from './store-day.ts'

/** The journals of all orders of a day with faults. */
async function journalsOf(seed: number): Promise<readonly ReplayFile[]> {
  const disks = new Set<Disk>()
  const seams = {
    ledger: (ledger: Parameters<NonNullable<typeof usualOptions.seams.ledger>>[0], disk: Disk) => {
      disks.add(disk)
      return ledger
    },
  }
  await simulate({ ...usualOptions, seed, realLedger: 'none', seams })
  return [...disks].flatMap(({ entriesOfOrder }) =>
    [...entriesOfOrder].map(
      ([orderNumber, entries]): ReplayFile => ({ format: 'scantill-replay', version: 1, orderNumber, entries }),
    ),
  )
}

const day = await journalsOf(3)

test('every order of a day with kills, lost answers and wrong clocks comes to the same end again', async () => {
  assert.ok(day.length > 80)
  const starts = day.flatMap(({ entries }) => entries.filter(({ type }) => type === 'resumed'))
  assert.ok(starts.length > 5, 'the program was started again in the midst of some')
  for (const file of day) {
    const { differences, replayed, recorded } = await replay(file)
    assert.deepEqual(differences, [], file.orderNumber)
    assert.deepEqual(replayed, recorded)
  }
})

test('a program with other rules is told from the one that was recorded', async () => {
  // As if the program now waited half as long between its queries.
  const impatient = (entry: JournalEntry): JournalEntry => {
    if (entry.type !== 'created') return entry
    const payload = entry.payload.replace(/"queryAgesMs":\[[^\]]*\]/, '"queryAgesMs":[3000,4000,6000]')
    return { ...entry, payload }
  }
  const polled = day.find(({ entries }) => entries.filter(({ type }) => type === 'woken').length > 3)
  assert.ok(polled)
  const { differences } = await replay({ ...polled, entries: polled.entries.map(impatient) })
  assert.ok(differences.length > 0)
})

test('a replay file reads back whole, and a spoiled one is refused with the field or the entry', () => {
  const [file] = day
  assert.ok(file)
  const text = writeReplayFile(file.orderNumber, file.entries)
  const reading = readReplayFile(text)
  assert.ok(reading.ok)
  assert.deepEqual(reading.file.entries, file.entries)
  const problemOf = (change: (value: ReplayFile) => unknown): string => {
    const spoiled = readReplayFile(JSON.stringify(change(reading.file)))
    assert.ok(!spoiled.ok)
    return spoiled.problem
  }
  const [first, second] = file.entries
  assert.ok(first && second)
  assert.match(
    problemOf(() => []),
    /no JSON object/,
  )
  assert.match(
    problemOf((value) => ({ ...value, version: 2 })),
    /^version/,
  )
  assert.match(
    problemOf((value) => ({ ...value, entries: [] })),
    /^entries/,
  )
  assert.match(
    problemOf((value) => ({ ...value, orderNumber: 'OTHER1' })),
    /^entries\[0\]\.subjectId/,
  )
  const changed = { ...second, wallMs: second.wallMs + 1 }
  assert.match(
    problemOf((value) => ({ ...value, entries: [first, changed] })),
    /^entries\[1\].*hash/,
  )
  const { payload: _, ...bare } = first
  assert.match(
    problemOf((value) => ({ ...value, entries: [bare, second] })),
    /^entries\[0\]\.payload/,
  )
  const empty = { ...second, payload: '{}' }
  const hashed = { ...empty, hash: entryHash(empty) }
  assert.match(
    problemOf((value) => ({ ...value, entries: [first, hashed] })),
    /moment/,
  )
  assert.ok(!readReplayFile('{').ok)
})
