/** One thing that a printer said. */
export type Answer =
  /** The answer to a DLE EOT; nothing in it tells to which. */
  | { readonly kind: 'real-time'; readonly byte: number }
  /** The answer to a GS r. */
  | { readonly kind: 'queued'; readonly byte: number }
  /** A report of its own accord (GS a). */
  | { readonly kind: 'automatic'; readonly bytes: readonly [number, number, number, number] }
  | { readonly kind: 'process-id'; readonly id: string }
  /** XON or XOFF, where the port lets them through. */
  | { readonly kind: 'flow' }
  /** Nothing that a printer of this kind says: another device, another line speed, noise. */
  | { readonly kind: 'garbage' }

/** The bytes of one report or one process id come in one go; what is torn for longer was never whole. */
export const tornMs = 200

const processIdHead = 0x37
const processIdLength = 7

/**
 * Tells a printer's answers apart by their fixed bits: DLE EOT 0xx1xx10, first of a report 0xx1xx00 and its rest 0xx0xxxx,
 * GS r 0xx0xxxx, block data by its head (hardware.md §6.1; Epson ESC/POS Command Reference, “Status transmission”). Byte by
 * byte, whatever pieces they come in; `atMs` is of any monotonic clock.
 */
export function createAnswerReader(): { readonly take: (bytes: Uint8Array, atMs: number) => readonly Answer[] } {
  let held: number[] = []
  let heldAtMs = 0

  const takeByte = (byte: number): readonly Answer[] => {
    // Flow control may stand anywhere, also inside of a report.
    if (byte === 0x11 || byte === 0x13) return [{ kind: 'flow' }]
    if (held.length === 0) return begin(byte)
    if (!continues(held, byte)) {
      held = []
      return [{ kind: 'garbage' }, ...begin(byte)]
    }
    held.push(byte)
    const whole = wholeAnswer(held)
    if (whole !== null) held = []
    return whole === null ? [] : [whole]
  }

  const begin = (byte: number): readonly Answer[] => {
    if ((byte & 0x93) === 0x12) return [{ kind: 'real-time', byte }]
    if ((byte & 0x93) === 0x10 || byte === processIdHead) {
      held = [byte]
      return []
    }
    return (byte & 0x90) === 0 ? [{ kind: 'queued', byte }] : [{ kind: 'garbage' }]
  }

  return {
    take(bytes, atMs) {
      const torn: Answer[] = held.length > 0 && atMs - heldAtMs > tornMs ? [{ kind: 'garbage' }] : []
      if (torn.length > 0) held = []
      const answers = [...bytes].flatMap(takeByte)
      heldAtMs = atMs
      return [...torn, ...answers]
    },
  }
}

function continues(held: readonly number[], byte: number): boolean {
  if (held[0] !== processIdHead) return (byte & 0x90) === 0
  if (held.length === 1) return byte === 0x22
  return held.length === processIdLength - 1 ? byte === 0 : byte >= 0x20 && byte <= 0x7e
}

function wholeAnswer(held: readonly number[]): Answer | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = held
  if (first === processIdHead) {
    return held.length < processIdLength ? null : { kind: 'process-id', id: String.fromCharCode(...held.slice(2, 6)) }
  }
  return held.length < 4 ? null : { kind: 'automatic', bytes: [first, second, third, fourth] }
}
