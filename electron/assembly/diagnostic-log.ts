import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Readiness } from '../api/contract.ts'
import type { Settling } from '../settings/sealed/settle-desktop-key.ts'
import { shanghaiIso } from '../till/time.ts'
import { redact } from './redact.ts'
import type { UpdateNews } from './update-keeper.ts'

/** What stands in the log. Closed, so that nothing is written that nobody thought of: no request, no answer, no order. */
export type DiagnosticEntry =
  | {
      readonly event: 'opened'
      readonly version: string
      readonly node: string
      readonly platform: string
      readonly mode: 'training' | 'live'
    }
  /** The till did not open; the sentence is the one on the screen. */
  | { readonly event: 'refused'; readonly kind: string; readonly sentence: string }
  | { readonly event: 'ledger'; readonly state: string; readonly problem: string | null }
  | { readonly event: 'backup'; readonly state: string }
  | { readonly event: 'channel'; readonly channel: string; readonly state: string; readonly reason: string | null }
  | { readonly event: 'network'; readonly reason: string | null }
  | { readonly event: 'owed'; readonly orders: number }
  /** The key of the sealed store changed hands, or could not. */
  | { readonly event: 'secrets'; readonly state: 'bound' | 'unbound' | 'refused'; readonly sentence: string }
  | { readonly event: 'update'; readonly state: UpdateNews['kind']; readonly detail: string }

export type DiagnosticLog = {
  /** Adds a line. Never throws: a disk that is full must not stop a payment. */
  note(entry: DiagnosticEntry): void
}

export type DiagnosticLogParts = {
  readonly folder: string
  readonly wallMs: () => number
  /** A file is put aside before it grows beyond this. */
  readonly fileBytesMax?: number
  /** Files in all; the oldest goes. */
  readonly filesMax?: number
}

/** The folder of the logs in a data folder. */
export const logFolderIn = (dataDirectory: string): string => join(dataDirectory, 'logs')

/** The names of the log's files, the newest first: some weeks of a busy till in 5 MB. */
export const logFileNames = (filesMax = 5): readonly string[] =>
  Array.from({ length: filesMax }, (_, index) => (index === 0 ? 'till.jsonl' : `till.${index}.jsonl`))

/** Opens the rolling log: one JSON object a line, redacted, with the time in Shanghai. */
export function openDiagnosticLog(parts: DiagnosticLogParts): DiagnosticLog {
  const { folder, wallMs, fileBytesMax = 1_048_576, filesMax = 5 } = parts
  const paths = logFileNames(filesMax).map((name) => join(folder, name))
  const newest = join(folder, logFileNames(1)[0] ?? '')

  const roll = (): void => {
    for (const [index, path] of [...paths.entries()].toReversed()) {
      if (!existsSync(path)) continue
      const next = paths[index + 1]
      if (next === undefined) rmSync(path)
      else renameSync(path, next)
    }
  }

  return {
    note: (entry) => {
      try {
        const line = `${redact(JSON.stringify({ at: shanghaiIso(wallMs()), ...entry }))}\n`
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        const bytes = existsSync(newest) ? statSync(newest).size : 0
        if (bytes > 0 && bytes + Buffer.byteLength(line) > fileBytesMax) roll()
        appendFileSync(newest, line, { mode: 0o600 })
      } catch {
        // The log is for support; the till goes on without it.
      }
    },
  }
}

/** What became of the key of the sealed store at this start. */
export function sealEntries(settled: Settling): readonly DiagnosticEntry[] {
  if (settled.kind === 'nothing-to-do') return []
  return [{ event: 'secrets', state: settled.kind, sentence: settled.kind === 'refused' ? settled.message : '' }]
}

/** What was heard of a new version. */
export const updateEntry = (news: UpdateNews): DiagnosticEntry => ({
  event: 'update',
  state: news.kind,
  detail: news.kind === 'ready' ? news.version : news.detail,
})

/** What is new in the readiness since it was last noted. */
export function readinessEntries(before: Readiness | null, now: Readiness): readonly DiagnosticEntry[] {
  const entries: DiagnosticEntry[] = []
  if (before?.ledger.state !== now.ledger.state) entries.push({ event: 'ledger', ...now.ledger })
  if (before?.backup.state !== now.backup.state) entries.push({ event: 'backup', state: now.backup.state })
  if ((before?.networkAway ?? null) !== now.networkAway) entries.push({ event: 'network', reason: now.networkAway })
  if ((before?.owed.count ?? 0) !== now.owed.count) entries.push({ event: 'owed', orders: now.owed.count })
  for (const { id, state, away } of now.channels) {
    const former = before?.channels.find((each) => each.id === id)
    const reason = away?.reason ?? null
    if (former?.state === state && (former.away?.reason ?? null) === reason) continue
    entries.push({ event: 'channel', channel: id, state, reason })
  }
  return entries
}
