import { Readable } from 'node:stream'
import type { TestEvent } from 'node:test/reporters'
import { spec } from 'node:test/reporters'

const shown = new Set(['test:fail', 'test:stderr', 'test:diagnostic', 'test:summary'])

async function* worthShowing(events: AsyncIterable<TestEvent>): AsyncGenerator<TestEvent> {
  for await (const event of events) if (shown.has(event.type)) yield event
}

/**
 * A reporter for node:test that shows what failed, and the counts at the end in the usual form ("ℹ tests 12").
 *
 * A default export, because the test runner loads a reporter so.
 */
export default async function* failuresOnly(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const text of Readable.from(worthShowing(events)).compose(new spec())) yield String(text)
}
