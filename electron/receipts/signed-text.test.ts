import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import type { OrderNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { codeFor } from './receipt-code.ts'
import { readSignedText, signedText } from './signed-text.ts'

const shop = generateKeyPairSync('ed25519')
const facts = {
  kind: 'sale',
  orderNumber: 'S0010120261130K7QX000042' as OrderNumber,
  amountFen: fen(3_580),
  wallMs: Date.UTC(2026, 10, 30, 11, 39, 14),
} as const

test('a signed text says what it was made of, and a person can read it', () => {
  const text = signedText(facts, shop.privateKey)
  assert.match(text, /^SCANTILL1 sale S0010120261130K7QX000042 35\.80 2026-11-30T19:39:14\+08:00 /)
  assert.deepEqual(readSignedText(` ${text}\n`, shop.publicKey), { kind: 'genuine', facts })
})

test('whatever is changed in it, or signed by another, is not genuine', () => {
  const text = signedText(facts, shop.privateKey)
  const other = generateKeyPairSync('ed25519')
  assert.deepEqual(readSignedText(text, other.publicKey), { kind: 'not-genuine' })
  for (const changed of [
    text.replace('35.80', '95.80'),
    text.replace('sale', 'refund'),
    text.replace('000042', '000043'),
    text.replace('19:39', '19:38'),
    text.slice(0, -2) + (text.endsWith('AA') ? 'BA' : 'AA'),
  ]) {
    assert.notEqual(changed, text)
    assert.deepEqual(readSignedText(changed, shop.publicKey), { kind: 'not-genuine' }, changed)
  }
  for (const foreign of ['', 'https://example.invalid', text.slice(0, -1), `${text} `.repeat(2)]) {
    assert.deepEqual(readSignedText(foreign, shop.publicKey), { kind: 'not-a-signed-text' }, foreign)
  }
})

test('the longest text fits a QR code on the narrowest paper', () => {
  const longest = { ...facts, orderNumber: 'Z'.repeat(32) as OrderNumber, amountFen: fen(Number.MAX_SAFE_INTEGER) }
  const code = codeFor(signedText({ ...longest, kind: 'revocation' }, shop.privateKey), 'qr', 384)
  assert.ok(code?.type === 'qrcode' && code.cellDots >= 5)
})
