/** Why a printer stopped: DLE EOT 3, or the second byte of a report; `unnamed` where it says only that it did. */
export type ErrorSign =
  | 'cutter'
  /** Needs a technician, or at least switching it off and on. */
  | 'unrecoverable'
  /** The print head is hot, most often; it goes on by itself. */
  | 'recovers-by-itself'
  /** Goes on after a person did something about it. */
  | 'recoverable'
  | 'unnamed'

/** What a printer's sensors tell. */
export type PrinterSigns = {
  readonly coverOpen: boolean
  readonly paperOut: boolean
  readonly paperLow: boolean
  /** Somebody presses the feed button. */
  readonly feeding: boolean
  readonly error: ErrorSign | null
}

/** What all sensors of a printer tell that could print. */
export const noSigns: PrinterSigns = {
  coverOpen: false,
  paperOut: false,
  paperLow: false,
  feeding: false,
  error: null,
}

const has = (byte: number, bits: number): boolean => (byte & bits) !== 0

/** The answer to DLE EOT 2 (hardware.md §6.1); why there is an error only DLE EOT 3 tells. */
export const offlineSigns = (byte: number): Pick<PrinterSigns, 'coverOpen' | 'paperOut' | 'feeding' | 'error'> => ({
  coverOpen: has(byte, 0x04),
  feeding: has(byte, 0x08),
  paperOut: has(byte, 0x20),
  error: has(byte, 0x40) ? 'unnamed' : null,
})

/** The answer to DLE EOT 3, the gravest cause first. */
export function errorSign(byte: number): ErrorSign {
  if (has(byte, 0x20)) return 'unrecoverable'
  if (has(byte, 0x08)) return 'cutter'
  if (has(byte, 0x40)) return 'recovers-by-itself'
  return has(byte, 0x04) ? 'recoverable' : 'unnamed'
}

/** The answer to DLE EOT 4. Two bits stand for each sensor; one of them is enough to stop for. */
export const paperSigns = (byte: number): Pick<PrinterSigns, 'paperOut' | 'paperLow'> => ({
  paperOut: has(byte, 0x60),
  paperLow: has(byte, 0x0c),
})

/** A report that came by itself (GS a). */
export function reportSigns([first, second, third]: readonly [number, number, number, number]): PrinterSigns {
  return {
    coverOpen: has(first, 0x20),
    feeding: has(first, 0x40),
    paperOut: has(third, 0x0c),
    paperLow: has(third, 0x03),
    error: has(second, 0x68) ? errorSign(second & 0x68) : null,
  }
}

/**
 * The answer to GS r 1; null for a byte that is none. Models differ in the pair of bits that means “out”, and agree that
 * both bits of a pair are alike (hardware.md §6.1), which is what tells an answer from noise.
 */
export function queuedPaperSigns(byte: number): Pick<PrinterSigns, 'paperOut' | 'paperLow'> | null {
  const isPair = (bits: number): boolean => (byte & bits) === 0 || (byte & bits) === bits
  if (!isPair(0x03) || !isPair(0x0c) || !isPair(0x60)) return null
  return { paperOut: has(byte, 0x0c) || has(byte, 0x60), paperLow: has(byte, 0x03) }
}
