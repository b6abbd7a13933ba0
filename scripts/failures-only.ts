import { relative } from 'node:path'
import { Readable } from 'node:stream'
import type { TestEvent } from 'node:test/reporters'
import { spec } from 'node:test/reporters'

const shown = new Set(['test:fail', 'test:stderr', 'test:diagnostic', 'test:summary'])

/** Milliseconds of each file's outermost tests; those that ran side by side count each. */
const fileMs = new Map<string, number>()

async function* worthShowing(events: AsyncIterable<TestEvent>): AsyncGenerator<TestEvent> {
  for await (const event of events) {
    if (event.type === 'test:complete' && event.data.nesting === 0 && event.data.file !== undefined) {
      const { file, details } = event.data
      fileMs.set(file, (fileMs.get(file) ?? 0) + details.duration_ms)
    }
    if (shown.has(event.type)) yield event
  }
}

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
  yield* slowestFiles()
}
