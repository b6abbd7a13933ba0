import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLedgerReader } from '../../electron/ledger/open-ledger.ts'
import type { Order } from '../../electron/till/order/order.ts'
import { type BookLine, readBooks, readBreaches } from '../../electron/training/books-reading.ts'
import { makePracticeCode, practiceSerialDigits, type Story } from '../../electron/training/practice-code.ts'
import type { ChannelStory } from '../../electron/training/story-ends.ts'
import { startTrainingProcess } from '../../electron/training/training-process.ts'
import { runTill } from '../kills/till-run.ts'
import { projectRoot } from '../steps/step.ts'
import { disagreementsOf, type Line } from './judge.ts'

/** What a story came to at the command line. Without a disagreement it went as it must. */
export type CommandLineReport = {
  readonly told: ChannelStory
  readonly exit: number | null
  readonly status: string
  readonly revokeEffect: string | null
  /** What the channel's books say of the order; null where it has none. */
  readonly book: BookLine | null
  readonly disagreements: readonly string[]
}

/** Where stories are played by the built command line, each a process with a data folder of its own. */
export type CommandLineLab = {
  readonly channels: readonly string[]
  play(told: ChannelStory): Promise<CommandLineReport>
  /** Ends the servers; answers what only the whole run shows: breaches of the protocols, and traces of codes. */
  close(): Promise<readonly string[]>
}

/** As short as the story allows; a payer who acts needs time for it. */
const quick = {
  firstQueryMs: 200,
  pollMs: 200,
  windowMs: 1_200,
  revokeMinAgeMs: 500,
  revokeRetryMs: [150, 150, 300],
  requestTimeoutMs: 8_000,
}
const patient = { ...quick, windowMs: 6_000 }
const needsTime: readonly Story[] = ['password-then-pays', 'system-error-then-paid']

/** Far longer than any story: a machine that does much else must not make one fail. */
const patienceMs = 120_000

const scansAgainAtMost = 2

const storeId = 'S001'
const amountFen = 1_234

/** Starts every training server as a process of its own. Needs the built command line. */
export async function openCommandLineLab(): Promise<CommandLineLab> {
  const folder = mkdtempSync(join(tmpdir(), 'every-channel-'))
  const wallets = join(folder, 'wallets')
  const training = await startTrainingProcess(join(projectRoot, 'dist/cli/main.js'), wallets)
  const { channels, routes } = training.configuration
  const codes: string[] = []
  const printed: string[] = []
  let tills = 0

  const prepare = ({ channel, wallet, story }: ChannelStory): string => {
    tills += 1
    const data = join(folder, `till-${tills}`)
    mkdirSync(data)
    // Once, a wallet's own channel is reached by the configuration as `train` prints it, all channels of it.
    const reached =
      routes[wallet] === channel && story === 'pays-at-once'
        ? training.configuration
        : { channels: channels.filter(({ id }) => id === channel) }
    const configuration = {
      ...reached,
      store: { id: storeId, name: '示例便利店' },
      till: { id: `C${String(tills).padStart(3, '0')}` },
      policy: { [channel]: needsTime.includes(story) ? patient : quick },
      scanners: [],
    }
    writeFileSync(join(data, 'config.json'), JSON.stringify(configuration))
    return data
  }

  return {
    channels: channels.map(({ id }) => id),
    async play(told) {
      const { channel, wallet, story } = told
      const data = prepare(told)
      const tillMark = `${storeId}C${String(tills).padStart(3, '0')}`
      const serial = String(randomInt(10 ** practiceSerialDigits)).padStart(practiceSerialDigits, '0')
      const code = makePracticeCode(wallet, story, serial)
      codes.push(code)
      const run = { data, input: `${code}\n`, patienceMs }
      const pay = async () => {
        const end = await runTill(['pay', '--amount', '12.34'], run)
        printed.push(end.stdout, end.stderr)
        return { ...end, lines: linesOf(end.stdout) }
      }
      // On a busy machine the connection may come too late: nothing was charged, the code is unused, and it is scanned again.
      let paid = await pay()
      for (let again = 0; again < scansAgainAtMost && paid.lines.at(-1)?.status === 'refused'; again += 1)
        paid = await pay()
      const { exit, stderr, wasLate, lines } = paid
      const { orders, broken } = await ledgerOf(data)
      const books = readBooks(wallets).filter(({ orderNumber }) => orderNumber.startsWith(tillMark))
      const last = lines.at(-1)
      return {
        told,
        exit,
        status: String(last?.status),
        revokeEffect: typeof last?.revokeEffect === 'string' ? last.revokeEffect : null,
        book: books[0] ?? null,
        disagreements: [
          ...disagreementsOf({ told, channel, amountFen, exit, lines, orders, books }),
          ...broken.map((what) => `the ledger is not whole: ${what}`),
          ...(wasLate ? [`it was stopped after ${patienceMs / 1_000} s`] : []),
          ...(existsSync(join(data, 'training')) ? ['the till started servers of its own'] : []),
        ].map((what) => `${what}${stderr === '' ? '' : ` (it said: ${stderr.trim()})`}`),
      }
    },
    async close() {
      const exit = await training.stop()
      const found = [
        ...(exit === 0 ? [] : [`till train ended ${exit}`]),
        ...readBreaches(wallets).map(({ wallet, breach, subject }) => `${wallet}: breach ${breach} ${subject}`),
        ...tracesOf(codes, printed, folder),
      ]
      rmSync(folder, { recursive: true, force: true })
      return found
    },
  }
}

function linesOf(stdout: string): readonly Line[] {
  // Each line is our own command's, one JSON object (design §8).
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

async function ledgerOf(dataDirectory: string): Promise<{
  readonly orders: readonly Order[]
  readonly broken: readonly string[]
}> {
  const opened = await openLedgerReader({ dataDirectory })
  if (!opened.ok) return { orders: [], broken: [opened.problem.kind] }
  const reader = opened.value
  try {
    const [orders, verified] = [await reader.orders({}), await reader.verify()]
    if (!orders.ok || !verified.ok) return { orders: [], broken: ['it cannot be read'] }
    return { orders: orders.value, broken: verified.value.broken.map(({ kind, detail }) => `${kind}, ${detail}`) }
  } finally {
    await reader.close()
  }
}

/** I11: no code stands in any file, of the tills and of the servers, or in anything that was printed. */
function tracesOf(codes: readonly string[], printed: readonly string[], folder: string): readonly string[] {
  const inPrint = codes.some((code) => printed.some((text) => text.includes(code))) ? ['a code was printed'] : []
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const inFiles = files.flatMap(({ parentPath, name }) => {
    const bytes = readFileSync(join(parentPath, name))
    const isThere = codes.some((code) => bytes.includes(code) || bytes.includes(Buffer.from(code, 'utf16le')))
    return isThere ? [`a code stands in ${name}`] : []
  })
  return [...inPrint, ...inFiles]
}
