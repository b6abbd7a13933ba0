import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { simulateCommand } from '../simulation/simulate-command.ts'
import { assertNoCodes, pay, practiceCode, runTill, trainingFolder } from './till-process.fixture.ts'

test('a training payment is exported without its code, and the simulation comes to the same end', async (context) => {
  for (const [wallet, story] of [
    ['wechat', 'revoke-needs-tries'],
    ['alipay', 'pays-at-once'],
  ] as const) {
    const data = trainingFolder(context)
    const { last } = await pay(context, data, practiceCode(wallet, story))
    const exported = await runTill(context, ['replay', '--order', String(last?.orderNumber)], { data, json: false })
    assert.equal(exported.exit, 0)
    const path = join(data, 'replay.json')
    writeFileSync(path, exported.stdout)
    assertNoCodes(data)
    const lines: string[] = []
    assert.equal(await simulateCommand(['--replay', path], (line) => lines.push(line)), 0, lines.join('\n'))
    assert.match(lines.at(-1) ?? '', new RegExp(`recorded end: ${String(last?.status)}.*the same \\d+ events`))
  }
})

test('an order that is not there, and a file that is none, are refused', async (context) => {
  const data = trainingFolder(context)
  const missing = await runTill(context, ['replay', '--order', 'NOSUCHORDER1'], { data, json: false })
  assert.deepEqual([missing.exit, missing.stdout], [2, ''])
  const path = join(data, 'replay.json')
  writeFileSync(path, '{"format":"scantill-replay","version":9}')
  const lines: string[] = []
  assert.equal(await simulateCommand(['--replay', path], (line) => lines.push(line)), 2)
  assert.match(lines.join('\n'), /replay\.json: version/)
  assert.equal(await simulateCommand(['--replay', join(data, 'none')], (line) => lines.push(line)), 2)
})
