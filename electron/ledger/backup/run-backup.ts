import { Worker } from 'node:worker_threads'
import { backupFolder } from './backup-files.ts'
import type { BackupOptions, BackupResult } from './make-backup.ts'

/** A backup on its way, in a thread of its own: neither payments nor lists wait for it. */
export type RunningBackup = {
  readonly result: Promise<BackupResult>
  /** Gives it up; what was written of it goes with the next one. */
  stop(): Promise<void>
}

const workerUrl = new URL('./backup-worker.ts', import.meta.url)

/** Begins a backup. The result always comes: a thread that dies is a problem of the backup and of nothing else. */
export function runBackup(options: BackupOptions): RunningBackup {
  const worker = new Worker(workerUrl, { name: 'ledger backup', workerData: options })
  const stopped = (detail: string): BackupResult => ({
    kind: 'problem',
    problem: { kind: 'disk-error', path: backupFolder(options.dataDirectory), detail },
  })
  const result = new Promise<BackupResult>((resolve) => {
    worker.once('message', (message: BackupResult) => resolve(message))
    worker.once('error', (error) => resolve(stopped(`the backup stopped: ${error.name}`)))
    worker.once('exit', () => resolve(stopped('the backup stopped')))
  })
  return {
    result,
    stop: async () => {
      await worker.terminate()
    },
  }
}
