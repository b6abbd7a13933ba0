// A host in a process of its own, for the measurements beside it: `host-process.ts till DIR` with the whole till,
// `host-process.ts bare DIR` with an empty page from DIR and nothing behind it. Says its address to the parent.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { startBrowserHost } from '../../electron/hosts/browser/browser-host.ts'
import type { TillService } from '../../electron/hosts/service.ts'

/** What a host's process holds, garbage collected first. */
export type Held = { readonly residentBytes: number; readonly heapBytes: number; readonly openFiles: number }

const [kind, folder] = process.argv.slice(2)
if ((kind !== 'till' && kind !== 'bare') || folder === undefined) throw new Error('till DIR, or bare DIR')
const root = join(import.meta.dirname, '../..')

const nothing: TillService = {
  call: () => Promise.reject(new Error('there is no till behind a bare page')),
  on: () => () => undefined,
  close: () => Promise.resolve(),
}

async function till(dataDirectory: string): Promise<TillService> {
  const { openTill } = await import('../../electron/open-till.ts')
  const opened = await openTill({ dataDirectory, configFile: null, host: 'browser' })
  if (!opened.ok) throw new Error(opened.problem)
  return opened.service
}

const service = kind === 'till' ? await till(folder) : nothing
const rendererDirectory = kind === 'till' ? join(root, 'dist/renderer') : folder
const host = await startBrowserHost({ service, rendererDirectory, report: (line) => console.error(line) })
process.send?.({ address: host.address })

process.on('message', (message) => {
  if (message === 'held') {
    globalThis.gc?.()
    const { rss, heapUsed } = process.memoryUsage()
    const openFiles = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0
    process.send?.({ residentBytes: rss, heapBytes: heapUsed, openFiles } satisfies Held)
  } else if (message === 'close') {
    void host
      .close()
      .then(() => service.close())
      .then(() => process.exit(0))
  }
})
