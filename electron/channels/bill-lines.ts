/** Hears each line: the bytes it stands in, its first byte, the byte behind its last, and its number from 1. */
export type HearLine = (bytes: Uint8Array, start: number, end: number, lineNumber: number) => void

/** Cuts bytes that come in pieces into lines, in place where a piece holds the whole line. */
export type LineSplitter = {
  push(bytes: Uint8Array): void
  /** The last line may lack its newline. */
  end(): void
}

const newline = 0x0a
const carriageReturn = 0x0d

/**
 * A splitter for lines that end in LF or CRLF. A line longer than `longestBytes` is heard as its beginning by
 * `hearTooLong`, and never held whole.
 */
export function splitLines(longestBytes: number, hear: HearLine, hearTooLong: HearLine): LineSplitter {
  let lineNumber = 0
  let held = Buffer.alloc(0)
  let isTooLong = false

  const say = (bytes: Uint8Array, start: number, newlineAt: number): void => {
    lineNumber++
    const end = newlineAt > start && bytes[newlineAt - 1] === carriageReturn ? newlineAt - 1 : newlineAt
    if (isTooLong || end - start > longestBytes) hearTooLong(bytes, start, end, lineNumber)
    else hear(bytes, start, end, lineNumber)
    isTooLong = false
  }
  const hold = (piece: Buffer): void => {
    if (held.length + piece.length > longestBytes + 2) isTooLong = true
    // Of a line that is too long only the beginning is kept.
    held = Buffer.concat([held, isTooLong ? piece.subarray(0, Math.max(0, longestBytes - held.length)) : piece])
  }

  return {
    push(bytes) {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      let start = 0
      if (held.length > 0 || isTooLong) {
        const at = buffer.indexOf(newline)
        hold(buffer.subarray(0, at < 0 ? buffer.length : at))
        if (at < 0) return
        const line = held
        held = Buffer.alloc(0)
        say(line, 0, line.length)
        start = at + 1
      }
      for (let at = buffer.indexOf(newline, start); at >= 0; at = buffer.indexOf(newline, start)) {
        say(buffer, start, at)
        start = at + 1
      }
      if (start < buffer.length) hold(buffer.subarray(start))
    },
    end() {
      if (held.length > 0) say(held, 0, held.length)
      held = Buffer.alloc(0)
    },
  }
}
