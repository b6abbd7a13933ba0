import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crashVariable } from '../crash-points/crash-switch.ts'
import { startLiveServers } from './live-servers.fixture.ts'
import { dataFolder, ordersIn, practiceCode, runTill } from './till-process.fixture.ts'

test('a till with real channels does not look at the crash variable, and says so', async (context) => {
  const servers = await startLiveServers()
  const data = servers.liveFolder(context, '91')
  const input = practiceCode('wechat', 'pays-at-once')
  const environment = { [crashVariable]: 'pay.intent-committed' }
  const { exit, last, stderr } = await runTill(context, ['pay', '--amount', '5.00'], { data, input, environment })
  assert.deepEqual([exit, last?.status], [0, 'paid'], stderr)
  assert.match(stderr, /SCANTILL_CRASH_AT is for training only/)
})

test('a crash point that does not exist is refused before anything is charged', async (context) => {
  const data = dataFolder(context)
  const input = practiceCode('wechat', 'pays-at-once')
  const environment = { [crashVariable]: 'pay.writen' }
  const { exit, stderr, lines } = await runTill(context, ['pay', '--amount', '5.00'], { data, input, environment })
  assert.deepEqual([exit, lines], [2, []])
  assert.match(stderr, /SCANTILL_CRASH_AT names no crash point/)
  assert.deepEqual(await ordersIn(data), [])
})
