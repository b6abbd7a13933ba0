import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { orderStatesPage } from './page.ts'

test('docs/order-states.md is what the table prints; if not, run: npm run docs:states', () => {
  const page = readFileSync(new URL('../../../docs/order-states.md', import.meta.url), 'utf8')
  assert.equal(page, orderStatesPage())
})
