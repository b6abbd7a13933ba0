import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { pageSections, withSection } from './benchmark-page.ts'

test('the page has a place for every section, and only that place changes', () => {
  const page = readFileSync(new URL('../../docs/benchmarks.md', import.meta.url), 'utf8')
  for (const section of pageSections) {
    const written = withSection(page, section, 'fresh figures')
    const [before = '', after = ''] = written.split('\n\nfresh figures\n\n')
    assert.ok(page.startsWith(before) && page.endsWith(after), section)
    assert.equal(withSection(written, section, 'fresh figures'), written)
  }
})

test('a page without the markers is not written over', () => {
  assert.throws(() => withSection('# Benchmarks\n', 'p1', 'figures'), /no place for p1/)
})
