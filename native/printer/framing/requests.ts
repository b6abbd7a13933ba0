/** The questions of ESC/POS that a printer answers (hardware.md §6.1). */

/** What DLE EOT asks for. */
export type RealTimeQuestion = 'printer' | 'offline-cause' | 'error-cause' | 'paper'

const numbers = { printer: 1, 'offline-cause': 2, 'error-cause': 3, paper: 4 } as const satisfies Record<
  RealTimeQuestion,
  number
>

/** DLE EOT n: answered at once, also when the printer is offline or its buffer is full. */
export const realTimeRequest = (question: RealTimeQuestion): Uint8Array => Uint8Array.of(0x10, 0x04, numbers[question])

/** GS r 1: the paper sensor, answered when everything before it was worked off. */
export const queuedStatusRequest: Uint8Array = Uint8Array.of(0x1d, 0x72, 0x01)

/** GS a: report errors, paper, and on- and offline by itself; the drawer's sensor is nobody's question. */
export const automaticStatusRequest: Uint8Array = Uint8Array.of(0x1d, 0x61, 0x0e)

/** GS ( H, function 48: an id of four printable ASCII characters comes back when everything before it was worked off. */
export function processIdRequest(id: string): Uint8Array {
  if (!/^[ -~]{4}$/.test(id)) throw new RangeError('a process id has four printable characters')
  return Uint8Array.of(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...Buffer.from(id, 'latin1'))
}
