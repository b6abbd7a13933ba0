import { dirname, relative, resolve, sep } from 'node:path'
import type { Plugin } from 'rolldown'

const address = /new URL\(\s*(['"])(\.{1,2}\/[^'"]+)\.ts\1\s*,\s*import\.meta\.url\s*,?\s*\)/g

/**
 * Lets workers be started by address: `new Worker(new URL('./worker.ts', import.meta.url))` runs from the source as it
 * stands, and in the bundle points to a file of its own beside the entry, `ledger-worker.js` for
 * `electron/ledger/worker.ts`.
 *
 * All output of a bundle must stand in one folder, which `scripts/build.ts` sees to.
 */
export function workersByAddress(sourceFolder: string): Plugin {
  return {
    name: 'workers-by-address',
    transform: {
      filter: { code: 'import.meta.url' },
      handler(code, id) {
        let found = false
        const changed = code.replaceAll(address, (_all, _quote, path: string) => {
          found = true
          const worker = resolve(dirname(id), `${path}.ts`)
          // What stands beside the source folder (`../native/…`) gets no dots in front.
          const fileName = `${relative(sourceFolder, worker)
            .split(sep)
            .filter((part) => part !== '..')
            .join('-')
            .replace(/\.ts$/, '')}.js`
          this.emitFile({ type: 'chunk', id: worker, fileName })
          return `new URL('./${fileName}', import.meta.url)`
        })
        return found ? { code: changed } : undefined
      },
    },
  }
}
