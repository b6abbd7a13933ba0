import assert from 'node:assert/strict'
import { test } from 'node:test'
import { announcedBreaches, announcedNames, violationsRoot } from './expected-breaches.fixture.ts'
import { importBreaches, importRules } from './import-rules.ts'
import { sourceRules } from './source-rules.ts'

test('the deliberate breaches are found, each by its rule, and nothing else', async () => {
  const { breaches } = await importBreaches(violationsRoot)
  const found = [...new Set(breaches.map(({ rule, from }) => `${rule} ${from}`))].sort()
  assert.deepEqual(found, announcedBreaches(importRules))
})

test('every import rule has a deliberate breach', () => {
  assert.deepEqual(
    importRules.filter((rule) => !announcedNames.includes(rule)),
    [],
  )
})

test('no first line announces a rule that does not exist', () => {
  const known: readonly string[] = [...importRules, ...sourceRules]
  assert.deepEqual(
    announcedNames.filter((name) => !known.includes(name)),
    [],
  )
})
