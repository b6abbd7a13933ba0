import assert from 'node:assert/strict'
import { test } from 'node:test'
import { en } from '../wording/en/index.ts'
import { zhCN } from '../wording/zh-CN/index.ts'
import { readableLine } from './journal-words.ts'

const line = (type: string, data: unknown) => ({
  sequence: 7,
  wallMs: 0,
  type,
  payload: JSON.stringify(data),
  hash: '',
  isUnreadable: false,
})

test('an answer is told with what it came to, why, and the words of the channel', () => {
  const outcome = { kind: 'unknown', reason: 'no-answer', evidence: { code: 'SYSTEMERROR', message: '系统错误' } }
  const readable = readableLine(en, line('query-answered', { outcome }))
  assert.equal(readable.headline, en.journal.types['query-answered'])
  assert.equal(readable.outcome, `${en.journal.outcomes.unknown} · ${en.unknowns['no-answer']}`)
  assert.equal(readable.evidence, 'SYSTEMERROR 系统错误')
})

test('a line that this screen does not know yet is shown as it is, and a damaged one without its data', () => {
  assert.equal(readableLine(zhCN, line('refund-answered', {})).headline, zhCN.journal.other('refund-answered'))
  const damaged = { ...line('parked', {}), payload: '{"outcome":' }
  assert.deepEqual(readableLine(zhCN, damaged).outcome, '')
})
