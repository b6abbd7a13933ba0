import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { OrderNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { openReceiptKey, receiptKeyFile, receiptPublicKeyFile } from './receipt-key.ts'
import { readSignedText, signedText } from './signed-text.ts'

test('a data folder has one key, and its public half checks what the key signed', async (context) => {
  const data = mkdtempSync(join(tmpdir(), 'receipt-key-'))
  context.after(() => rmSync(data, { recursive: true, force: true }))
  const first = await openReceiptKey(data)
  rmSync(join(data, receiptPublicKeyFile))
  const again = await openReceiptKey(data)
  const facts = {
    kind: 'sale',
    orderNumber: 'S0010120261130K7QX000042' as OrderNumber,
    amountFen: fen(3_580),
    wallMs: Date.UTC(2026, 10, 30),
  } as const
  const publicKey = createPublicKey(readFileSync(join(data, receiptPublicKeyFile)))
  for (const key of [first, again]) {
    assert.equal(readSignedText(signedText(facts, key), publicKey).kind, 'genuine')
  }
  if (process.platform !== 'win32') assert.equal(statSync(join(data, receiptKeyFile)).mode & 0o077, 0)
  writeFileSync(join(data, receiptKeyFile), 'no key')
  await assert.rejects(openReceiptKey(data))
})
