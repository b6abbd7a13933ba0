import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { type BuildFiles, forget, inputsHash, isUpToDate, remember } from './up-to-date.ts'

const files: BuildFiles = {
  name: 'screens',
  inputs: ['source', 'package.json', 'assets'],
  outputs: ['dist/index.html'],
}
let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scantill-build-'))
  mkdirSync(join(root, 'source/inner'), { recursive: true })
  mkdirSync(join(root, 'dist'))
  writeFileSync(join(root, 'source/inner/a.ts'), 'a')
  writeFileSync(join(root, 'package.json'), '{}')
  writeFileSync(join(root, 'dist/index.html'), 'built')
})
afterEach(() => rmSync(root, { recursive: true }))

const hashNow = (): string => inputsHash(root, files.inputs)

test('built once, it is up to date until an input changes', () => {
  assert.equal(isUpToDate(root, files, hashNow()), false)
  remember(root, files, hashNow())
  assert.equal(isUpToDate(root, files, hashNow()), true)
  writeFileSync(join(root, 'source/inner/a.ts'), 'b')
  assert.equal(isUpToDate(root, files, hashNow()), false)
})

test('a new file, a renamed file and a changed single file count; time and tests do not', () => {
  const before = hashNow()
  utimesSync(join(root, 'source/inner/a.ts'), 1, 1)
  writeFileSync(join(root, 'source/inner/a.test.ts'), 'a test')
  assert.equal(hashNow(), before)

  writeFileSync(join(root, 'source/b.ts'), '')
  const withNew = hashNow()
  rmSync(join(root, 'source/b.ts'))
  writeFileSync(join(root, 'source/c.ts'), '')
  const withRenamed = hashNow()
  writeFileSync(join(root, 'package.json'), '{"a":1}')
  assert.equal(new Set([before, withNew, withRenamed, hashNow()]).size, 4)
})

test('a missing output, and a build that broke off, are built again', () => {
  remember(root, files, hashNow())
  rmSync(join(root, 'dist/index.html'))
  assert.equal(isUpToDate(root, files, hashNow()), false)
  writeFileSync(join(root, 'dist/index.html'), 'half')
  forget(root, files)
  assert.equal(isUpToDate(root, files, hashNow()), false)
})
