import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** By this electron-builder and `@electron/fuses` find the fuses in a binary. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fuseCount = 9

/**
 * Makes a folder that looks to electron-builder like an unpacked Electron for Linux, so that what is packed into a till can
 * be looked at where Electron's own files cannot be had. Nothing in it runs, and it says so.
 */
export function makeStandInElectron(folder: string, version: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'), { recursive: true })
  const fuses = Buffer.concat([Buffer.from(fuseSentinel), Buffer.from([1, fuseCount]), Buffer.alloc(fuseCount, '0')])
  const says = Buffer.from(
    '#!/bin/sh\necho "This is a stand-in for Electron: it only shows what would be packed." >&2\nexit 1\n',
  )
  writeFileSync(join(folder, 'electron'), Buffer.concat([says, fuses]))
  chmodSync(join(folder, 'electron'), 0o755)
  writeFileSync(join(folder, 'version'), version)
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome_crashpad_handler', 'locales/en-US.pak']) {
    writeFileSync(join(folder, name), '')
  }
}
