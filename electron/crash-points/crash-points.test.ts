import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crashMoments, crashPoints, type OnCrashPoint, reportCommit, reportShown } from './crash-points.ts'
import { readCrashAt } from './crash-switch.ts'
import { printCrashPoints } from './print-points.ts'

const at = { monotonicMs: 0, wallMs: 0 }
const evidence = {}

test('every point has a name of its own and a sentence', () => {
  assert.equal(crashPoints.length, 36)
  assert.equal(new Set(crashPoints.map(({ name }) => name)).size, crashPoints.length)
  assert.equal(new Set(Object.values(crashMoments)).size, Object.keys(crashMoments).length)
  for (const { sentence } of [...crashPoints, ...printCrashPoints]) assert.match(sentence, /^[A-Z].*\.$/)
})

test('an event that answers one request and intends the next is reported as both, at each stage of its commit', () => {
  const heard: Parameters<OnCrashPoint>[0][] = []
  const stepped = {
    event: { type: 'query-answered', at, outcome: { kind: 'unpaid', evidence } },
    effects: [{ type: 'send-revoke' }],
  } as const
  for (const stage of ['handing-over', 'committing', 'committed', 'durable'] as const) {
    reportCommit((point) => heard.push(point), stepped, stage)
  }
  reportShown((point) => heard.push(point), stepped.event)
  assert.deepEqual(heard, [
    'query.answered',
    'revoke.before-intent',
    'query.answer-committing',
    'revoke.intent-committing',
    'query.answer-committed',
    'revoke.intent-committed',
    'query.answer-durable',
    'revoke.intent-durable',
    'query.shown',
  ])
})

test('an event that neither answers nor asks is no point', () => {
  const heard: Parameters<OnCrashPoint>[0][] = []
  const event = { type: 'parked', at } as const
  reportCommit((point) => heard.push(point), { event, effects: [{ type: 'wake-at', monotonicMs: 1 }] }, 'durable')
  reportShown((point) => heard.push(point), event)
  assert.deepEqual(heard, [])
})

test('the variable names a point of the list, and how often it is passed before', () => {
  assert.deepEqual(readCrashAt('pay.written'), { point: 'pay.written', occurrence: 1 })
  assert.deepEqual(readCrashAt('query.answer-committing:12'), { point: 'query.answer-committing', occurrence: 12 })
  for (const { name } of [...crashPoints, ...printCrashPoints]) assert.equal(readCrashAt(name)?.point, name)
  for (const text of [
    '',
    'pay',
    'pay.written:0',
    'pay.written:-1',
    'pay.written:1000',
    'pay.written:',
    'Pay.written',
    'refund.written',
    ' pay.written',
    'pay.written\n',
  ]) {
    assert.equal(readCrashAt(text), undefined, JSON.stringify(text))
  }
})
