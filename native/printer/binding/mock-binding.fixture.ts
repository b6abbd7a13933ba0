import { createFakePrinterMachine } from '../fake-printer-machine.fixture.ts'
import type { LineListeners, OpeningProblem, PrinterBinding } from './binding.ts'
import type { Spooler } from './spooler.ts'

/** A printer at a line without a wire: what is written is received at once, and its faults are the test's. */
export function createMockBinding(spooler?: Spooler) {
  const machine = createFakePrinterMachine()
  let refusal: OpeningProblem | 'hangs' | null = null
  let stalled = false
  let bytesUntilReset = Number.POSITIVE_INFINITY
  let open: (LineListeners & { readonly end: () => void }) | null = null
  let openings = 0
  let mostAtOnce = 0

  const binding: PrinterBinding = {
    openLine: async (_address, listeners, signal) => {
      openings += 1
      if (refusal === 'hangs') {
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        return { ok: false, problem: { kind: 'no-connection', detail: 'no answer' } }
      }
      if (refusal) return { ok: false, problem: refusal }
      mostAtOnce = Math.max(mostAtOnce, open === null ? 1 : 2)
      const waiting = new Set<(taken: boolean) => void>()
      let isOpen = true
      const end = (): void => {
        if (!isOpen) return
        isOpen = false
        open = null
        machine.connect(null)
        for (const answer of waiting) answer(false)
      }
      open = { ...listeners, end }
      machine.connect((bytes) => {
        // Byte by byte, as a serial line would.
        for (const byte of bytes) if (isOpen) listeners.onData(Uint8Array.of(byte))
      })
      return {
        ok: true,
        line: {
          write: (bytes) => {
            if (!isOpen) return Promise.resolve(false)
            if (stalled) return new Promise((resolve) => void waiting.add(resolve))
            if (bytes.length >= bytesUntilReset) {
              machine.receive(bytes.subarray(0, bytesUntilReset))
              bytesUntilReset = Number.POSITIVE_INFINITY
              end()
              listeners.onGone('connection reset')
              return Promise.resolve(true) // the system had taken them
            }
            bytesUntilReset -= bytes.length
            machine.receive(bytes)
            return Promise.resolve(true)
          },
          end: async () => end(),
          abandon: end,
        },
      }
    },
    spooler: spooler ?? noSpooler,
  }

  return {
    binding,
    machine,
    openings: (): number => openings,
    /** 1 where no second client ever came while one was connected. */
    mostAtOnce: (): number => mostAtOnce,
    isOpen: (): boolean => open !== null,
    refuse: (problem: OpeningProblem | 'hangs' | null): void => {
      refusal = problem
    },
    /** The line takes nothing more. */
    stall: (isStalled: boolean): void => {
      stalled = isStalled
    },
    /** The line breaks in the piece in which so many bytes more have come. */
    resetAfter: (bytes: number): void => {
      bytesUntilReset = bytes
    },
    unplug: (): void => {
      const { onGone, end } = open ?? {}
      end?.()
      onGone?.('unplugged')
    },
  }
}

const noSpooler: Spooler = {
  queues: async () => ({ ok: false, detail: 'no spooler here' }),
  queueState: async () => ({ kind: 'no-spooler', detail: 'no spooler here' }),
  submit: async () => ({ kind: 'refused', detail: 'no spooler here' }),
  jobState: async () => 'unknown',
  cancel: async () => false,
}
