import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { ledgerFileName } from '../ledger-file.ts'
import { backupFolder } from './backup-files.ts'
import { type BackupOptions, type BackupPhase, type BackupResult, unfinishedBytes } from './make-backup.ts'

/** How far a backup is. */
export type BackupProgress = {
  readonly phase: BackupPhase
  /** Of the copy; all of them while it is checked. */
  readonly percent: number
}

/** What the thread tells: where it is, then how it ended. */
export type BackupMessage = { readonly phase: BackupPhase } | { readonly result: BackupResult }

/** A backup on its way, in a thread of its own: neither payments nor lists wait for it. */
export type RunningBackup = {
  readonly result: Promise<BackupResult>
  progress(): BackupProgress
  /** Gives it up; what was written of it goes with the next one. */
  stop(): Promise<void>
}

const workerUrl = new URL('./backup-worker.ts', import.meta.url)

/** Begins a backup. The result always comes: a thread that dies is a problem of the backup and of nothing else. */
export function runBackup(options: BackupOptions): RunningBackup {
  const worker = new Worker(workerUrl, { name: 'ledger backup', workerData: options })
  let phase: BackupPhase = 'copying'
  const stopped = (detail: string): BackupResult => ({
    kind: 'problem',
    problem: { kind: 'disk-error', path: backupFolder(options.dataDirectory), detail },
  })
  const result = new Promise<BackupResult>((resolve) => {
    worker.on('message', (message: BackupMessage) => {
      if ('phase' in message) phase = message.phase
      else resolve(message.result)
    })
    worker.once('error', (error) => resolve(stopped(`the backup stopped: ${error.name}`)))
    worker.once('exit', () => resolve(stopped('the backup stopped')))
  })
  return {
    result,
    progress: () => ({ phase, percent: phase === 'checking' ? 100 : copiedPercent(options.dataDirectory) }),
    stop: async () => {
      await worker.terminate()
    },
  }
}

function copiedPercent(dataDirectory: string): number {
  const all = statSync(join(dataDirectory, ledgerFileName), { throwIfNoEntry: false })?.size ?? 0
  // A copy without the holes of the original is shorter.
  return all === 0 ? 0 : Math.min(99, Math.floor((unfinishedBytes(dataDirectory) / all) * 100))
}
