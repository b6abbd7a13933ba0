// The first step of `npm start` and `npm test`: makes a fresh clone on a bare machine able to run, then runs the
// script named on the command line under the project's own Node.
//
//   node scripts/preflight.mjs [--browser] [SCRIPT [ARGUMENT…]]
//
// 1. Plain JavaScript without packages: the system's Node (20 or newer) runs it before anything is installed.
// 2. It hands over to the script itself. `node preflight.mjs && node start.ts` would not do on the first run: the shell
//    remembers where it found `node` the first time, and so misses the one that was installed meanwhile.
// 3. When everything is there it says nothing and costs a few milliseconds.
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runUnderProjectNode } from './preflight/hand-over.mjs'
import { ensureNode, ensurePackages } from './preflight/packages.mjs'
import { CannotGoOn, quietRunner } from './preflight/progress.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [first, ...others] = process.argv.slice(2)
const browserWanted = first === '--browser'
const [script, ...scriptArguments] = browserWanted ? others : first === undefined ? [] : [first, ...others]

try {
  const run = quietRunner({ stream: process.stderr, folder: root })
  const steps = browserWanted ? 3 : 2
  const packages = await ensurePackages({ root, run, step: `1/${steps}` })
  const program = await ensureNode({ root, run, step: `2/${steps}`, fresh: packages === 'fresh' })
  if (browserWanted) {
    const { ensureBrowser } = await import('./preflight/browser.mjs')
    await ensureBrowser({ run, step: `3/${steps}`, say: (line) => process.stderr.write(`${line}\n`) })
  }
  if (script !== undefined) await runUnderProjectNode(program, resolve(root, script), scriptArguments)
} catch (error) {
  if (!(error instanceof CannotGoOn)) throw error
  process.stderr.write(error.text())
  process.exitCode = 1
}
