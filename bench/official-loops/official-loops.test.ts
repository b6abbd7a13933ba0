import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alipayDemo } from './alipay-demo.ts'
import type { OfficialLoop } from './official-loop.ts'
import { wechatFlowPage, wechatPayPage } from './wechat-loops.ts'

/** Runs a loop whose calls take no time, and notes when it called what. */
function callsOf(loop: OfficialLoop, paidFromMs: number): { readonly end: string; readonly calls: readonly string[] } {
  let nowMs = 0
  const calls: string[] = []
  const answer = (call: string) => {
    calls.push(`${call} ${nowMs / 1_000}`)
    return nowMs >= paidFromMs ? ('paid' as const) : ('awaiting-payer' as const)
  }
  const end = loop.run({
    elapsedMs: () => nowMs,
    sleep: (durationMs) => {
      nowMs += durationMs
    },
    pay: () => answer('pay'),
    query: () => answer('query'),
    revoke: () => {
      answer('revoke')
    },
  })
  return { end, calls }
}

test('a payer who never confirms is asked as often as the pages say, then revoked at once', () => {
  assert.deepEqual(callsOf(alipayDemo, Number.POSITIVE_INFINITY), {
    end: 'revoked',
    calls: ['pay 0', 'query 5', 'query 10', 'query 15', 'query 20', 'query 25', 'revoke 25'],
  })
  assert.deepEqual(callsOf(wechatFlowPage, Number.POSITIVE_INFINITY), {
    end: 'revoked',
    calls: ['pay 0', 'query 5', 'query 10', 'query 15', 'query 20', 'query 25', 'query 30', 'revoke 30'],
  })
  assert.deepEqual(callsOf(wechatPayPage, Number.POSITIVE_INFINITY), {
    end: 'revoked',
    calls: ['pay 0', 'query 5', 'query 15', 'query 25', 'query 35', 'query 45', 'revoke 45'],
  })
})

test('the first query after the confirming ends a loop', () => {
  for (const loop of [alipayDemo, wechatFlowPage, wechatPayPage]) {
    const { end, calls } = callsOf(loop, 5_001)
    assert.equal(end, 'paid')
    assert.equal(calls.length, 3, loop.name)
  }
})
