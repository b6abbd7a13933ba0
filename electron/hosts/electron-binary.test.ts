import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fetchElectron, findElectron, mayFetchElectron } from './electron-binary.ts'

const dayMs = 24 * 60 * 60 * 1000
const nowWallMs = Date.UTC(2026, 10, 23)

/** A project whose electron package has this install script. */
async function project(context: TestContext, { version = '45.4.1', install = '' } = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'scantill-project-'))
  context.after(() => rm(root, { recursive: true }))
  const folder = join(root, 'node_modules', 'electron')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'electron', version }))
  await writeFile(join(folder, 'install.js'), install)
  return root
}

test('the binary is found where the install script put it', async (t) => {
  const root = await project(t)
  const folder = join(root, 'node_modules', 'electron')
  assert.equal(findElectron(root, {}, 'linux'), null)
  await writeFile(join(folder, 'path.txt'), 'electron')
  assert.equal(findElectron(root, {}, 'linux'), null, 'named, but not there')
  await mkdir(join(folder, 'dist'))
  await writeFile(join(folder, 'dist', 'electron'), '')
  assert.equal(findElectron(root, {}, 'linux'), join(folder, 'dist', 'electron'))
})

test('an unpacked binary without path.txt is half an installation', async (t) => {
  const root = await project(t)
  await mkdir(join(root, 'node_modules', 'electron', 'dist'))
  await writeFile(join(root, 'node_modules', 'electron', 'dist', 'electron'), '')
  assert.equal(findElectron(root, {}, 'linux'), null)
})

test('a copy of one’s own goes before it', async (t) => {
  const root = await project(t)
  const copy = join(root, 'copy')
  const environment = { ELECTRON_OVERRIDE_DIST_PATH: copy }
  assert.equal(findElectron(root, environment, 'linux'), null)
  await mkdir(copy)
  await writeFile(join(copy, 'electron'), '')
  assert.equal(findElectron(root, environment, 'linux'), join(copy, 'electron'))
  assert.equal(findElectron(root, environment, 'win32'), null)
  await writeFile(join(copy, 'electron.exe'), '')
  assert.equal(findElectron(root, environment, 'win32'), join(copy, 'electron.exe'))
})

test('no electron package at all', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'scantill-project-'))
  t.after(() => rm(root, { recursive: true }))
  assert.equal(findElectron(root, {}, 'linux'), null)
  assert.equal(mayFetchElectron(root, {}, nowWallMs), false)
})

test('nothing is fetched where someone said no', async (t) => {
  const root = await project(t)
  assert.equal(mayFetchElectron(root, {}, nowWallMs), true)
  for (const name of ['SCANTILL_NO_ELECTRON_DOWNLOAD', 'ELECTRON_SKIP_BINARY_DOWNLOAD', 'CI']) {
    assert.equal(mayFetchElectron(root, { [name]: '1' }, nowWallMs), false, name)
  }
  assert.equal(mayFetchElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: '/copy' }, nowWallMs), false)
})

test('a failed try is not repeated at each start, but a week later or for another version', async (t) => {
  const root = await project(t, { install: 'process.exit(1)' })
  assert.equal(await fetchElectron(root, nowWallMs), false)
  assert.equal(mayFetchElectron(root, {}, nowWallMs), false)
  assert.equal(mayFetchElectron(root, {}, nowWallMs + 6 * dayMs), false)
  assert.equal(mayFetchElectron(root, {}, nowWallMs + 8 * dayMs), true)
  await writeFile(join(root, 'node_modules', 'electron', 'package.json'), JSON.stringify({ version: '45.5.0' }))
  assert.equal(mayFetchElectron(root, {}, nowWallMs), true)
})

test('a marker that cannot be read hinders nobody', async (t) => {
  const root = await project(t)
  await mkdir(join(root, '.cache'))
  for (const text of ['', 'null', '7', '{}', '{"version":45}']) {
    await writeFile(join(root, '.cache', 'electron-download-failed.json'), text)
    assert.equal(mayFetchElectron(root, {}, nowWallMs), true, text)
  }
})

test('a good try is a good try, and the marker is gone', async (t) => {
  const root = await project(t, { install: 'process.exit(1)' })
  await fetchElectron(root, nowWallMs)
  await writeFile(join(root, 'node_modules', 'electron', 'install.js'), '')
  assert.equal(await fetchElectron(root, nowWallMs), true)
  assert.equal(mayFetchElectron(root, {}, nowWallMs), true)
  assert.ok(!existsSync(join(root, '.cache', 'electron-download-failed.json')))
})

test('a download that hangs is ended at the limit and counts as failed', async (t) => {
  const root = await project(t, { install: 'setInterval(() => {}, 1000)' })
  assert.equal(await fetchElectron(root, nowWallMs, 50), false)
  assert.equal(mayFetchElectron(root, {}, nowWallMs), false)
})
