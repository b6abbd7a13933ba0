import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  countsOf,
  filesEndedByTrap,
  playwrightCounts,
  storiesOfDeadProcesses,
  sumOf,
  trapWords,
} from './test-counts.ts'

const summary = (lines: Readonly<Record<string, number>>): string =>
  Object.entries(lines)
    .map(([name, count]) => `ℹ ${name} ${count}\n`)
    .join('')

test("node's summary is read, cancelled tests count as failed", () => {
  const output = `✖ tests 99 of something\n${summary({ tests: 12, suites: 2, pass: 8, fail: 1, cancelled: 2, skipped: 1, todo: 0 })}`
  assert.deepEqual(countsOf(output), { tests: 12, passed: 8, failed: 3, skipped: 1 })
})

test('the last summary counts, also with colours', () => {
  const coloured = '\u001b[34mℹ tests 3\u001b[39m\n\u001b[34mℹ pass 3\u001b[39m\n\u001b[34mℹ fail 0\u001b[39m\n'
  assert.equal(countsOf(summary({ tests: 1, pass: 1, fail: 0 }) + coloured)?.tests, 3)
})

test('no summary is no success', () => {
  assert.equal(countsOf('Error: something broke'), undefined)
  assert.equal(countsOf(summary({ tests: 1, pass: 1 })), undefined)
})

test('counts add up', () => {
  const one = { tests: 3, passed: 1, failed: 1, skipped: 1 }
  assert.deepEqual(sumOf([one, one]), { tests: 6, passed: 2, failed: 2, skipped: 2 })
  assert.deepEqual(sumOf([]), { tests: 0, passed: 0, failed: 0, skipped: 0 })
})

test("Playwright's report: skipped stories did not run", () => {
  const report = JSON.stringify({ stats: { expected: 5, flaky: 1, unexpected: 2, skipped: 4, duration: 1 } })
  assert.deepEqual(playwrightCounts(report), { tests: 8, passed: 6, failed: 2, skipped: 4 })
  assert.equal(playwrightCounts('{}'), undefined)
})

test('a story whose process Node itself ended is told from one that failed', () => {
  const story = (line: number, ...messages: readonly string[]) => ({
    file: 'desk.spec.ts',
    line,
    tests: [{ results: messages.map((message) => ({ errors: [{ message }] })) }],
  })
  const died = (how: string): string => `Error: worker process exited unexpectedly (${how})`
  const report = {
    suites: [
      { specs: [story(3, died('code=null, signal=SIGTRAP')), story(5, 'expect(locator) failed'), story(7)] },
      { suites: [{ specs: [story(9, died('code=4, signal=null')), story(11, died('code=null, signal=SIGKILL'))] }] },
      { specs: [story(13, died('code=null, signal=SIGTRAP'), 'expect(locator) failed')] },
    ],
  }
  assert.deepEqual(storiesOfDeadProcesses(JSON.stringify(report)), ['desk.spec.ts:3'])
  assert.deepEqual(storiesOfDeadProcesses('{}'), [])
  const output = `${summary({ tests: 2 })}\u001b[34m${trapWords}/here/a.test.ts\u001b[39m\nnot ${trapWords}/b.test.ts\n`
  assert.deepEqual(filesEndedByTrap(output), ['/here/a.test.ts'])
})
