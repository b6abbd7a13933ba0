import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBillScan } from './bill-scan.ts'

test('a bill’s barcode is told from whatever a payment code could be', () => {
  for (const bill of ['S0010120261123K7QX000042', '4200002026112300011234567890', '2026112322001412341234567890\r']) {
    assert.ok(isBillScan(bill), bill)
  }
  const digits = '2'.repeat(24)
  const face = `fp${'a1'.repeat(17)}`.slice(0, 35)
  for (const other of ['', '134567890123456789', digits, '12320261123123400004200', face, '6901234567892', '36.80']) {
    assert.ok(!isBillScan(other), other)
  }
})
