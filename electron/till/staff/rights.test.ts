import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fen } from '../money.ts'
import { acts } from './act.ts'
import { rightsPage } from './page.ts'
import { type Limits, mayDo, needsProof, rights, roles } from './rights.ts'

const limits: Limits = { 'refund-order': fen(5_000), 'return-cash': fen(0), 'accept-difference': fen(100) }

test('docs/rights.md is what the table prints; if not, run: npm run docs:states', () => {
  const page = readFileSync(new URL('../../../docs/rights.md', import.meta.url), 'utf8')
  assert.equal(page, rightsPage())
})

test('the table knows every act, and every act for every role', () => {
  assert.deepEqual(Object.keys(rights).sort(), [...acts].sort())
  for (const act of acts) assert.deepEqual(Object.keys(rights[act]), [...roles], act)
})

test('a manager never needs another manager, and a cashier never signs as one', () => {
  for (const act of acts) {
    assert.ok(['signed-in', 'own-pin'].includes(rights[act].manager), act)
    assert.notEqual(rights[act].cashier, 'own-pin', act)
    const manager = needsProof(mayDo('manager', { act, amountFen: fen(1) }, limits))
    const cashier = needsProof(mayDo('cashier', { act, amountFen: fen(1_000_000) }, limits))
    assert.ok(!manager || cashier, `${act}: what a manager signs for, a cashier does not do alone (I15)`)
  }
})

test('a limit is the last amount that is still allowed; no amount, and no limit set, need a manager', () => {
  const need = (amountFen: number | undefined, act: 'refund-order' | 'return-cash' = 'refund-order') =>
    mayDo('cashier', { act, amountFen: amountFen === undefined ? undefined : fen(amountFen) }, limits)
  const manager = { kind: 'manager-pin', because: 'amount' }
  assert.deepEqual(need(5_000), { kind: 'nothing' })
  assert.deepEqual(need(5_001), manager)
  assert.deepEqual(need(undefined), manager)
  assert.deepEqual(need(1, 'return-cash'), manager)
  assert.deepEqual(mayDo('cashier', { act: 'settle-case' }, limits), { kind: 'manager-pin', because: 'role' })
})
