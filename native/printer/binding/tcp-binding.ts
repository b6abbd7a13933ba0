import { connect } from 'node:net'
import { wordsOf } from '../../scanner/binding/driver-words.ts'
import type { LineListeners, LineOpening, OpeningProblem } from './binding.ts'

/** A printer at a TCP port, most often 9100: a plain socket (hardware.md §6.2). */
export function openTcpLine(
  { host, port }: { readonly host: string; readonly port: number },
  { onData, onGone }: LineListeners,
  signal: AbortSignal,
): Promise<LineOpening> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(refused('no-connection', 'given up'))
    const socket = connect({ host, port, noDelay: true })
    const waiting = new Set<(taken: boolean) => void>()
    let isOpen = false
    let isOver = false
    let ended: (() => void) | null = null

    const onGivenUp = (): void => {
      socket.destroy()
      resolve(refused('no-connection', `no connection to ${host}:${port} in time`))
    }
    const leave = (): void => {
      isOver = true
      for (const answer of waiting) answer(false)
      ended?.()
    }
    const gone = (detail: string): void => {
      if (isOver) return
      const wasEnding = ended !== null
      leave()
      if (isOpen && !wasEnding) onGone(detail)
    }
    const write = (bytes: Uint8Array): Promise<boolean> =>
      new Promise((answer) => {
        if (isOver) return answer(false)
        const settle = (taken: boolean): void => {
          waiting.delete(settle)
          answer(taken)
        }
        waiting.add(settle)
        socket.write(bytes, (error) => settle(!error))
      })

    signal.addEventListener('abort', onGivenUp)
    socket.on('data', (bytes) => {
      if (!isOver) onData(bytes)
    })
    // The far end ended the talk; what it does not want to hear cannot be printed.
    socket.on('end', () => gone('the printer closed the connection'))
    socket.on('close', () => gone('the connection is closed'))
    socket.on('error', (error) => {
      if (!isOpen) resolve({ ok: false, problem: tcpProblem(error) })
      gone(wordsOf(error))
    })
    socket.on('connect', () => {
      isOpen = true
      signal.removeEventListener('abort', onGivenUp)
      resolve({
        ok: true,
        line: {
          write,
          end: () =>
            new Promise((answer) => {
              if (isOver) return answer()
              ended = answer
              socket.end()
            }),
          abandon: () => {
            leave()
            socket.destroy()
          },
        },
      })
    })
  })
}

const refused = (kind: OpeningProblem['kind'], detail: string): LineOpening => ({
  ok: false,
  problem: { kind, detail },
})

/** What the system's error means; a name that does not resolve is no way to the printer either. */
export function tcpProblem(error: Error): OpeningProblem {
  const detail = wordsOf(error)
  const code = 'code' in error ? error.code : ''
  switch (code) {
    case 'ECONNREFUSED':
    case 'ECONNRESET':
      return { kind: 'refused', detail }
    case 'ETIMEDOUT':
      return { kind: 'no-connection', detail }
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { kind: 'unreachable', detail }
    default:
      return { kind: 'failed', detail }
  }
}
