import { parentPort, workerData } from 'node:worker_threads'
import { type BackupOptions, makeBackup } from './make-backup.ts'
import type { BackupMessage } from './run-backup.ts'

const port = parentPort
if (!port) throw new Error('a backup is made in a worker only')
const tell = (message: BackupMessage): void => port.postMessage(message)
// Started by `runBackup` and by nothing else.
tell({ result: makeBackup(workerData as BackupOptions, (phase) => tell({ phase })) })
