import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { crashSwitch } from '../crash-points/crash-switch.ts'
import { makeDataFolder, openWriterDatabase } from './database.ts'
import type { LedgerResult } from './ledger.ts'
import { type DataFolderLock, takeDataFolder } from './lock.ts'
import type { LedgerCall, WorkerReply, WorkerRequest, WriterWorkerData } from './protocol.ts'
import { randomSource } from './random.ts'
import { type LedgerWriter, makeWriter } from './writer.ts'

/** The most calls that one transaction takes; the rest waits for the next. */
const callsPerCommit = 256

/** Quiet time after which the write-ahead log may be moved into the file. */
const idleMs = 500

/**
 * Calls that make that worth while. Not fewer, because the first commit after it costs an fsync more; not many more, so
 * that a payment seldom has to wait for the log that its own commit filled.
 */
const callsPerCheckpoint = 100

type Held = { readonly lock: DataFolderLock; readonly writer: LedgerWriter }

function open(data: WriterWorkerData): LedgerResult<Held> {
  const { dataDirectory, wallMs, pragmas, reservedBytes, printing } = data
  const folder = makeDataFolder(dataDirectory)
  if (!folder.ok) return folder
  const lock = takeDataFolder(dataDirectory)
  if (!lock.ok) return lock
  const random = randomSource(data.seed)
  const database = openWriterDatabase({
    dataDirectory,
    random,
    wallMs,
    pragmas,
    ...(reservedBytes === null ? {} : { reservedBytes }),
  })
  if (!database.ok) {
    lock.value.release()
    return database
  }
  const onPoint = data.crashAt === null ? undefined : crashSwitch(data.crashAt)
  return { ok: true, value: { lock: lock.value, writer: makeWriter(database.value, random, { printing, onPoint }) } }
}

/** Answers calls until told to close: all that wait are done in one commit, and replies leave only after it. */
function serve(port: MessagePort, { lock, writer }: Held): void {
  let idleTimer: NodeJS.Timeout | null = null
  let callsSinceCheckpoint = 0

  const rest = (): void => {
    idleTimer = null
    if (!writer.mustTruncate() && callsSinceCheckpoint < callsPerCheckpoint) return
    writer.checkpoint(writer.mustTruncate() ? 'truncate' : 'passive')
    callsSinceCheckpoint = 0
  }
  const close = (): void => {
    if (idleTimer) clearTimeout(idleTimer)
    writer.close()
    lock.release()
    port.close()
  }

  port.on('message', (first: WorkerRequest<LedgerCall>) => {
    if (first.type === 'close') {
      close()
      return
    }
    const requests = [first]
    let isClosing = false
    while (requests.length < callsPerCommit) {
      // Only our own side writes to this port.
      const next = receiveMessageOnPort(port) as { readonly message: WorkerRequest<LedgerCall> } | undefined
      if (!next) break
      if (next.message.type === 'close') {
        isClosing = true
        break
      }
      requests.push(next.message)
    }
    const outcomes = writer.perform(requests.map((request) => request.call))
    const answers = outcomes.flatMap((outcome, index) => {
      const request = requests[index]
      return request ? [{ id: request.id, outcome }] : []
    })
    port.postMessage({ type: 'answers', answers } satisfies WorkerReply)
    callsSinceCheckpoint += requests.length
    if (isClosing) {
      close()
      return
    }
    if (idleTimer) idleTimer.refresh()
    else idleTimer = setTimeout(rest, idleMs)
  })
}

if (!parentPort) throw new Error('the ledger writer runs in a worker only')
const port = parentPort
// Started by `openLedger` and by nothing else.
const opened = open(workerData as WriterWorkerData)
port.postMessage({
  type: 'opened',
  result: opened.ok ? { ok: true, value: null } : opened,
} satisfies WorkerReply)
if (opened.ok) serve(port, opened.value)
