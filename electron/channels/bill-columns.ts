/** Where the cells of the line at hand begin and end. */
export type ColumnCutter = {
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** Cuts a line that has exactly the columns wanted; false for any other. */
  cut(bytes: Uint8Array, start: number, end: number): boolean
  /**
   * Cuts a line with more separators than columns, all the additional ones being text of one column: those before it are
   * counted from the left, those behind it from the right. False where there are too few or absurdly many.
   */
  cutAround(bytes: Uint8Array, start: number, end: number, freeColumn: number): boolean
}

/** More commas than this in one goods text are no goods text. */
const mostAdditional = 200
/** Below this width a guess costs more than looking. */
const guessedWidth = 8

/**
 * A cutter for cells parted by a comma, or by a comma and a back-tick whose first one the caller has passed over.
 *
 * A bill's lines are alike: the cell's width in the line before is tried first, and only where no separator stands there
 * the bytes are searched. A guess can at worst swallow a separator, and then the line has too few columns and is cut anew
 * without guesses.
 */
export function createColumnCutter(separator: ',' | ',`', columns: number): ColumnCutter {
  const starts = new Int32Array(columns)
  const ends = new Int32Array(columns)
  const widths = new Int32Array(columns)
  const step = separator.length
  const isPair = step === 2

  /** The next separator's place from `from`; `end` where there is none. */
  const next = (bytes: Uint8Array, from: number, end: number): number => {
    let at = from
    if (isPair) {
      while (at < end && !(bytes[at] === 0x2c && bytes[at + 1] === 0x60)) at++
    } else {
      while (at < end && bytes[at] !== 0x2c) at++
    }
    return at
  }

  const cutWith = (bytes: Uint8Array, start: number, end: number, guess: boolean): boolean => {
    const last = columns - 1
    let from = start
    for (let column = 0; column < last; column++) {
      const width = widths[column] as number
      let at = from + width
      const isThere =
        guess && width >= guessedWidth && at < end && bytes[at] === 0x2c && (!isPair || bytes[at + 1] === 0x60)
      if (!isThere) {
        at = next(bytes, from, end)
        if (at >= end) return false
        widths[column] = at - from
      }
      starts[column] = from
      ends[column] = at
      from = at + step
    }
    starts[last] = from
    ends[last] = end
    return next(bytes, from, end) >= end
  }

  return {
    starts,
    ends,
    cut: (bytes, start, end) => cutWith(bytes, start, end, true) || cutWith(bytes, start, end, false),
    cutAround(bytes, start, end, freeColumn) {
      let separators = 0
      for (let at = next(bytes, start, end); at < end; at = next(bytes, at + step, end)) separators++
      const additional = separators - (columns - 1)
      if (additional < 0 || additional > mostAdditional) return false
      let from = start
      for (let column = 0; column < columns; column++) {
        let at = next(bytes, from, end)
        if (column === freeColumn) for (let more = 0; more < additional; more++) at = next(bytes, at + step, end)
        starts[column] = from
        ends[column] = at
        from = at + step
      }
      return true
    },
  }
}
