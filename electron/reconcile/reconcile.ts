import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Channel, ChannelBill, EncodingContext, HttpRequest } from '../channels/channel.ts'
import type { LedgerProblem } from '../ledger/ledger.ts'
import type { TransportResult } from '../transport/result.ts'
import { billDay } from './bill-day.ts'
import { keepBill, newestRun, writeRun } from './kept-bills.ts'
import { type MatchingTill, matchDay } from './match-day.ts'
import type { BillFileProblem, ExpectedHash } from './read-bill.ts'
import { makeRun, type ReconcileRun } from './run.ts'

/** What reconciling needs of the till. */
export type ReconcilingTill = MatchingTill & {
  readonly wallClock: () => number
  readonly nonce: () => string
  /** Sends one request of a channel; bills are long, and their limits are the sender's. */
  readonly send: (channel: Channel, request: HttpRequest, signal?: AbortSignal) => Promise<TransportResult>
}

/** Hears how far it is, and can stop it: what was kept before stays. */
export type ReconcileWatch = {
  readonly onProgress: (phase: 'asking' | 'reading', bytes: number) => void
  readonly signal: AbortSignal
}

export type ReconcileOutcome =
  /** `isNew` is false where the same file says the same as before: nothing was written. */
  | { readonly kind: 'reconciled'; readonly run: ReconcileRun; readonly isNew: boolean }
  | { readonly kind: 'no-such-date' }
  /** The channel has no bill at all. */
  | { readonly kind: 'no-bill' }
  /** The channel's bill comes as a file only. */
  | { readonly kind: 'file-only' }
  /** The day is not over, or the channel makes its bill later. */
  | { readonly kind: 'not-ready'; readonly readyAtHour: number }
  | { readonly kind: 'refused'; readonly message: string }
  /** The channel could not be reached, or its answer could not be used. */
  | { readonly kind: 'not-heard'; readonly reason: string }
  | { readonly kind: 'bad-file'; readonly problem: BillFileProblem }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerProblem }
  | { readonly kind: 'not-kept'; readonly detail: string }
  /** Somebody stopped it. */
  | { readonly kind: 'stopped' }

/** Which day of which channel, and by which file. */
export type ReconcileWanted = {
  readonly channel: Channel
  /** `yyyyMMdd`. */
  readonly date: string
  /** A bill that somebody downloaded by hand; null asks the channel. */
  readonly file: string | null
  /** What the file is called for people, where its path does not say. */
  readonly name?: string
}

/**
 * Has a day's bill, keeps it as it is, matches it with the ledger and keeps the result as a run (M14, I9). Changes no
 * order. Never throws for what a channel, a file or a disk can do.
 */
export async function reconcileDay(
  till: ReconcilingTill,
  { channel, date, file, name: givenName }: ReconcileWanted,
  watch?: ReconcileWatch,
): Promise<ReconcileOutcome> {
  const { bill } = channel
  if (bill === undefined) return { kind: 'no-bill' }
  const day = billDay(date, bill.format)
  if (day === null) return { kind: 'no-such-date' }
  const startedWallMs = till.wallClock()
  watch?.onProgress('asking', 0)
  const had = file === null ? await download(till, channel, bill, date, watch?.signal) : { file, sha1: null }
  const isStopped = (): boolean => watch?.signal.aborted === true
  if (isStopped()) return { kind: 'stopped' }
  if ('kind' in had) return had
  const { extension } = bill.format
  try {
    const source = 'file' in had ? { file: had.file } : had.bytes === null ? null : { bytes: had.bytes }
    const place = { channel: channel.id, date, extension }
    const kept = source && (await keepBill(till.dataDirectory, place, source, watch?.signal))
    const onBytes = (bytes: number): void => {
      watch?.signal.throwIfAborted()
      watch?.onProgress('reading', bytes)
    }
    const own = { id: channel.id, bill }
    const matching = await matchDay(till, own, day, kept?.path ?? null, { sha1: had.sha1 }, onBytes)
    if (isStopped()) return { kind: 'stopped' }
    if (matching.kind !== 'matched') {
      // A web page or a film under a bill's name is no evidence, and may be large.
      if (matching.kind === 'bad-file' && kept?.isNew === true) await rm(kept.path, { force: true })
      return matching
    }
    const { run: former, count } = await newestRun(till.dataDirectory, channel.id, date)
    const name = givenName ?? (file === null ? `${channel.id}-${date}` : basename(file))
    const run = makeRun(
      { run: Math.max(count, former?.run ?? 0) + 1, channel: channel.id, date, startedWallMs },
      kept && { name, sha256: kept.sha256, bytes: kept.bytes },
      matching.findings,
      matching.result,
    )
    if (former !== null && isSameRun(former, run)) return { kind: 'reconciled', run: former, isNew: false }
    await writeRun(till.dataDirectory, run)
    return { kind: 'reconciled', run, isNew: true }
  } catch (error) {
    if (isStopped()) return { kind: 'stopped' }
    const code = error instanceof Error && 'code' in error ? String(error.code) : null
    if (code === null) throw error
    if (file !== null && code === 'ENOENT') return { kind: 'bad-file', problem: 'file-unreadable' }
    return { kind: 'not-kept', detail: code }
  }
}

/** The same file with the same outcome; only number, name and time may differ. */
function isSameRun(former: ReconcileRun, run: ReconcileRun): boolean {
  const essence = ({ run: _run, startedWallMs: _started, file, ...rest }: ReconcileRun): string =>
    JSON.stringify([file?.sha256 ?? null, rest])
  return essence(former) === essence(run)
}

type Downloaded = { readonly bytes: Uint8Array | null } & ExpectedHash

async function download(
  till: ReconcilingTill,
  channel: Channel,
  bill: ChannelBill,
  date: string,
  signal: AbortSignal | undefined,
): Promise<Downloaded | Exclude<ReconcileOutcome, { readonly kind: 'reconciled' }>> {
  if (bill.download === undefined) return { kind: 'file-only' }
  const context = (): EncodingContext => ({ wallMs: till.wallClock(), nonce: till.nonce() })
  const heard = await till.send(channel, bill.download.encode(date, context()), signal)
  if (heard.kind !== 'answered') return { kind: 'not-heard', reason: heard.reason }
  const answer = bill.download.decode(date, heard.response, context())
  switch (answer.kind) {
    case 'file':
      return { bytes: answer.bytes, sha1: null }
    case 'nothing-moved':
      return { bytes: null, sha1: null }
    case 'not-ready':
      return { kind: 'not-ready', readyAtHour: bill.readyAtHour }
    case 'refused':
      return { kind: 'refused', message: answer.message }
    case 'unknown':
      return { kind: 'not-heard', reason: answer.reason }
    case 'elsewhere': {
      // At once: the address lives for seconds or minutes (wechat.md §1.2, alipay.md §6).
      const file = await till.send(channel, answer.request, signal)
      if (file.kind !== 'answered') return { kind: 'not-heard', reason: file.reason }
      if (file.response.status !== 200) return { kind: 'not-heard', reason: 'http-status' }
      return { bytes: file.response.body, sha1: answer.sha1 }
    }
  }
}
