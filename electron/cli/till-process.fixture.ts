import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openLedgerReader } from '../ledger/open-ledger.ts'
import {
  type BuiltInWallet,
  makePracticeCode,
  type PracticeWallet,
  practiceWallets,
  type Story,
} from '../training/practice-code.ts'
import { copyTrainingKeys } from '../training/shared-keys.fixture.ts'
import { keptTerminal } from './terminal.fixture.ts'

/** The command line as it is installed; `npm run test:unit` builds it first. It starts in half the time of the sources. */
const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const commandLine: typeof import('./command-line.ts') = await import(
  new URL('../../dist/cli/command-line.js', import.meta.url).href
)

/** A line of the till's stdout; which fields there are is what the tests look at. */
export type Line = { readonly type: string } & Readonly<Record<string, unknown>>

export type Ended = {
  readonly exit: number | null
  readonly lines: readonly Line[]
  readonly last: Line | undefined
  readonly stdout: string
  readonly stderr: string
}

export type RunningTill = {
  readonly child: ChildProcess
  /** Resolves when a state line with this status was printed; rejects when the process ends without one. */
  reached(status: string): Promise<Line>
  readonly ended: Promise<Ended>
}

export type TillOptions = {
  readonly data: string
  /** What stands on standard input; it is closed after it. */
  readonly input?: string
  /** Leaves standard input open, as a terminal does. */
  readonly inputStaysOpen?: boolean
  readonly environment?: Readonly<Record<string, string>>
  readonly json?: boolean
}

/**
 * A till that hangs is a failure of its test, not of the whole run. Shorter than the 30 s for which a forgotten
 * connection keeps a process up, so that one is noticed.
 */
const patienceMs = 25_000

/** Compiled modules, kept from run to run: each of the many processes starts in half the time. */
const compiledModules = fileURLToPath(new URL('../../.cache/compiled', import.meta.url))

/** Every code that any test of the process gave to a till, and everything that the tills printed. */
const codesGiven = new Set<string>()
const printed: string[] = []

let turn = 0
/**
 * Of which wallets a story is told whose way through the till is the same for both: of one in turn, each starting its own
 * processes; `SCANTILL_STORIES=all` tells it of both.
 */
export function walletsInTurn(): readonly BuiltInWallet[] {
  if (process.env.SCANTILL_STORIES === 'all') return practiceWallets
  turn += 1
  return practiceWallets.filter((_, index) => index === turn % practiceWallets.length)
}

let serial = 0

/** A practice code that no other call gave; the process's id keeps the files of tests apart. */
export function practiceCode(wallet: PracticeWallet, story: Story): string {
  serial += 1
  const code = makePracticeCode(
    wallet,
    story,
    `${process.pid % 1_000_000}${String(serial).padStart(4, '0')}`.padStart(10, '0'),
  )
  codesGiven.add(code)
  return code
}

/** Short enough for a test, long enough for every story that is over within half a second. */
export const shortPolicy = {
  firstQueryMs: 200,
  pollMs: 200,
  windowMs: 1_200,
  revokeMinAgeMs: 500,
  revokeRetryMs: [150, 150, 300],
  requestTimeoutMs: 3_000,
}

/** As short, but with time for a payer who confirms after three seconds. */
export const patientPolicy = { ...shortPolicy, windowMs: 4_500 }

/** A data folder that is removed after the test, with a configuration in it. */
export function dataFolder(context: TestContext, configuration?: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'till-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  if (configuration !== undefined) writeFileSync(join(folder, 'config.json'), JSON.stringify(configuration))
  return folder
}

/** A data folder in training mode under one policy for both wallets; its keys are there already. */
export function trainingFolder(context: TestContext, policy: unknown = shortPolicy): string {
  const folder = dataFolder(context, { policy: { wechat: policy, alipay: policy } })
  copyTrainingKeys(folder)
  return folder
}

/** Starts the command line as a process of its own. */
export function startTill(context: TestContext, parameters: readonly string[], options: TillOptions): RunningTill {
  const { data, input = '', inputStaysOpen = false, environment = {}, json = true } = options
  const child = spawn(process.execPath, [program, ...parameters, '--data', data, ...(json ? ['--json'] : [])], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiledModules, ...environment },
  })
  const limit = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  context.after(() => child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  const waiting = new Set<{ readonly status: string; readonly tell: (line: Line) => void }>()
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8')
    if (waiting.size === 0) return
    for (const line of linesOf(stdout.slice(0, stdout.lastIndexOf('\n') + 1))) {
      for (const each of waiting) if (line.type === 'state' && line.status === each.status) each.tell(line)
    }
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8')
  })
  child.stdin.on('error', () => undefined) // the till may leave before it has read everything
  if (inputStaysOpen) child.stdin.write(input)
  else child.stdin.end(input)

  const ended = once(child, 'close').then(([exit, signal]): Ended => {
    clearTimeout(limit)
    printed.push(stdout, stderr)
    const words = parameters.join(' ')
    assert.ok(signal !== 'SIGKILL' || child.killed, `${words}: killed from outside`)
    const lines = json && signal === null ? linesOf(stdout) : []
    return { exit: Number.isInteger(exit) ? Number(exit) : null, lines, last: lines.at(-1), stdout, stderr }
  })
  const reached: RunningTill['reached'] = (status) =>
    new Promise((resolve, reject) => {
      const each = {
        status,
        tell: (line: Line) => {
          waiting.delete(each)
          resolve(line)
        },
      }
      waiting.add(each)
      child.stdout.emit('data', Buffer.alloc(0)) // what was printed already counts
      void ended.then(({ stderr: said }) => reject(new Error(`the till ended before ${status}: ${said}`)))
    })
  return { child, reached, ended }
}

/**
 * Runs the command line to its end, in the process of the test, which costs half of a process of its own. For what a
 * process has to itself (signals, kills, a standard input that stays open, `NODE_OPTIONS`) there is `startTill`.
 */
export async function runTill(
  context: TestContext,
  parameters: readonly string[],
  options: Omit<TillOptions, 'inputStaysOpen'>,
): Promise<Ended> {
  const { data, input = '', environment = {}, json = true } = options
  const terminal = keptTerminal([input], { ...process.env, ...environment })
  const words = [...parameters, '--data', data, ...(json ? ['--json'] : [])]
  let limit: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    limit = setTimeout(() => reject(new Error(`${words.join(' ')}: it hangs`)), patienceMs)
  })
  context.after(() => clearTimeout(limit))
  const exit = await Promise.race([commandLine.runCommandLine(words, terminal), tooLong])
  clearTimeout(limit)
  const [stdout, stderr] = [terminal.written(), terminal.complained()]
  printed.push(stdout, stderr)
  const lines = json ? linesOf(stdout) : []
  return { exit, lines, last: lines.at(-1), stdout, stderr }
}

/** Pays with a code. */
export function pay(
  context: TestContext,
  data: string,
  code: string,
  ...parameters: readonly string[]
): Promise<Ended> {
  const amount = parameters.some((each) => each.startsWith('--amount')) ? [] : ['--amount', '12.34']
  return runTill(context, ['pay', ...amount, ...parameters], { data, input: `${code}\n` })
}

/** The JSON lines of a text; throws at a line that is none. */
export function linesOf(text: string): readonly Line[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const value: unknown = JSON.parse(line)
      assert.ok(typeof value === 'object' && value !== null && 'type' in value, `no line of ours: ${line}`)
      return value as Line
    })
}

/** Walks the ledger of a data folder: no breach, and at least as many events as asked for. */
export async function assertWhole(data: string, eventsAtLeast = 3): Promise<void> {
  const reader = await openLedgerReader({ dataDirectory: data })
  assert.ok(reader.ok)
  try {
    const verified = await reader.value.verify()
    assert.ok(verified.ok)
    assert.deepEqual(verified.value.broken, [])
    assert.ok(verified.value.events >= eventsAtLeast, `${verified.value.events} events`)
  } finally {
    await reader.value.close()
  }
}

/** The orders of a data folder as its ledger has them, newest first. */
export async function ordersIn(data: string) {
  const reader = await openLedgerReader({ dataDirectory: data })
  assert.ok(reader.ok)
  try {
    const found = await reader.value.orders({})
    assert.ok(found.ok)
    return found.value
  } finally {
    await reader.value.close()
  }
}

/** I11: no code that was ever given stands in any file below the folders, nor in anything that a till printed. */
export function assertNoCodes(...folders: readonly string[]): void {
  assert.ok(codesGiven.size > 0)
  for (const text of printed) for (const code of codesGiven) assert.ok(!text.includes(code), 'a code was printed')
  let files = 0
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      files += 1
      const bytes = readFileSync(join(entry.parentPath, entry.name))
      for (const code of codesGiven) {
        for (const form of ['utf8', 'utf16le'] as const) {
          assert.ok(!bytes.includes(Buffer.from(code, form)), `a code stands in ${entry.name}`)
        }
      }
    }
  }
  assert.ok(files > 0)
}
