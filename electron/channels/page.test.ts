import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { channelsPage } from './page.ts'

test('docs/channels.md is what the definitions print; if not, run: npm run docs:states', () => {
  const page = readFileSync(new URL('../../docs/channels.md', import.meta.url), 'utf8')
  assert.equal(page, channelsPage())
})
