import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { rolldown } from 'rolldown'
import { workersByAddress } from './workers.ts'

const root = mkdtempSync(join(tmpdir(), 'scantill-workers-'))
after(() => rmSync(root, { recursive: true }))

test('a worker that is started by address runs from the bundle, without its source', async () => {
  const source = join(root, 'electron')
  mkdirSync(join(source, 'ledger'), { recursive: true })
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(join(source, 'shared.ts'), "export const word: string = 'kept'\n")
  writeFileSync(
    join(source, 'ledger/worker.ts'),
    "import { parentPort } from 'node:worker_threads'\nimport { word } from '../shared.ts'\nparentPort?.postMessage(word)\n",
  )
  writeFileSync(
    join(source, 'ledger/ledger.ts'),
    `import { Worker } from 'node:worker_threads'
     export const open = (): Worker => new Worker(new URL('./worker.ts', import.meta.url))\n`,
  )
  writeFileSync(
    join(source, 'main.ts'),
    `import { open } from './ledger/ledger.ts'
     import { word } from './shared.ts'
     open().on('message', (heard: string) => console.log(heard === word ? 'heard' : 'lost'))\n`,
  )
  const bundler = await rolldown({
    input: { main: join(source, 'main.ts') },
    platform: 'node',
    plugins: [workersByAddress(source)],
  })
  const output = join(root, 'dist')
  await bundler.write({ dir: output, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' })
  await bundler.close()

  assert.ok(readdirSync(output).includes('ledger-worker.js'))
  rmSync(join(root, 'electron/ledger/worker.ts'))
  assert.equal(execFileSync(process.execPath, [join(output, 'main.js')], { encoding: 'utf8' }), 'heard\n')
})
