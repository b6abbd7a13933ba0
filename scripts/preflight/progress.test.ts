import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { CannotGoOn, lastLines, quietRunner } from './progress.mjs'

const written = (): { readonly text: () => string; readonly stream: { write(text: string): void } } => {
  let all = ''
  return {
    text: () => all,
    stream: {
      write: (text) => {
        all += text
      },
    },
  }
}

test('a program runs quietly: its words come back, only the label is shown', async () => {
  const { text, stream } = written()
  const run = quietRunner({ stream, folder: tmpdir() })
  const script = "console.log('many words'); console.error('and more'); process.exit(Number(process.env.END))"
  const good = await run(process.execPath, ['-e', script], { label: '1/3 packages', environment: { END: '0' } })
  assert.equal(good.ok, true)
  assert.match(good.output, /many words/)
  assert.match(good.output, /and more/)
  assert.match(text(), /^1\/3 packages …\n(1\/3 packages … \d+ s\n)*1\/3 packages: done, \d+ s\n$/)

  const bad = await run(process.execPath, ['-e', script], { label: '2/3 more', environment: { END: '3' } })
  assert.equal(bad.ok, false)
  assert.match(bad.output, /many words/)
  assert.match(text(), /2\/3 more: failed, \d+ s\n$/)
})

test('without a label nothing is shown', async () => {
  const { text, stream } = written()
  await quietRunner({ stream, folder: tmpdir() })(process.execPath, ['-e', 'console.log(1)'])
  assert.equal(text(), '')
})

test('a program that does not exist is a failure with its reason', async () => {
  const { stream } = written()
  const result = await quietRunner({ stream, folder: tmpdir() })('scantill-no-such-program', [])
  assert.equal(result.ok, false)
  assert.match(result.ok ? '' : result.problem, /ENOENT/)
})

test('the last lines are those that say something', () => {
  assert.deepEqual(lastLines('a\n\n  \nb\r\nc  \n', 2), ['b', 'c'])
})

test('the message for a person: what, the last lines, what to try', () => {
  const text = new CannotGoOn('No packages.', { lines: ['code X'], advice: ['Try Y.'] }).text()
  assert.equal(text, '\nNo packages.\n  | code X\nWhat to try:\n  - Try Y.\n')
})
