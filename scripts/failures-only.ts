import { relative } from 'node:path'
import { Readable } from 'node:stream'
import type { TestEvent } from 'node:test/reporters'
import { spec } from 'node:test/reporters'
import { trapWords } from './steps/test-counts.ts'

const shown = new Set(['test:fail', 'test:stderr', 'test:diagnostic', 'test:summary'])

/** Files whose process a trap of the processor ended; `filesEndedByTrap` reads them back from the output. */
const trapped = new Set<string>()

/** Milliseconds of each file's outermost tests; those that ran side by side count each. */
const fileMs = new Map<string, number>()

async function* worthShowing(events: AsyncIterable<TestEvent>): AsyncGenerator<TestEvent> {
  for await (const event of events) {
    if (event.type === 'test:complete' && event.data.nesting === 0 && event.data.file !== undefined) {
      const { file, details } = event.data
      fileMs.set(file, (fileMs.get(file) ?? 0) + details.duration_ms)
    }
    if (event.type === 'test:fail' && event.data.file !== undefined && endedByTrap(event.data.details.error)) {
      trapped.add(event.data.file)
    }
    if (shown.has(event.type)) yield event
  }
}

/** node:test gives a file whose process was ended a failure that bears the signal. */
const endedByTrap = (error: Error): boolean =>
  'signal' in error && (error.signal === 'SIGTRAP' || error.signal === 'SIGILL')

/** The files that take longest, for who makes the tests quicker: `SCANTILL_TEST_TIMES=1 npm run test:unit`. */
function* slowestFiles(): Generator<string> {
  if (process.env['SCANTILL_TEST_TIMES'] !== '1') return
  const slowest = [...fileMs].sort(([, left], [, right]) => right - left).slice(0, 40)
  for (const [file, ms] of slowest) yield `${(ms / 1_000).toFixed(1).padStart(7)} s  ${relative(process.cwd(), file)}\n`
}

/**
 * A reporter for node:test that shows what failed, and the counts at the end in the usual form ("ℹ tests 12").
 *
 * A default export, because the test runner loads a reporter so.
 */
export default async function* failuresOnly(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const text of Readable.from(worthShowing(events)).compose(new spec())) yield String(text)
  for (const file of trapped) yield `${trapWords}${file}\n`
  yield* slowestFiles()
}
