import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ArchiveEntry, cpioArchive, withFolders } from './cpio.ts'

/** Reads an archive back, by the kernel's buffer-format.rst. */
function readArchive(archive: Uint8Array) {
  const bytes = Buffer.from(archive)
  const entries: { readonly path: string; readonly mode: number; readonly device: string; readonly body: string }[] = []
  const aligned = (offset: number): number => Math.ceil(offset / 4) * 4
  for (let at = 0; at < bytes.length; ) {
    assert.equal(bytes.toString('latin1', at, at + 6), '070701')
    const field = (index: number): number =>
      Number.parseInt(bytes.toString('latin1', at + 6 + 8 * index, at + 14 + 8 * index), 16)
    const nameEnd = at + 110 + field(11)
    assert.equal(bytes[nameEnd - 1], 0)
    const path = bytes.toString('utf8', at + 110, nameEnd - 1)
    const bodyAt = aligned(nameEnd)
    const entry = {
      path,
      mode: field(1),
      device: `${field(9)}:${field(10)}`,
      body: bytes.toString('latin1', bodyAt, bodyAt + field(6)),
    }
    at = aligned(bodyAt + field(6))
    if (path === 'TRAILER!!!') {
      assert.equal(at, bytes.length)
      return entries
    }
    entries.push(entry)
  }
  return assert.fail('no trailer')
}

test('each kind of entry is read back with its mode, its device and its body', () => {
  const read = readArchive(
    cpioArchive([
      { kind: 'folder', path: 'dev' },
      { kind: 'character-device', path: 'dev/console', major: 5, minor: 1 },
      { kind: 'file', path: 'init', bytes: Buffer.from('#!'), executable: true },
      { kind: 'file', path: 'etc/passwd', bytes: new Uint8Array(), executable: false },
      { kind: 'link', path: 'sbin/insmod', target: '/bin/kmod' },
    ]),
  )
  assert.deepEqual(read, [
    { path: 'dev', mode: 0o040755, device: '0:0', body: '' },
    { path: 'dev/console', mode: 0o020600, device: '5:1', body: '' },
    { path: 'init', mode: 0o100755, device: '0:0', body: '#!' },
    { path: 'etc/passwd', mode: 0o100644, device: '0:0', body: '' },
    { path: 'sbin/insmod', mode: 0o120777, device: '0:0', body: '/bin/kmod' },
  ])
})

test('names and bodies of any length stay aligned', () => {
  const file = fc.record({ path: fc.stringMatching(/^[a-z0-9.]{1,40}$/), bytes: fc.uint8Array({ maxLength: 40 }) })
  fc.assert(
    fc.property(fc.array(file, { maxLength: 6 }), (files) => {
      const entries = files.map((each): ArchiveEntry => ({ kind: 'file', executable: false, ...each }))
      assert.deepEqual(
        readArchive(cpioArchive(entries)).map(({ path, body }) => [path, body]),
        files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('latin1')]),
      )
    }),
    { numRuns: 50 },
  )
})

test('every folder stands once in front of what is in it', () => {
  const file = (path: string): ArchiveEntry => ({ kind: 'file', path, bytes: new Uint8Array(), executable: false })
  const paths = withFolders([file('usr/lib/udev/a'), { kind: 'folder', path: 'proc' }, file('usr/bin/b')]).map(
    ({ path }) => path,
  )
  assert.deepEqual(paths, ['usr', 'proc', 'usr/lib', 'usr/bin', 'usr/lib/udev', 'usr/lib/udev/a', 'usr/bin/b'])
})
