import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kernelReleaseOf, packagesToFetch } from './packages.ts'
import { isShipped } from './shipped-packages.ts'
import { neededPrograms, type Surroundings, skipReason } from './surroundings.ts'
import { librariesIn } from './system-files.ts'

const debian: Surroundings = { platform: 'linux', architecture: 'x64', programs: new Set(neededPrograms) }

test('where there can be no machine, the reason is told', () => {
  assert.equal(skipReason(debian), null)
  assert.match(skipReason({ ...debian, platform: 'win32' }) ?? '', /needs Linux, and this is win32/)
  assert.match(skipReason({ ...debian, architecture: 'arm64' }) ?? '', /this is arm64/)
  const programs = new Set(neededPrograms.filter((name) => !name.startsWith('apt-')))
  assert.match(skipReason({ ...debian, programs }) ?? '', /apt-get, apt-cache, which this system lacks/)
})

test('of what apt would install all but the C library and kernels is fetched', () => {
  const simulation = [
    'Reading package lists...',
    'Inst kmod (30+20221128-1 Debian:12/stable [amd64])',
    'Inst libc6 [2.36-9] (2.36-10 Debian:12/stable [amd64])',
    'Inst linux-image-amd64 (6.1 Debian:12/stable [amd64])',
    'Inst qemu-system-x86 (1:7.2 Debian:12/stable [amd64])',
    'Conf kmod (30+20221128-1 Debian:12/stable [amd64])',
  ].join('\n')
  assert.deepEqual(packagesToFetch(simulation), ['kmod', 'qemu-system-x86'])
})

test('the newest kernel is the one that the metapackage names', () => {
  assert.equal(kernelReleaseOf('linux-image-amd64\n  Depends: linux-image-6.1.0-57-amd64\n'), '6.1.0-57-amd64')
  assert.equal(kernelReleaseOf('N: Unable to locate package linux-image-amd64\n'), null)
})

test('libraries are taken by the name that a program asks for, the loader by its path', () => {
  const output = [
    '\tlinux-vdso.so.1 (0x00007f75feff4000)',
    '\tlibudev.so.1 => /unpacked/lib/x86_64-linux-gnu/libudev.so.1 (0x00007f75fee7a000)',
    '\tlibgone.so.3 => not found',
    '\t/lib64/ld-linux-x86-64.so.2 (0x00007f75feff6000)',
  ].join('\n')
  assert.deepEqual(
    [...librariesIn(output)],
    [
      ['libudev.so.1', '/unpacked/lib/x86_64-linux-gnu/libudev.so.1'],
      ['/lib64/ld-linux-x86-64.so.2', '/lib64/ld-linux-x86-64.so.2'],
    ],
  )
})

test('of a device package only what runs on this kind of Linux goes along', () => {
  const along = [
    'node_modules/node-hid/nodehid.js',
    'node_modules/node-hid/prebuilds/HID_hidraw-linux-x64/node-napi-v4.node',
    'node_modules/@serialport/bindings-cpp/prebuilds/linux-x64/@serialport+bindings-cpp.glibc.node',
    'node_modules/debug/src/index.js',
    'node_modules/serialport/package.json',
  ]
  const left = [
    'node_modules/node-hid/hidapi/dist/x.js',
    'node_modules/node-hid/src/HID.cc',
    'node_modules/node-hid/prebuilds/HID-win32-x64/node-napi-v4.node',
    'node_modules/@serialport/bindings-cpp/prebuilds/linux-x64/@serialport+bindings-cpp.musl.node',
    'node_modules/serialport/README.md',
  ]
  assert.deepEqual([...along, ...left].filter(isShipped), along)
})
