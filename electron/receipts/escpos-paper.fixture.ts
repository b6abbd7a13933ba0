/** For tests only: a printer that reads bytes back into what would stand on paper. Every byte it does not know is an error. */
export type PaperRow = { readonly text: string; readonly endDots: number }

export type PaperThing =
  | ({ readonly kind: 'row' } & PaperRow)
  | { readonly kind: 'code128'; readonly text: string; readonly widthDots: number }
  | { readonly kind: 'qr'; readonly text: string; readonly cellDots: number }
  | { readonly kind: 'picture'; readonly widthDots: number; readonly heightDots: number; readonly bits: Uint8Array }
  | { readonly kind: 'cut' }
  | { readonly kind: 'feed'; readonly lines: number }

export type PaperPrinter = { readonly dots: number; readonly encoding: 'gb18030' | 'gbk' }

const cellDots = 12
const characters = new TextDecoder('gb18030', { fatal: true })

export function readPaper(bytes: Uint8Array, { dots, encoding }: PaperPrinter): readonly PaperThing[] {
  const things: PaperThing[] = []
  let at = 0
  let isChinese = true
  let x = 0
  let left = 0
  let areaDots = dots
  let align = 0
  let wider = 1
  let qr = { text: '', cellDots: 0 }
  let barDots = 0
  let pieces: { readonly x: number; readonly text: string; readonly end: number }[] = []
  const next = (): number => {
    const byte = bytes[at]
    if (byte === undefined) throw new Error('the bytes end within a command')
    at += 1
    return byte
  }
  const nextTwo = (): number => next() + next() * 256
  const take = (count: number): Uint8Array => {
    if (at + count > bytes.length) throw new Error('the bytes end within a command')
    at += count
    return bytes.subarray(at - count, at)
  }
  const oneOf = (value: number, allowed: readonly number[]): number => {
    if (!allowed.includes(value)) throw new Error(`value ${value} at ${at - 1}`)
    return value
  }
  const put = (character: Uint8Array): void => {
    const text = characters.decode(character)
    const width = (character.length === 1 ? 1 : 2) * cellDots * wider
    pieces.push({ x, text, end: left + x + width })
    if (x + width > areaDots || left + x + width > dots) throw new Error(`beyond the edge: ${text}`)
    x += width
  }
  const lineFeed = (): void => {
    if (align !== 0) throw new Error('a row that is not at the left')
    let text = ''
    let cells = 0
    for (const piece of pieces.toSorted((a, b) => a.x - b.x)) {
      const cell = Math.round(piece.x / cellDots)
      if (cell > cells) text += ' '.repeat(cell - cells)
      if (cell < cells) throw new Error(`over another character: ${piece.text}`)
      text += piece.text
      cells = Math.round((piece.end - left) / cellDots)
    }
    things.push({ kind: 'row', text, endDots: Math.max(0, ...pieces.map(({ end }) => end)) })
    pieces = []
    x = 0
  }
  const escapeCommand = (): void => {
    const command = String.fromCharCode(next())
    switch (command) {
      case '@':
        return
      case 'M':
      case ' ':
        oneOf(next(), [0])
        return
      case 'a':
        align = oneOf(next(), [0, 1, 2])
        return
      case '-':
        oneOf(next(), [0, 2])
        return
      case 'E':
        oneOf(next(), [0, 1])
        return
      case 'd':
        things.push({ kind: 'feed', lines: next() })
        return
      case '$':
        x = nextTwo()
        return
      case '\\':
        x += nextTwo()
        return
      default:
        throw new Error(`ESC ${JSON.stringify(command)} at ${at - 1}`)
    }
  }
  const fieldCommand = (): void => {
    const command = String.fromCharCode(next())
    switch (command) {
      case '&':
        isChinese = true
        return
      case '.':
        isChinese = false
        return
      case 'S':
        oneOf(nextTwo(), [0])
        return
      case '-':
        oneOf(next(), [0, 2])
        return
      case '!':
        oneOf(next(), [0, 4, 8, 12])
        return
      default:
        throw new Error(`FS ${JSON.stringify(command)} at ${at - 1}`)
    }
  }
  const groupCommand = (): void => {
    const command = String.fromCharCode(next())
    switch (command) {
      case '!': {
        const size = next()
        wider = (size >> 4) + 1
        return
      }
      case 'B':
        oneOf(next(), [0, 1])
        return
      case 'L':
        left = nextTwo()
        return
      case 'W':
        areaDots = nextTwo()
        return
      case 'w':
        barDots = next()
        return
      case 'h':
        next()
        return
      case 'H':
        oneOf(next(), [0])
        return
      case 'V':
        oneOf(next(), [0x42])
        oneOf(next(), [0])
        things.push({ kind: 'cut' })
        return
      case 'k': {
        oneOf(next(), [73])
        const { text, modules } = readCode128(take(next()))
        things.push({ kind: 'code128', text, widthDots: modules * barDots })
        return
      }
      case '(': {
        oneOf(next(), [0x6b])
        const parameters = take(nextTwo())
        const [, what, ...data] = parameters
        if (what === 0x43) qr = { ...qr, cellDots: data[0] ?? 0 }
        else if (what === 0x50) qr = { ...qr, text: new TextDecoder().decode(Uint8Array.from(data.slice(1))) }
        else if (what === 0x51) things.push({ kind: 'qr', ...qr })
        else oneOf(what ?? 0, [0x41, 0x45])
        return
      }
      case 'v': {
        oneOf(next(), [0x30])
        oneOf(next(), [0])
        const rowBytes = nextTwo()
        const heightDots = nextTwo()
        const bits = take(rowBytes * heightDots)
        if (rowBytes * 8 > dots + 7) throw new Error('a picture wider than the paper')
        things.push({ kind: 'picture', widthDots: rowBytes * 8, heightDots, bits })
        return
      }
      default:
        throw new Error(`GS ${JSON.stringify(command)} at ${at - 1}`)
    }
  }
  while (at < bytes.length) {
    const byte = next()
    if (byte === 0x1b) escapeCommand()
    else if (byte === 0x1c) fieldCommand()
    else if (byte === 0x1d) groupCommand()
    else if (byte === 0x0a) lineFeed()
    else if (byte < 0x20 || byte === 0x7f || byte === 0x80 || byte === 0xff)
      throw new Error(`byte ${byte} at ${at - 1}`)
    else if (byte < 0x80) put(Uint8Array.of(byte))
    else {
      if (!isChinese) throw new Error(`a Chinese byte outside Chinese mode at ${at - 1}`)
      const second = bytes[at] ?? 0
      const isLong = second >= 0x30 && second <= 0x39
      if (isLong && encoding === 'gbk') throw new Error(`a character of four bytes at ${at - 1}`)
      at -= 1
      put(take(isLong ? 4 : 2))
    }
  }
  if (pieces.length > 0) throw new Error('text without a line feed')
  return things
}

/** The text of a Code 128 in the form of GS k 73, and its modules with check and stop. */
function readCode128(data: Uint8Array): { readonly text: string; readonly modules: number } {
  let text = ''
  let set = ''
  let symbols = 0
  for (let at = 0; at < data.length; at += 1) {
    const byte = data[at] ?? 0
    symbols += 1
    if (byte !== 0x7b) text += set === 'C' ? String(byte).padStart(2, '0') : String.fromCharCode(byte)
    else {
      at += 1
      const letter = String.fromCharCode(data[at] ?? 0)
      if (letter === '{') text += '{'
      else if ('ABC'.includes(letter)) set = letter
      else throw new Error(`Code 128: {${letter}`)
    }
  }
  return { text, modules: (symbols + 2) * 11 + 2 }
}

/** The texts of the rows, blanks at their ends cut. */
export const rowTexts = (things: readonly PaperThing[]): readonly string[] =>
  things.flatMap((thing) => (thing.kind === 'row' ? [thing.text.trimEnd()] : []))
