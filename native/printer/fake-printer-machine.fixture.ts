/** What a fake printer is like now; each may change while it works. */
export type FakeState = {
  paperOut: boolean
  paperLow: boolean
  coverOpen: boolean
  /** The byte of DLE EOT 3 while it has an error, or null. */
  errorByte: number | null
  /** Answers nothing at all. */
  silent: boolean
  /** Answers DLE EOT only. */
  noQueuedStatus: boolean
  /** Sends these bytes instead of each answer. */
  garbage: Uint8Array | null
  /** Keeps its answers back, until they are let go all at once. */
  late: boolean
  /** Works nothing off, though it says that it is ready. */
  slow: boolean
  /** The roll ends when it has worked off so many bytes more. */
  paperBytesLeft: number
}

const healthy: FakeState = {
  paperOut: false,
  paperLow: false,
  coverOpen: false,
  errorByte: null,
  silent: false,
  noQueuedStatus: false,
  garbage: null,
  late: false,
  slow: false,
  paperBytesLeft: Number.POSITIVE_INFINITY,
}

type Command = readonly number[]

/**
 * The inside of a printer: takes ESC/POS as a real one does, answers DLE EOT at once and everything else in its turn, and
 * keeps what came onto its paper. It halts when the paper ends or the cover opens, and goes on when that is mended.
 */
export function createFakePrinterMachine() {
  const state: FakeState = { ...healthy }
  const buffer: Command[] = []
  const paper: Command[] = []
  /** How many of the buffer's commands were worked off. */
  let worked = 0
  let pending: number[] = []
  let heldAnswers: number[] = []
  let reportsByItself = false
  const received: number[] = []
  let tell: (bytes: Uint8Array) => void = () => undefined

  const answer = (bytes: readonly number[]): void => {
    if (state.silent) return
    const said = state.garbage ? [...state.garbage] : bytes
    if (state.late) heldAnswers.push(...said)
    else tell(Uint8Array.from(said))
  }

  const report = (): void =>
    answer([
      0x10 | (isHalted() ? 0x08 : 0) | (state.coverOpen ? 0x20 : 0),
      (state.errorByte ?? 0) & 0x68,
      (state.paperLow ? 0x03 : 0) | (state.paperOut ? 0x0c : 0),
      0,
    ])

  const isHalted = (): boolean => state.paperOut || state.coverOpen || state.errorByte !== null

  const realTime = (question: number): void => {
    const isOut = state.paperOut
    const bits: Readonly<Record<number, number>> = {
      1: isHalted() ? 0x08 : 0,
      2: (state.coverOpen ? 0x04 : 0) | (isOut ? 0x20 : 0) | (state.errorByte === null ? 0 : 0x40),
      3: state.errorByte ?? 0,
      4: (state.paperLow ? 0x0c : 0) | (isOut ? 0x60 : 0),
    }
    const found = bits[question]
    if (found !== undefined) answer([0x12 | found])
  }

  const workOff = (command: Command): void => {
    const [first, second] = command
    const isAsking = first === 0x1d && (second === 0x72 || second === 0x61 || (second === 0x28 && command[2] === 0x48))
    if (!isAsking) {
      paper.push(command)
      state.paperBytesLeft -= command.length
      if (state.paperBytesLeft <= 0) change({ paperOut: true, paperBytesLeft: Number.POSITIVE_INFINITY })
      return
    }
    if (second === 0x61) {
      reportsByItself = command[2] !== 0
      if (reportsByItself) report()
    } else if (state.noQueuedStatus) return
    else if (second === 0x72) answer([(state.paperLow ? 0x03 : 0) | (state.paperOut ? 0x0c : 0)])
    else answer([0x37, 0x22, ...command.slice(7, 11), 0])
  }

  const work = (): void => {
    while (!state.slow && !isHalted()) {
      const next = buffer[worked]
      if (next === undefined) return
      worked += 1
      workOff(next)
    }
  }

  const change = (changes: Partial<FakeState>): void => {
    Object.assign(state, changes)
    if (reportsByItself) report()
    if (changes.late === false) {
      const late = heldAnswers
      heldAnswers = []
      if (late.length > 0) tell(Uint8Array.from(late))
    }
    work()
  }

  return {
    /** Takes what came over the wire. */
    receive: (bytes: Uint8Array): void => {
      for (const byte of bytes) received.push(byte)
      for (const byte of bytes) pending.push(byte)
      let at = 0
      for (;;) {
        const length = commandLength(pending, at)
        if (length === null) break
        const command = pending.slice(at, at + length)
        at += length
        if (command[0] === 0x10 && command[1] === 0x04) realTime(command[2] ?? 0)
        else buffer.push(command)
      }
      pending = pending.slice(at)
      work()
    },
    /** Says something unasked. */
    say: (...bytes: readonly number[]): void => tell(Uint8Array.from(bytes)),
    /** Whoever is connected hears the answers; without anyone they are lost. */
    connect: (listener: ((bytes: Uint8Array) => void) | null): void => {
      tell = listener ?? (() => undefined)
    },
    /** Changes what it is like; what waited is worked off when nothing is in the way any more. */
    change,
    receivedBytes: (): number => received.length,
    /** Whether a text came over the wire, on paper or not. */
    hasReceived: (text: string): boolean => Buffer.from(received).includes(text),
    /** Everything that was worked off, but for questions about its state. */
    paper: (): Uint8Array => Uint8Array.from(paper.flat()),
    /** The text that stands on the paper. */
    text: (): string => new TextDecoder('gb18030').decode(Uint8Array.from(paper.filter(isText).flat())),
    pulses: (): readonly Command[] => paper.filter(([first, second]) => first === 0x1b && second === 0x70),
    cuts: (): number => paper.filter(([first, second]) => first === 0x1d && second === 0x56).length,
  }
}

export type FakePrinterMachine = ReturnType<typeof createFakePrinterMachine>

const isText = ([first]: Command): boolean =>
  first !== undefined && (first === 0x0a || (first >= 0x20 && first !== 0x7f))

/** How long the command at a place is; null while its end has not come. */
function commandLength(bytes: readonly number[], at: number): number | null {
  const first = bytes[at] ?? 0
  if (first >= 0x20 && first < 0x80 && at < bytes.length) return 1
  const length = wantedLength(bytes.slice(at, at + 300))
  return length !== null && at + length <= bytes.length ? length : null
}

/** How many bytes the arguments of a two-byte command are; 0 for those that are not named. */
const argumentBytes: Readonly<Record<number, string>> = { 27: 'aEMdJtR!-G{3S%', 28: '!C-W', 29: '!raIhwHfBb/' }

function wantedLength(bytes: readonly number[]): number | null {
  const [first, second, third = 0, fourth = 0, fifth = 0, sixth = 0, seventh = 0, eighth = 0] = bytes
  if (first === undefined) return null
  if (first === 0x10) return second === 0x14 ? 5 : 3
  // Two bytes of GB18030, or four.
  if (first >= 0x81 && first !== 0xff) return second === undefined ? null : second >= 0x30 && second <= 0x39 ? 4 : 2
  if (first !== 0x1b && first !== 0x1c && first !== 0x1d) return 1
  if (second === undefined) return null
  const letter = String.fromCharCode(second)
  if (first === 0x1b && letter === 'p') return 5
  if (first === 0x1b && letter === '*') return 5 + (third > 31 ? 3 : 1) * (fourth + 256 * fifth)
  if (first === 0x1c && letter === 'S') return 4
  if (first === 0x1d) {
    if (letter === '(') return bytes.length < 5 ? 5 : 5 + fourth + 256 * fifth
    if (letter === '8') return bytes.length < 7 ? 7 : 7 + fourth + 256 * fifth + 65_536 * sixth
    if (letter === 'v') return bytes.length < 8 ? 8 : 8 + (fifth + 256 * sixth) * (seventh + 256 * eighth)
    if (letter === 'V') return bytes.length < 3 ? 3 : third % 48 > 1 ? 4 : 3
    if (letter === 'L' || letter === 'W' || letter === 'P') return 4
    if (letter === 'k' && third >= 65) return bytes.length < 4 ? 4 : 4 + fourth
    if (letter === 'k') {
      const end = bytes.indexOf(0, 3)
      return end < 0 ? null : end + 1
    }
  }
  return argumentBytes[first]?.includes(letter) ? 3 : 2
}
