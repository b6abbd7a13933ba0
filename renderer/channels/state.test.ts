import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChannelView } from '../../electron/api/contract.ts'
import { en } from '../wording/en/index.ts'
import { capabilityRows, durationText, kindText, walletsText } from './channel-text.ts'
import { chosenChannel, emptyChannels, neighbour, reduceChannels } from './state.ts'

const view = (id: string, change: Partial<ChannelView> = {}): ChannelView => ({
  id,
  kind: id,
  api: null,
  wallets: ['wechat'],
  revoke: { word: 'reversal', notBeforeMs: 15_000, until: { kind: 'hour-of-day', hour: 24 }, confirmedBy: 'query' },
  refund: { partial: true, windowMs: 90 * 86_400_000, mostPerOrder: 50, gapMs: 10_000 },
  bill: 'download',
  endsAreProof: true,
  amountLimitFen: 5_000_000,
  figures: [],
  ...change,
})

const listed = reduceChannels(emptyChannels, { type: 'listed', views: [view('a'), view('b')] })

test('the first channel is shown until another is chosen, and the list has ends', () => {
  assert.equal(chosenChannel(emptyChannels), null)
  assert.equal(chosenChannel(listed)?.id, 'a')
  assert.deepEqual([neighbour(listed, -1), neighbour(listed, 1)?.id], [null, 'b'])
  const chosen = reduceChannels(listed, { type: 'chosen', id: 'b' })
  assert.deepEqual([chosenChannel(chosen)?.id, neighbour(chosen, 1), neighbour(chosen, -1)?.id], ['b', null, 'a'])
  assert.equal(chosenChannel(reduceChannels(chosen, { type: 'listed', views: 'lost' })), null)
})

test('each channel keeps its own test call', () => {
  const tested = reduceChannels(listed, { type: 'tested', id: 'b', test: { kind: 'works', tookMs: 9 } })
  assert.deepEqual(tested.tests, { b: { kind: 'works', tookMs: 9 } })
})

test('a time is told in the largest whole unit', () => {
  for (const [ms, text] of [
    [90 * 86_400_000, '90 days'],
    [86_400_000, '1 day'],
    [7_200_000, '2 hours'],
    [90_000, '90 s'],
    [60_000, '1 min'],
    [500, '500 ms'],
    [0, '0 ms'],
  ] as const) {
    assert.equal(durationText(en, ms), text)
  }
})

test('what a channel can do is told from its data, and what it cannot too', () => {
  const rows = (change: Partial<ChannelView>) => Object.fromEntries(capabilityRows(en, view('icbc', change)))
  assert.equal(rows({}).Revoke, 'reversal, from 15 s after the order, until 24:00 of the day, proved by asking again')
  assert.equal(rows({}).Refund, 'whole or part, for 90 days after payment, at most 50 times, tries 10 s apart or more')
  assert.match(String(rows({ revoke: null }).Revoke), /^none/)
  assert.match(String(rows({ endsAreProof: false })['“Failed”']), /proves nothing/)
  assert.equal(rows({ refund: null }).Refund, 'none')
  assert.deepEqual([kindText(view('icbc')), kindText(view('wechat', { api: 'v3' }))], ['icbc', 'wechat v3'])
  assert.equal(walletsText(en, { wallets: ['wechat', 'alipay'] }), 'WeChat Pay, Alipay')
  assert.equal(walletsText(en, { wallets: [] }), 'no wallet goes there')
  assert.match(String(rows({ amountLimitFen: null })['At most']), /no limit/)
})
