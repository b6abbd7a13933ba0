import { rm } from 'node:fs/promises'
import type {
  CallName,
  Calls,
  DifferenceActResult,
  DropFileResult,
  ReconcileNews,
  SignOffResult,
} from '../api/contract.ts'
import { neighbourDate } from '../reconcile/bill-day.ts'
import { appendToDayRecord, differenceKeys, readDayRecord } from '../reconcile/day-record.ts'
import { dayDetail, dayView, openDifferences } from '../reconcile/day-view.ts'
import { beginningOf, openDroppedFiles, smallText } from '../reconcile/dropped-files.ts'
import { handedDifferences } from '../reconcile/handed-differences.ts'
import { newestRun, runHash } from '../reconcile/kept-bills.ts'
import { importTill, isTillExport } from '../reconcile/other-tills.ts'
import { datesFrom, daysShown, type ReconcileKeeper } from '../reconcile/reconcile-keeper.ts'
import { writeReport } from '../reconcile/report.ts'
import type { Clock } from '../runner/ports.ts'
import type { ChannelId, OrderNumber, RefundNumber } from '../till/ids.ts'
import { keepableReason } from '../till/refund/reason.ts'
import { shanghaiDate } from '../till/time.ts'
import type { AssembledTill } from './assemble.ts'
import { pinRefusalView } from './pin-refusal-view.ts'

type ReconcileCall = Extract<CallName, `reconcile.${string}`>

type ReconcileCalls = {
  readonly [Name in ReconcileCall]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']>
}

/** What the window hears whenever something about reconciliation has changed. */
export const reconcileNews = (keeper: ReconcileKeeper): ReconcileNews => ({
  job: keeper.job(),
  notice: keeper.notice(),
})

/** The calls of the screens for reconciliation (次日对账). */
export function createReconcileCalls(till: AssembledTill, clock: Clock): ReconcileCalls {
  const { dataDirectory, settings, staff, signIn } = till
  const { keeper } = till.reconciliation
  const own = { storeId: settings.store.id, tillId: settings.till.id }
  const dropped = openDroppedFiles(dataDirectory)
  till.reconciliation.onClose(() => dropped.close())
  const channelIds = Object.keys(settings.policies) as ChannelId[]

  const matchAgainOnce = async (channel: string, date: string, done: Promise<unknown>): Promise<void> => {
    await done
    await keeper.matchAgain(channel, date)
  }

  /** Asks the channel about the order or the refund of a difference; the day is matched anew with what it says. */
  const askAbout = async (
    { channel, date }: { readonly channel: string; readonly date: string },
    orderNumber: string,
    refundNumber: string | null,
  ): Promise<DifferenceActResult> => {
    const { runner } = till
    if (refundNumber !== null) {
      const outcome = await runner.actOnRefund(refundNumber as RefundNumber, 'query', 'staff')
      if (outcome.kind === 'no-such-refund') return { kind: 'no-such-order' }
      if (outcome.kind === 'ledger-trouble') return { kind: outcome.kind, problem: outcome.problem.kind }
      void matchAgainOnce(channel, date, runner.refundSettled(refundNumber as RefundNumber))
      return { kind: 'asked' }
    }
    const outcome = await runner.act(orderNumber as OrderNumber, 'query', 'staff')
    if (outcome.kind === 'no-such-order') return outcome
    if (outcome.kind === 'ledger-trouble') return { kind: outcome.kind, problem: outcome.problem.kind }
    void matchAgainOnce(channel, date, runner.settled(orderNumber as OrderNumber))
    return { kind: 'asked' }
  }

  const act: ReconcileCalls['reconcile.act'] = async ({ channel, date, key, act: wanted, reason }) => {
    const { run } = await newestRun(dataDirectory, channel, date)
    const place = run === null ? -1 : differenceKeys(run.differences).indexOf(key)
    const difference = run?.differences[place]
    if (difference === undefined) return { kind: 'no-such-difference' }
    switch (wanted) {
      case 'settle-case':
      case 'query-again':
        return askAbout({ channel, date }, difference.orderNumber, difference.refundNumber)
      case 'load-again':
        keeper.ask(channel, date)
        return { kind: 'asked' }
      case 'load-other-day': {
        const atWallMs = difference.theirs?.atWallMs ?? null
        const other = atWallMs === null ? null : shanghaiDate(atWallMs)
        const dates = other === null || other === date ? [neighbourDate(date, -1), neighbourDate(date, 1)] : [other]
        for (const one of dates) keeper.ask(channel, one)
        return { kind: 'asked' }
      }
      case 'mark-seen':
      case 'hand-to-desk': {
        const kept = keepableReason(reason)
        if (kept === '') return { kind: 'reason-missing' }
        const mark = { act: wanted, atWallMs: clock.now().wallMs, reason: kept, by: signIn.person()?.name ?? null }
        try {
          await appendToDayRecord({ dataDirectory, channel, date }, { kind: 'mark', key, mark })
        } catch {
          return { kind: 'disk-error' }
        }
        await keeper.lookAtNotice()
        return { kind: 'done' }
      }
    }
  }

  const signOff: ReconcileCalls['reconcile.sign-off'] = async ({ channel, date, run: shown, note, proof }) => {
    const { run } = await newestRun(dataDirectory, channel, date)
    if (run === null) return { kind: 'no-run' }
    if (run.run !== shown) return { kind: 'newer-run' }
    const runSha256 = await runHash(dataDirectory, run)
    if (runSha256 === null) return { kind: 'disk-error' }
    const place = { dataDirectory, channel, date }
    const open = openDifferences(run, await readDayRecord(place))
    const proved = await staff.override(
      { who: proof.staffNumber, pin: proof.pin },
      {
        act: 'sign-off-day',
        cashier: signIn.person()?.number ?? null,
        // Parted, so that no long run of digits in it is struck out as a code would be (I11).
        reason: `${channel}, ${date}, run ${run.run}, open ${open}, ${parted(runSha256)}`,
      },
    )
    if (proved.kind !== 'right') return pinRefusalView(proved)
    const { light, billNetFen, bookNetFen, differences } = run
    try {
      await appendToDayRecord(place, {
        kind: 'sign-off',
        signOff: {
          run: run.run,
          runSha256,
          atWallMs: clock.now().wallMs,
          proof: proved.proof,
          note: keepableReason(note),
          light,
          differences: differences.length,
          open,
          billNetFen,
          bookNetFen,
        },
      })
    } catch {
      return { kind: 'disk-error' } satisfies SignOffResult
    }
    return { kind: 'done' }
  }

  const endDrop = async (drop: string, channel: string, date: string): Promise<DropFileResult> => {
    const file = await dropped.end(drop)
    if (file === null) return { kind: 'lost' }
    if (isTillExport(await beginningOf(file.path))) {
      const text = await smallText(file.path)
      await rm(file.path, { force: true })
      if (text === null) return { kind: 'damaged-export' }
      const imported = await importTill(dataDirectory, own, text)
      if (imported.kind !== 'till-imported') return imported
      for (const id of channelIds) {
        for (const days of [-1, 0, 1]) await keeper.matchAgain(id, neighbourDate(imported.date, days))
      }
      return { kind: 'till-imported', till: imported.till, orders: imported.orders }
    }
    const asked = keeper.ask(channel, date, file)
    if (asked === 'waiting') return { kind: 'waiting' }
    await rm(file.path, { force: true })
    return asked === 'file-only' ? { kind: 'no-bill' } : { kind: asked }
  }

  const dropFile: ReconcileCalls['reconcile.drop-file'] = async (request) => {
    try {
      switch (request.step) {
        case 'begin':
          return await dropped.begin(request.name, request.bytes)
        case 'piece': {
          const isTaken = await dropped.take(request.drop, request.offset, Buffer.from(request.base64, 'base64'))
          return { kind: isTaken ? 'taken' : 'lost' }
        }
        case 'end':
          return await endDrop(request.drop, request.channel, request.date)
      }
    } catch (error) {
      if (error instanceof Error && 'code' in error) return { kind: 'disk-error' }
      throw error
    }
  }

  return {
    'reconcile.days': async ({ newest }) => {
      const today = shanghaiDate(clock.now().wallMs)
      // Practice wallets tell the day so far; a real channel has today's bill tomorrow.
      const first = newest ?? (settings.mode === 'training' ? today : neighbourDate(today, -1))
      const dates = datesFrom(first, daysShown)
      const channels = channelIds.map((id) => {
        const { bill } = keeper.standing(id, first)
        const found = till.channels.find(id)
        return { id, bill, readyAtHour: found?.channel.bill?.readyAtHour ?? null }
      })
      const places = dates.flatMap((date) =>
        channels.filter(({ bill }) => bill !== 'none').map(({ id }) => ({ dataDirectory, channel: id, date })),
      )
      const days = await Promise.all(places.map((place) => dayView(place, keeper.standing(place.channel, place.date))))
      return { ...reconcileNews(keeper), channels, dates, days }
    },
    'reconcile.day': ({ channel, date }) => dayDetail({ dataDirectory, channel, date }, keeper.standing(channel, date)),
    'reconcile.run': async ({ channel, date }) => ({ kind: keeper.ask(channel, date) }),
    'reconcile.handed': () => handedDifferences(dataDirectory),
    'reconcile.stop': async () => ({ kind: keeper.stop() ? 'stopped' : 'nothing-running' }),
    'reconcile.act': act,
    'reconcile.sign-off': signOff,
    'reconcile.drop-file': dropFile,
    'reconcile.report': async ({ channel, date, language }) => {
      const { run } = await newestRun(dataDirectory, channel, date)
      if (run === null) return { kind: 'no-run' }
      return writeReport(
        { dataDirectory, channel, date },
        run,
        await readDayRecord({ dataDirectory, channel, date }),
        language,
      )
    },
  }
}

/** The beginning of a hash, by fours. */
const parted = (sha256: string): string => sha256.slice(0, 16).replace(/(.{4})(?=.)/g, '$1:')
