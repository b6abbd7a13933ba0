import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReconcileTryView } from '../api/reconcile-views.ts'
import { writeWholeFile } from './whole-file.ts'

/** Tries that came to nothing, by channel and day; they outlive the program, so that a day's retries go on over days. */
export type Tries = {
  of(channel: string, date: string): ReconcileTryView | null
  note(channel: string, date: string, failed: Omit<ReconcileTryView, 'tries'>): Promise<void>
  forget(channel: string, date: string): Promise<void>
}

/** Days before this one are nobody's any more: no channel is asked about them by itself. */
const keptTries = 200

/** Opens the tries of a data folder. A file that cannot be read, or a disk that refuses, costs the memory of them only. */
export async function openTries(dataDirectory: string): Promise<Tries> {
  const path = join(dataDirectory, 'reconciliation', 'tries.json')
  const known = readTries(await readFile(path, 'utf8').catch(() => ''))
  const keep = async (): Promise<void> => {
    for (const key of [...known.keys()].slice(0, Math.max(0, known.size - keptTries))) known.delete(key)
    await writeWholeFile(path, JSON.stringify([...known])).catch(() => undefined)
  }
  const keyOf = (channel: string, date: string): string => `${channel}/${date}`
  return {
    of: (channel, date) => known.get(keyOf(channel, date)) ?? null,
    async note(channel, date, failed) {
      const key = keyOf(channel, date)
      const tries = (known.get(key)?.tries ?? 0) + 1
      known.delete(key)
      known.set(key, { ...failed, tries })
      await keep()
    },
    async forget(channel, date) {
      if (known.delete(keyOf(channel, date))) await keep()
    },
  }
}

function readTries(text: string): Map<string, ReconcileTryView> {
  try {
    // Written by `keep` and by nothing else.
    return new Map(JSON.parse(text) as readonly (readonly [string, ReconcileTryView])[])
  } catch {
    return new Map()
  }
}
