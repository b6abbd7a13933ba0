// `npm run cold-start -- --data DIR [--runs 10]`: P5 (docs/benchmarks.md). From the start of the process to a counter that
// takes an amount, against an empty page of the same host in the same browser; and what both hold in memory then. DIR is a
// folder with a ledger (`npm run make-ledger`) and orders that are still open. Linux only: it reads /proc.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { markdownTable } from '../../bench/figures/markdown-table.ts'
import { ascending, quantile } from '../../bench/figures/quantiles.ts'
import { findTestBrowser } from '../../electron/hosts/browser/installed-browser.mjs'
import { type HostChild, startHostChild } from './host-child.ts'

type Figures = { readonly readyMs: number; readonly memoryBytes: number }

const { values } = parseArgs({ options: { data: { type: 'string' }, runs: { type: 'string', default: '10' } } })
const runs = Number(values.runs)
if (values.data === undefined || !Number.isSafeInteger(runs) || runs < 1) throw new Error('--data DIR [--runs 10]')
const data = resolve(values.data)
const found = findTestBrowser()

/** Every process that this one started, and theirs. */
function descendants(): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The name in brackets may hold anything; the state and the parent follow the last bracket.
        const [, parent] = /\) \S (\d+) /.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? []
        return [{ id: Number(name), parent: Number(parent) }]
      } catch {
        return [] // it has ended meanwhile
      }
    })
  const below = (parent: number): readonly number[] =>
    parents.filter((each) => each.parent === parent).flatMap(({ id }) => [id, ...below(id)])
  return below(process.pid)
}

/** Memory with shared pages counted once, as the kernel divides them (PSS). */
function memoryBytes(): number {
  return descendants().reduce((sum, id) => {
    const [, kibibytes] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8')) ?? []
    return sum + Number(kibibytes ?? 0) * 1_024
  }, 0)
}

type Host = Pick<HostChild, 'address' | 'close'>

/**
 * The till as `npm start` opens it with a window of its own. In the place of its browser stands a program that passes the
 * address on to ours, in which the time can be taken.
 */
async function startTill(): Promise<Host> {
  const place = mkdtempSync(join(tmpdir(), 'scantill-window-'))
  const [browserFile, addressFile] = [join(place, 'browser'), join(place, 'address')]
  execFileSync('mkfifo', [addressFile])
  writeFileSync(browserFile, `#!/bin/sh\necho "${'$'}1" > '${addressFile}'\nexec sleep 600\n`, { mode: 0o700 })
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../scripts/start.ts'), '--data', data], {
    env: { ...process.env, DISPLAY: ':0', SCANTILL_HOST: 'browser', SCANTILL_BROWSER: browserFile },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const close = async (): Promise<void> => {
    child.kill('SIGTERM')
    await once(child, 'exit')
    rmSync(place, { recursive: true, force: true })
  }
  const argument = await readFile(addressFile, 'utf8')
  return { address: argument.trim().replace('--app=', ''), close }
}

async function coldStart(start: () => Promise<Host>, ready: string): Promise<Figures> {
  const startedMs = performance.now()
  const host = await start()
  const browser = await chromium.launch({
    ...(found.kind === 'found' ? { executablePath: found.path } : {}),
    chromiumSandbox: process.getuid?.() !== 0,
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    await page.goto(host.address)
    await page.locator(ready).waitFor()
    const readyMs = performance.now() - startedMs
    return { readyMs, memoryBytes: memoryBytes() }
  } finally {
    await browser.close()
    await host.close()
  }
}

const bare = mkdtempSync(join(tmpdir(), 'scantill-bare-'))
writeFileSync(join(bare, 'index.html'), '<!doctype html><title>bare</title><main>ready</main>')
const startBare = (): Promise<Host> => startHostChild('bare', bare)
const till: Figures[] = []
const empty: Figures[] = []
try {
  // In turn, so that neither always finds the other's pages in the cache; the first pair warms it for both.
  for (let run = 0; run <= runs; run += 1) {
    const pair = [await coldStart(startBare, 'main'), await coldStart(startTill, 'main[data-scene]')] as const
    console.error(pair.map(({ readyMs, memoryBytes }) => `${readyMs.toFixed(0)} ms ${memoryBytes / 2 ** 20} MiB`))
    if (run === 0) continue
    empty.push(pair[0])
    till.push(pair[1])
  }
} finally {
  rmSync(bare, { recursive: true, force: true })
}
const middle = (figures: readonly Figures[], of: (figure: Figures) => number): number =>
  quantile(ascending(figures.map(of)), 0.5)
const row = (name: string, unit: string, of: (figure: Figures) => number): readonly string[] => {
  const [ours, theirs] = [middle(till, of), middle(empty, of)]
  return [name, `${ours.toFixed(0)} ${unit}`, `${theirs.toFixed(0)} ${unit}`, (ours / theirs).toFixed(2)]
}
console.log(
  markdownTable(
    ['median', 'till', 'bare window', 'ratio'],
    [
      row('start until an amount can be typed', 'ms', ({ readyMs }) => readyMs),
      row('memory, shared pages once', 'MiB', ({ memoryBytes }) => memoryBytes / 2 ** 20),
    ],
  ),
)
