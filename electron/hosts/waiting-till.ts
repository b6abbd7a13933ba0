import type { CallName, Calls, EventName, OpeningTrouble, TillEvents } from '../api/contract.ts'
import type { OpenedTill, Report, TillService } from './service.ts'

type Refused = Extract<OpenedTill, { ok: false }>

/** The till's place behind a window while it is not open. */
export type WaitingTill = TillService & {
  /** The exit code of design §8 while the till is not open; 0 once it is. */
  exitCode(): number
}

/**
 * Stands in for a till that could not open, so that a window can tell why and try again: a cashier has no console. Once
 * `open` succeeds, everything goes to the till itself, and so do the listeners that came before. Without a `first` refusal
 * it begins to open at once, and calls that come meanwhile wait: a window needs its time too.
 */
export function waitForTill(first: Refused | null, open: () => Promise<OpenedTill>, report: Report): WaitingTill {
  let refused: Refused | null = first
  let service: TillService | null = null
  let opening: Promise<OpeningTrouble | null> | null = null
  let isClosed = false
  // Each tells how to attach its listener to a till, and keeps how to detach it again.
  const waiting = new Set<(till: TillService) => void>()

  const tryAgain = async (): Promise<OpeningTrouble | null> => {
    if (service) return null
    const opened = await open()
    if (!opened.ok) {
      if (opened.problem !== refused?.problem) report(opened.problem)
      refused = opened
      return opened.trouble
    }
    refused = null
    service = opened.service
    for (const attach of waiting) attach(opened.service)
    // The window went while the till opened.
    if (isClosed) await opened.service.close()
    return null
  }
  const openAgain = (): Promise<OpeningTrouble | null> => {
    opening ??= tryAgain().finally(() => {
      opening = null
    })
    return opening
  }

  const begin = async (): Promise<void> => {
    await openAgain()
  }
  // Its rejection is a bug, which the process's own handler tells, whether a call waits for the opening or not.
  if (first === null) void begin()

  return {
    async call<Name extends CallName>(name: Name, request: Calls[Name]['request']): Promise<Calls[Name]['reply']> {
      // Both calls answer with the trouble; TypeScript does not narrow the reply by the name.
      if (name === 'till.open-again') return (await openAgain()) as Calls[Name]['reply']
      await opening
      if (service) return await service.call(name, request)
      if (name === 'till.opening') return (refused?.trouble ?? null) as Calls[Name]['reply']
      throw new Error('the till is not open')
    },
    on<Name extends EventName>(name: Name, listener: (event: TillEvents[Name]) => void): () => void {
      let stop: (() => void) | null = null
      const attach = (till: TillService): void => {
        stop = till.on(name, listener)
      }
      waiting.add(attach)
      if (service) attach(service)
      return () => {
        waiting.delete(attach)
        stop?.()
      }
    },
    async close() {
      isClosed = true
      await opening
      await service?.close()
    },
    exitCode: () => refused?.exitCode ?? 0,
  }
}
