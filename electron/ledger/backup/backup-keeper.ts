import { shanghaiDate } from '../../till/time.ts'
import { type BackupReason, newestManifest } from './backup-files.ts'
import type { BackupOptions, BackupResult } from './make-backup.ts'
import type { Retention } from './retention.ts'
import { type BackupProgress, type RunningBackup, runBackup } from './run-backup.ts'

/** How the backups of a till stand. */
export type BackupStatus = {
  /** When the newest one was made; null while there is none. */
  readonly madeWallMs: number | null
  readonly isMaking: boolean
  /** One is due and waits until no payment is on its way. */
  readonly isWaiting: boolean
  /** Of one that takes longer than a moment. */
  readonly progress: BackupProgress | null
  /** Why the last try of this run came to nothing; null where it did not. */
  readonly failure: Exclude<BackupResult, { kind: 'made' } | { kind: 'nothing-to-back-up' }> | null
}

export type BackupKeeper = {
  status(): BackupStatus
  /** Makes one now, and one with each new business day, until closed. */
  start(): void
  close(): Promise<void>
}

export type BackupKeeperOptions = {
  readonly dataDirectory: string
  readonly program: string
  readonly wallClock: () => number
  readonly retention: Retention
  /** Whether a customer is being charged right now, or an order revoked: no backup begins meanwhile. */
  readonly isPaymentOnItsWay: () => boolean
  /** Hears each change of the status. */
  readonly onChange: () => void
  /** How a backup is made; in a thread of its own unless a test says otherwise. */
  readonly make?: (options: BackupOptions) => RunningBackup
  /** How often the day is looked at. */
  readonly lookMs?: number
}

/** A till without a backup for longer than this says so (readiness line, `till doctor`). */
export const backupAgeLimitMs = 48 * 3_600_000

const usualLookMs = 10 * 60_000
/** How often one that waits tries to begin, and one that is made tells how far it is. */
const stepMs = 2_000
/** A try that failed is repeated after this; the disk will not be roomier at once. */
const retryMs = 3_600_000

/** Keeps the backups of an open till coming, in the background. */
export function keepBackups(options: BackupKeeperOptions): BackupKeeper {
  const { dataDirectory, program, wallClock, retention, isPaymentOnItsWay, onChange } = options
  const { make = runBackup, lookMs = usualLookMs } = options
  let running: RunningBackup | null = null
  let failure: BackupStatus['failure'] = null
  let triedWallMs = 0
  let madeWallMs = newestManifest(dataDirectory)?.madeWallMs ?? null
  let awaited: BackupReason | null = null
  let progress: BackupProgress | null = null
  let timer: NodeJS.Timeout | null = null
  let stepTimer: NodeJS.Timeout | null = null
  let isClosed = false

  const begin = async (reason: BackupReason): Promise<void> => {
    if (isPaymentOnItsWay()) {
      awaited = reason
      return
    }
    awaited = null
    const wallMs = wallClock()
    triedWallMs = wallMs
    running = make({ dataDirectory, reason, wallMs, program, retention })
    onChange()
    const result = await running.result
    running = null
    progress = null
    if (isClosed) return
    if (result.kind === 'made') madeWallMs = result.manifest.madeWallMs
    failure = result.kind === 'made' || result.kind === 'nothing-to-back-up' ? null : result
    onChange()
  }

  const look = (): void => {
    const now = wallClock()
    const isOfToday = madeWallMs !== null && shanghaiDate(madeWallMs) === shanghaiDate(now)
    // A clock that was put back must not stop the tries until it has caught up.
    const mayTry = failure === null || Math.abs(now - triedWallMs) >= retryMs
    if (!running && awaited === null && mayTry && (!isOfToday || failure)) void begin('day')
  }

  const step = (): void => {
    if (running) {
      progress = running.progress()
      onChange()
    } else if (awaited) void begin(awaited)
  }

  return {
    status: () => ({ madeWallMs, isMaking: running !== null, isWaiting: awaited !== null, progress, failure }),
    start() {
      if (timer || isClosed) return
      timer = setInterval(look, lookMs)
      timer.unref()
      stepTimer = setInterval(step, stepMs)
      stepTimer.unref()
      void begin('start')
    },
    async close() {
      isClosed = true
      if (timer) clearInterval(timer)
      if (stepTimer) clearInterval(stepTimer)
      await running?.stop()
    },
  }
}

/** Whether a person should look after the backups: none for two days, or a ledger that does not verify. */
export function isBackupTrouble({ madeWallMs, isMaking, failure }: BackupStatus, nowWallMs: number): boolean {
  if (failure?.kind === 'ledger-damaged') return true
  if (madeWallMs === null) return failure !== null
  return !isMaking && nowWallMs - madeWallMs > backupAgeLimitMs
}
