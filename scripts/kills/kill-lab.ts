import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CrashMoment, crashMoments } from '../../electron/crash-points/crash-points.ts'
import { lastWords } from '../../electron/crash-points/crash-switch.ts'
import { openTrainingKeys } from '../../electron/training/authority.ts'
import { readRequests } from '../../electron/training/books-reading.ts'
import { makePracticeCode } from '../../electron/training/practice-code.ts'
import { judge, type Verdict } from './judge.ts'
import type { Kill } from './plan.ts'
import { runTill, type TillEnd } from './till-run.ts'

/** What became of one kill. Without a disagreement it went as it must. */
export type KillReport = Verdict & { readonly kill: Kill; readonly seconds: number }

/** Where kills are made: each in a data folder of its own, with training keys that were made once for all. */
export type KillLab = {
  /** Kills a real till as told, lets `recover` run to its end, and lets the wallets' books judge. */
  run(kill: Kill): Promise<KillReport>
  close(): void
}

/** As short as every story allows; WeChat's own figures would make each kill a minute. */
const policy = {
  firstQueryMs: 60,
  pollMs: 60,
  windowMs: 300,
  revokeMinAgeMs: 150,
  revokeRetryMs: [60, 60, 120],
  requestTimeoutMs: 3_000,
}

const amountYuan = '12.34'

export async function openKillLab(): Promise<KillLab> {
  const folder = mkdtempSync(join(tmpdir(), 'till-kills-'))
  await openTrainingKeys(folder, Date.now())
  let serial = 0

  const prepare = (): { readonly data: string; readonly digits: string } => {
    serial += 1
    const digits = `${process.pid % 1_000_000}${String(serial).padStart(4, '0')}`.padStart(10, '0')
    const data = join(folder, String(serial))
    cpSync(join(folder, 'training'), join(data, 'training'), { recursive: true })
    writeFileSync(join(data, 'config.json'), JSON.stringify({ policy: { wechat: policy, alipay: policy } }))
    return { data, digits }
  }

  return {
    async run(kill) {
      const startedMs = performance.now()
      const { data, digits } = prepare()
      const code = makePracticeCode(kill.wallet, kill.story, digits)
      const { point, occurrence, againAt } = kill
      const ends: TillEnd[] = []
      const missed: string[] = []

      const killAt = async (words: readonly string[], at: { point: typeof point; occurrence: number }, input = '') => {
        const end = await runTill(words, { data, input, crashAt: `${at.point}:${at.occurrence}` })
        ends.push(end)
        const died = end.signal === 'SIGKILL' && end.stderr.includes(lastWords(at))
        if (!died)
          missed.push(`${words[0]} never came to ${at.point}:${at.occurrence}, and ended ${end.exit}: ${end.stderr}`)
      }

      await killAt(['pay', '--amount', amountYuan], { point, occurrence }, `${code}\n`)
      const booked = readRequests(data).map(({ kind }) => kind)
      if (againAt !== null) await killAt(['recover'], { point: againAt, occurrence: 1 })
      const recovered = await runTill(['recover', '--for', '30'], { data })
      ends.push(recovered)
      const unfinished =
        recovered.exit === 0 || recovered.exit === 3 ? [] : [`recover ended ${recovered.exit}: ${recovered.stderr}`]
      const printed = ends.flatMap(({ stdout, stderr }) => [stdout, stderr])
      const verdict = await judge({ data, printed, code })
      rmSync(data, { recursive: true, force: true })
      return {
        kill,
        ...verdict,
        disagreements: [...missed, ...unfinished, ...misplaced(kill, booked, verdict), ...verdict.disagreements],
        seconds: (performance.now() - startedMs) / 1000,
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Whether the till died where the point's sentence says: what the wallet had done, and what stood on the disk. */
function misplaced(
  { point, occurrence }: Kill,
  booked: readonly string[],
  { end, events }: Verdict,
): readonly string[] {
  const [request = '', moment = ''] = point.split('.')
  const order = Object.keys(crashMoments)
  const has = (reached: CrashMoment): boolean => order.indexOf(moment) >= order.indexOf(reached)
  const timesUntil = (reached: CrashMoment): number => (has(reached) ? occurrence : occurrence - 1)

  const bookedTimes = booked.filter((kind) => kind === request).length
  const beforeKill = events.includes('resumed') ? events.slice(0, events.indexOf('resumed')) : events
  const answers = beforeKill.filter((type) => type === `${request}-answered`).length
  const hasOrder = request !== 'pay' || has('intent-committed')
  return [
    ...(bookedTimes === timesUntil('booked') ? [] : [`the wallet had done ${bookedTimes} ${request} requests`]),
    ...(answers === timesUntil('answer-committed') ? [] : [`${answers} ${request} answers were on the disk`]),
    ...((end !== 'no order') === hasOrder ? [] : [`the kill left ${end}`]),
  ]
}

/** Makes all kills, so many at a time, and tells each as it is done. */
export async function runKills(
  kills: readonly Kill[],
  atOnce: number,
  onReport: (report: KillReport) => void = () => undefined,
): Promise<readonly KillReport[]> {
  const lab = await openKillLab()
  const reports: KillReport[] = []
  const waiting = kills.values()
  const work = async (): Promise<void> => {
    for (const kill of waiting) {
      const report = await lab.run(kill)
      reports.push(report)
      onReport(report)
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, work))
  } finally {
    lab.close()
  }
  return reports
}
