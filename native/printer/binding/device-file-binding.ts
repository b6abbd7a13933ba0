import { constants } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { wordsOf } from '../../scanner/binding/driver-words.ts'
import type { LineListeners, LineOpening, OpeningProblem } from './binding.ts'

/** How long a device that is not ready is left alone before the next try. */
const againMs = 5

/**
 * A printer behind a device file such as `/dev/usb/lp0`, in non-blocking mode: a printer that takes nothing must not hold
 * a thread of the till (hardware.md §6.2). Reading and writing that would block are tried again.
 */
export async function openDeviceFileLine(
  path: string,
  { onData, onGone }: LineListeners,
  signal: AbortSignal,
): Promise<LineOpening> {
  const opening = await openDevice(path)
  if ('kind' in opening) return { ok: false, problem: opening }
  const { file, isReadable } = opening
  if (signal.aborted) {
    await file.close().catch(() => undefined)
    return { ok: false, problem: { kind: 'no-connection', detail: 'given up' } }
  }
  let isOver = false
  const over = Promise.withResolvers<false>()
  const leave = (): void => {
    if (isOver) return
    isOver = true
    over.resolve(false)
    // A read or write that is under way holds it for a moment longer.
    void file.close().catch(() => undefined)
  }
  const gone = (error: unknown): void => {
    if (isOver) return
    leave()
    onGone(wordsOf(error))
  }

  const read = async (): Promise<void> => {
    const buffer = Buffer.alloc(256)
    while (!isOver) {
      try {
        const { bytesRead } = await file.read(buffer, 0, buffer.length, null)
        if (isOver) return
        if (bytesRead > 0) onData(Uint8Array.from(buffer.subarray(0, bytesRead)))
        else await pause()
      } catch (error) {
        if (!isNotReady(error)) return gone(error)
        await pause()
      }
    }
  }

  const writeAll = async (bytes: Uint8Array): Promise<boolean> => {
    let at = 0
    while (at < bytes.length) {
      if (isOver) return false
      try {
        const { bytesWritten } = await file.write(bytes, at, bytes.length - at, null)
        at += bytesWritten
      } catch (error) {
        if (!isNotReady(error)) {
          gone(error)
          return false
        }
        await pause()
      }
    }
    return true
  }

  if (isReadable) void read()
  let last: Promise<unknown> = Promise.resolve()
  return {
    ok: true,
    line: {
      write: (bytes) => {
        const written = last.then(() => writeAll(bytes))
        last = written
        return Promise.race([written, over.promise])
      },
      end: async () => {
        await last
        leave()
      },
      abandon: leave,
    },
  }
}

type OpenedDevice = { readonly file: FileHandle; readonly isReadable: boolean }

async function openDevice(path: string): Promise<OpenedDevice | OpeningProblem> {
  try {
    // A plain file would take the receipt and call it printed.
    if (!(await stat(path)).isCharacterDevice()) return { kind: 'not-a-device', detail: `${path} is no device file` }
    const flags = constants.O_NONBLOCK | constants.O_NOCTTY
    try {
      return { file: await open(path, constants.O_RDWR | flags), isReadable: true }
    } catch (error) {
      // Some printer drivers can only be written to; the printer is then one that answers nothing.
      if (problemOf(error).kind !== 'failed') return problemOf(error)
      return { file: await open(path, constants.O_WRONLY | flags), isReadable: false }
    }
  } catch (error) {
    return problemOf(error)
  }
}

function problemOf(error: unknown): OpeningProblem {
  const detail = wordsOf(error)
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENXIO':
    case 'ENODEV':
      return { kind: 'absent', detail }
    case 'EACCES':
    case 'EPERM':
      return { kind: 'no-access', detail }
    case 'EBUSY':
      return { kind: 'in-use', detail }
    default:
      return { kind: 'failed', detail }
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

const isNotReady = (error: unknown): boolean => ['EAGAIN', 'EWOULDBLOCK', 'EINTR'].includes(String(codeOf(error)))

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, againMs))
