import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UnknownReason } from '../till/outcome.ts'
import { errorCode, type NoAnswer, type NotSent, notSentReason, unknownReasonOf } from './result.ts'

test('every result without an answer has the order rules’ word for it', () => {
  const notSent: Readonly<Record<NotSent['reason'], UnknownReason>> = {
    refused: 'not-reachable',
    dns: 'not-reachable',
    tls: 'not-reachable',
    'connect-timeout': 'not-reachable',
    aborted: 'not-reachable',
  }
  const noAnswer: Readonly<Record<NoAnswer['reason'], UnknownReason>> = {
    timeout: 'no-answer',
    'connection-lost': 'no-answer',
    aborted: 'no-answer',
    'reply-too-large': 'unreadable-answer',
  }
  // Object.entries forgets the keys' type; the records above are total over it.
  for (const [reason, expected] of Object.entries(notSent) as [NotSent['reason'], UnknownReason][]) {
    assert.equal(unknownReasonOf({ kind: 'not-sent', reason, detail: '' }), expected)
  }
  for (const [reason, expected] of Object.entries(noAnswer) as [NoAnswer['reason'], UnknownReason][]) {
    assert.equal(unknownReasonOf({ kind: 'no-answer', reason, detail: '' }), expected)
  }
})

test('errors are named by their code alone', () => {
  const error = (code: string, message = 'key=secret'): Error => Object.assign(new Error(message), { code })
  assert.equal(errorCode(error('ECONNRESET')), 'ECONNRESET')
  assert.equal(errorCode(error('not a code?')), 'UNKNOWN')
  assert.equal(errorCode(new Error('key=secret')), 'UNKNOWN')
  assert.equal(notSentReason(error('ECONNREFUSED')), 'refused')
  assert.equal(notSentReason(error('EHOSTUNREACH')), 'refused')
  assert.equal(notSentReason(error('EAI_AGAIN')), 'dns')
  assert.equal(notSentReason(error('ETIMEDOUT')), 'connect-timeout')
  assert.equal(notSentReason(error('UND_ERR_CONNECT_TIMEOUT')), 'connect-timeout')
  assert.equal(notSentReason(error('CERT_HAS_EXPIRED')), 'tls')
  assert.equal(notSentReason(error('EPROTO')), 'tls')
  assert.equal(notSentReason(error('ECONNRESET', 'disconnected before secure TLS connection was established')), 'tls')
})
