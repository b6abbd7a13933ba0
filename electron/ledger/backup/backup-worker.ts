import { parentPort, workerData } from 'node:worker_threads'
import { type BackupOptions, makeBackup } from './make-backup.ts'

if (!parentPort) throw new Error('a backup is made in a worker only')
// Started by `runBackup` and by nothing else.
parentPort.postMessage(makeBackup(workerData as BackupOptions))
