import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QueryOutcome, UnknownReason } from '../till/outcome.ts'
import { contactOf, contactOfProbe } from './contact.ts'
import type { ExchangeResult } from './ports.ts'

const times = { startedMs: 1, endedMs: 2 }
const answer = (body: string, status = 200, headers: Readonly<Record<string, string>> = {}): ExchangeResult => ({
  kind: 'answered',
  response: { status, headers, body: new TextEncoder().encode(body) },
})
const meaning = (result: ExchangeResult): string | null => {
  const contact = contactOf(result, times)
  return contact === null ? null : contact.kind === 'failed' ? contact.reason : contact.kind
}
const notSent = (reason: string, detail: string): ExchangeResult => ({ kind: 'not-sent', reason, detail })
const noAnswer = (reason: string): ExchangeResult => ({ kind: 'no-answer', reason, detail: 'X at y' })

test('every way of not being sent has its reason; what says nothing about the line is none', () => {
  assert.equal(meaning(notSent('refused', 'ECONNREFUSED at https://x')), 'refused')
  assert.equal(meaning(notSent('refused', 'ENETUNREACH at https://x')), 'no-network')
  assert.equal(meaning(notSent('refused', 'EHOSTUNREACH at https://x')), 'no-network')
  assert.equal(meaning(notSent('dns', 'ENOTFOUND at https://x')), 'name-not-resolved')
  assert.equal(meaning(notSent('dns', 'EAI_AGAIN at https://x')), 'name-not-resolved')
  assert.equal(meaning(notSent('tls', 'DEPTH_ZERO_SELF_SIGNED_CERT at https://x')), 'tls')
  assert.equal(meaning(notSent('tls', 'CERT_NOT_YET_VALID at https://x')), 'clock-off')
  assert.equal(meaning(notSent('connect-timeout', 'CONNECT_TIMEOUT at https://x')), 'timed-out')
  assert.equal(meaning(notSent('tls', 'NO_CLIENT_CERTIFICATE at https://x')), null)
  assert.equal(meaning(notSent('aborted', 'CLOSED')), null)
})

test('no answer is a time-out or a lost connection; one that the till gave up itself says nothing', () => {
  assert.equal(meaning(noAnswer('timeout')), 'timed-out')
  assert.equal(meaning(noAnswer('connection-lost')), 'connection-lost')
  assert.equal(meaning(noAnswer('reply-too-large')), 'portal-page')
  assert.equal(meaning(noAnswer('aborted')), null)
})

test('a page for people is a portal, 5xx the channel’s fault, and Alipay’s text/html is an answer', () => {
  assert.equal(meaning(answer('<!DOCTYPE html><html>')), 'portal-page')
  assert.equal(meaning(answer('\n<?xml version="1.0"?>\n<html xmlns="…">')), 'portal-page')
  assert.equal(meaning(answer('', 302)), 'portal-page')
  assert.equal(meaning(answer('', 511)), 'portal-page')
  assert.equal(meaning(answer('<html>502', 502)), 'channel-fault')
  assert.equal(meaning(answer('<xml><return_code>SUCCESS</return_code></xml>')), 'answered')
  assert.equal(meaning(answer('{"a":"<html>"}', 200, { 'content-type': 'text/html;charset=utf-8' })), 'answered')
  assert.equal(meaning(answer('', 429)), 'answered')
})

test('a probe’s answer tells of keys, clock and signature; a channel that does not know yet is there', () => {
  const probed = (outcome: QueryOutcome, offsetMs: number | null = null) => {
    const contact = contactOfProbe(answer('{}'), outcome, offsetMs, times)
    return contact?.kind === 'failed' ? contact.reason : contact?.kind
  }
  const unknown = (reason: UnknownReason): QueryOutcome => ({ kind: 'unknown', reason, evidence: {} })
  assert.equal(probed({ kind: 'not-found', evidence: {} }), 'understood')
  assert.equal(probed(unknown('refused-request')), 'keys-refused')
  assert.equal(probed(unknown('refused-request'), 60_000), 'keys-refused')
  assert.equal(probed(unknown('refused-request'), -400_000), 'clock-off')
  assert.equal(probed(unknown('unverifiable-answer')), 'unverifiable')
  assert.equal(probed(unknown('unreadable-answer')), 'portal-page')
  assert.equal(probed(unknown('system-error')), 'answered')
  assert.equal(probed(unknown('rate-limited')), 'answered')
})

test('what never arrived is not decoded', () => {
  const contact = contactOfProbe(notSent('dns', 'ENOTFOUND at x'), null, null, times)
  assert.deepEqual(contact, { kind: 'failed', reason: 'name-not-resolved', ...times })
})
