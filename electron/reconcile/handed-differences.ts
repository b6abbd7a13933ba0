import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { HandedDifference } from '../api/reconcile-views.ts'
import { differenceKeys, readDayRecord } from './day-record.ts'
import { billsFolder, newestRun } from './kept-bills.ts'

/**
 * What was handed to the desk and is still there: differences of each day's newest run whose last mark says so, the newest
 * day first. One that is marked as seen, or that a later bill no longer has, is with nobody any more.
 */
export async function handedDifferences(dataDirectory: string): Promise<readonly HandedDifference[]> {
  const found: HandedDifference[] = []
  const root = billsFolder(dataDirectory)
  for (const folder of await namesIn(root)) {
    for (const date of await namesIn(root, folder)) found.push(...(await handedOfDay(dataDirectory, folder, date)))
  }
  return found.toSorted((left, right) => right.date.localeCompare(left.date))
}

async function handedOfDay(dataDirectory: string, channel: string, date: string): Promise<readonly HandedDifference[]> {
  const { marks } = await readDayRecord({ dataDirectory, channel, date })
  // Most days have no mark at all, and their runs need not be read.
  if (![...marks.values()].some(({ act }) => act === 'hand-to-desk')) return []
  const { run } = await newestRun(dataDirectory, channel, date)
  if (run === null) return []
  const keys = differenceKeys(run.differences)
  return run.differences.flatMap(({ cause, orderNumber, refundNumber, differenceFen }, at): HandedDifference[] => {
    const key = keys[at] ?? ''
    const mark = marks.get(key)
    // The folder's name may be the channel's with other characters replaced; the run has it as it is.
    return mark?.act === 'hand-to-desk'
      ? [{ channel: run.channel, date, key, cause, orderNumber, refundNumber, differenceFen, mark }]
      : []
  })
}

const namesIn = (root: string, folder = ''): Promise<readonly string[]> => readdir(join(root, folder)).catch(() => [])
