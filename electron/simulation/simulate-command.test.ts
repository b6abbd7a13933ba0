import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCommand } from './command-options.ts'
import { simulateCommand } from './simulate-command.ts'

test('words that are no numbers, and words that nobody knows, are refused with the usage', async () => {
  for (const words of [['--seeds', 'many'], ['--seeds', '-1'], ['--what'], ['--story', 'x']]) {
    const lines: string[] = []
    assert.equal(await simulateCommand(words, (line) => lines.push(line)), 2, words.join(' '))
    assert.match(lines.join('\n'), /simulate --seeds/)
  }
})

test('what is not said has its usual value', () => {
  const command = readCommand(['--seeds', '7', '--first-seed', '40'])
  assert.ok(typeof command !== 'string')
  assert.deepEqual([command.seeds, command.firstSeed, command.days, command.task.kind], [7, 40, 1, 'many'])
})

test('a short run prints faults, orders and speed, and ends well', async () => {
  const lines: string[] = []
  const words = ['--seeds', '2', '--customers', '20', '--short']
  assert.equal(await simulateCommand(words, (line) => lines.push(line)), 0)
  const text = lines.join('\n')
  assert.match(text, /^connection-refused +\d+$/m)
  assert.match(text, /2 store-days, \d+ orders, \d+ events/)
})

test('a story prints every event of its run, its channels and its digest', async () => {
  const lines: string[] = []
  await simulateCommand(['--story', '3', '--customers', '5'], (line) => lines.push(line))
  assert.ok(lines.some((line) => /till 01 commits .* pay-requested/.test(line)))
  assert.match(
    lines.at(-1) ?? '',
    /seed 3, wechat-v3 \(wechat\) and qra \(alipay\): \d+ orders, \d+ events, digest [0-9a-f]{64}/,
  )
})
