import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crashVariable, lastWords, readCrashAt } from '../../../electron/crash-points/crash-switch.ts'
import { openTrainingKeys } from '../../../electron/training/authority.ts'
import { makePracticeCode } from '../../../electron/training/practice-code.ts'
import { buildScript } from '../../build/targets.ts'
import { projectRoot } from '../../steps/step.ts'
import { judgePaper, openPrintJobsIn, type PaperVerdict } from './judge-paper.ts'
import { type PaperMachine, type Stall, startPaperMachine } from './paper-machine.ts'
import type { PrintKill } from './plan.ts'

/** What a day of kills came to: one data folder, one printer, and a till that died again and again. */
export type PrintingDay = PaperVerdict & {
  readonly kills: number
  /** Kills after which a person had to look at the paper. */
  readonly asked: number
  readonly torn: number
}

const policy = {
  firstQueryMs: 60,
  pollMs: 60,
  windowMs: 300,
  revokeMinAgeMs: 150,
  revokeRetryMs: [60],
  requestTimeoutMs: 3_000,
  refundRetryMs: [60, 60],
  refundAskMs: [60],
}

/** A till that hangs is a failure of its kill, not of the whole run. */
const patienceMs = 60_000

/** Builds the till that is killed; the answer is where its program is. */
export const buildPrintingTill = (): Promise<string> =>
  buildScript(projectRoot, 'scripts/kill-printing-till.ts', join(projectRoot, '.cache/kill-printing-till'))

/**
 * Takes one payment after the other on one data folder, and kills each till where its turn says. The next till takes up
 * what the killed one left, and a person tells it what is on the paper. At the end a last till prints what is left, and
 * the paper judges.
 */
export async function runPrintingDay(
  program: string,
  kills: readonly PrintKill[],
  onKill: (kill: PrintKill) => void = () => undefined,
): Promise<PrintingDay> {
  const folder = mkdtempSync(join(tmpdir(), 'till-printing-'))
  const machine = await startPaperMachine()
  try {
    await openTrainingKeys(folder, Date.now())
    const data = join(folder, 'till')
    cpSync(join(folder, 'training'), join(data, 'training'), { recursive: true })
    writeFileSync(join(data, 'config.json'), JSON.stringify({ policy: { wechat: policy, alipay: policy } }))
    const place: Place = { program, data, machine }
    const missed: string[] = []
    let asked = 0
    /** A till that is left alone: it prints what the killed ones left. */
    const runInPeace = async (when: string): Promise<void> => {
      const end = await runTill(place, { code: null, refundFen: null }, null)
      if (end !== null) missed.push(`${when}: ${end}`)
    }
    for (const [index, kill] of kills.entries()) {
      // Every other till dies over what its killed forerunner left; the rest come to a sale of their own.
      if (index % 2 === 1) await runInPeace(`before ${kill.place}`)
      const serial = `${process.pid % 1_000_000}${String(index).padStart(4, '0')}`.padStart(10, '0')
      const code = makePracticeCode('wechat', kill.story, serial)
      const end = await runTill(place, { code, refundFen: kill.refundFen }, kill)
      if (end !== null) missed.push(`${kill.place}: ${end}`)
      if ((await openPrintJobsIn(data)).some(({ status }) => status === 'sending' || status === 'unconfirmed'))
        asked += 1
      onKill(kill)
    }
    // The first takes up what the last kill left, the second shows that nothing was left to do.
    for (const when of ['last', 'after']) await runInPeace(when)
    const verdict = await judgePaper(data, machine.sheets)
    const disagreements = [...missed, ...verdict.disagreements]
    return { ...verdict, disagreements, kills: kills.length, asked, torn: machine.torn() }
  } finally {
    machine.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Place = { readonly program: string; readonly data: string; readonly machine: PaperMachine }
type Task = { readonly code: string | null; readonly refundFen: number | null }

/** Runs one till to its death or to its end; what did not go as told, in words, or null. */
async function runTill({ program, data, machine }: Place, task: Task, kill: PrintKill | null): Promise<string | null> {
  const stall = kill?.place.startsWith('printer.') ? (kill.place.slice('printer.'.length) as Stall) : null
  const crashAt = kill !== null && stall === null ? `${kill.place}:1` : ''
  const child = spawn(process.execPath, [program, data, String(machine.port)], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(projectRoot, '.cache/compiled'),
      [crashVariable]: crashAt,
    },
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8')
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(JSON.stringify({ ...task, onPaper: machine.sheets }))
  let hasStalled = false
  if (stall !== null) {
    machine.stallNext(stall, () => {
      hasStalled = true
      child.kill('SIGKILL')
    })
  }
  const limit = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  const [exit, signal]: (number | NodeJS.Signals | null)[] = await once(child, 'close')
  clearTimeout(limit)
  const at = readCrashAt(crashAt)
  const died = signal === 'SIGKILL' && (hasStalled || (at !== undefined && stderr.includes(lastWords(at))))
  if (kill === null ? exit === 0 : died) return null
  return `ended ${exit ?? signal}: ${stderr.slice(-400)}`
}
