import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readPageFile } from './page-files.ts'

let folder = ''
let page = ''

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scantill-page-'))
  page = join(folder, 'renderer')
  await mkdir(join(page, 'assets'), { recursive: true })
  await mkdir(join(folder, 'renderer-secret'))
  await writeFile(join(page, 'index.html'), '<!doctype html>')
  await writeFile(join(page, 'assets', '铃 声.mp3'), 'sound')
  await writeFile(join(folder, 'renderer-secret', 'key.txt'), 'secret')
  await writeFile(join(folder, 'key.txt'), 'secret')
  await symlink(join(folder, 'key.txt'), join(page, 'linked.txt'))
})
after(() => rm(folder, { recursive: true }))

test('files of the page are read with their type', async () => {
  const index = await readPageFile(page, '/')
  assert.ok(index.kind === 'file')
  assert.equal(new TextDecoder().decode(index.body), '<!doctype html>')
  assert.equal(index.contentType, 'text/html; charset=utf-8')
  const sound = await readPageFile(page, `/assets/${encodeURIComponent('铃 声.mp3')}`)
  assert.ok(sound.kind === 'file')
  assert.equal(sound.contentType, 'audio/mpeg')
})

const outside = [
  '/../key.txt',
  '/..%2fkey.txt',
  '/%2e%2e/key.txt',
  '/assets/../../key.txt',
  '/../renderer-secret/key.txt',
  '/../renderer-absent/key.txt',
  '/..%5ckey.txt',
  '/..',
  '/assets/..',
  '/%00',
  '/%',
  '/%ff',
  'index.html',
  '',
  '//../../key.txt',
  '/linked.txt',
]

for (const path of outside) {
  test(`nothing outside of the page is read: "${path}"`, async () => {
    assert.equal((await readPageFile(page, path)).kind, 'outside')
  })
}

test('decoding happens once only', async () => {
  assert.equal((await readPageFile(page, '/..%252fkey.txt')).kind, 'missing')
})

test('a folder and a name that is not there are missing', async () => {
  assert.equal((await readPageFile(page, '/assets')).kind, 'missing')
  assert.equal((await readPageFile(page, '/absent.js')).kind, 'missing')
})
