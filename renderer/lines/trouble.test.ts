import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Readiness } from '../../electron/api/contract.ts'
import { awayCount, lineTrouble } from './trouble.ts'

const away = { reason: 'timed-out', sinceWallMs: 5 } as const
const readiness = (change: Partial<Readiness>): Readiness => ({
  ledger: { state: 'ready', problem: null },
  certificates: [],
  backup: { state: 'ready', madeWallMs: 5, isDamaged: false, making: null },
  channels: [
    { id: 'wechat', state: 'ready', away: null, wallets: ['wechat'] },
    { id: 'alipay', state: 'ready', away: null, wallets: ['alipay', 'alipay-face'] },
  ],
  networkAway: null,
  owed: { count: 0, oldestAgeMs: null },
  clockOffsetMs: null,
  updateReady: null,
  ...change,
})
const wechatAway = { id: 'wechat', state: 'trouble', away, wallets: ['wechat'] } as const
const alipayAway = { id: 'alipay', state: 'trouble', away: { ...away, sinceWallMs: 3 }, wallets: ['alipay'] } as const

test('nothing is said while every channel may be tried, also one that is in doubt', () => {
  assert.equal(lineTrouble(readiness({})), null)
  const doubtful = { id: 'wechat', state: 'checking', away: null, wallets: ['wechat'] } as const
  assert.equal(lineTrouble(readiness({ channels: [doubtful] })), null)
})

test('one channel away names its wallets and those that still work', () => {
  const one = readiness({
    channels: [wechatAway, readiness({}).channels[1] ?? wechatAway],
    owed: { count: 2, oldestAgeMs: 9 },
  })
  assert.deepEqual(lineTrouble(one), {
    gone: ['wechat'],
    reason: 'timed-out',
    sinceWallMs: 5,
    working: ['alipay', 'alipay-face'],
    owed: 2,
  })
  assert.equal(awayCount(one), 1)
})

test('the network away says so, with its own reason and since the first of the channels', () => {
  const all = readiness({ channels: [wechatAway, alipayAway], networkAway: 'no-network' })
  const trouble = lineTrouble(all)
  assert.deepEqual([trouble?.gone, trouble?.reason, trouble?.sinceWallMs], ['network', 'no-network', 3])
  assert.deepEqual(trouble?.working, [])
})
