import type { BookEntry, Expectation } from './book.ts'

/** Whether the channel can have moved an entry's money on the bill's day. */
export type DayPlace = 'inside' | 'perhaps' | 'outside'

const expectations = [
  'paid',
  'returned',
  'returned-otherwise',
  'closed',
  'failed',
  'open',
  'refund-done',
  'refund-failed',
  'refund-open',
] as const satisfies readonly Expectation[]
const dayPlaces = ['inside', 'perhaps', 'outside'] as const satisfies readonly DayPlace[]

/** What the bill was seen to have of an entry; a refund's line counts as its charge. */
export type SeenKind = 'charge' | 'revoke'

/** The longest number that an entry can have: what every channel takes (design §5). */
const numberBytes = 32
const keyWords = numberBytes / 4
/** Store, till and date begin a number, so that the heads of a day's numbers are few: each is kept once. */
const headWords = keyWords / 2
const tailWords = keyWords - headWords
/** The head's place, the tail, the amount's lower half, the facts, when it began, and the mark. */
const entryWords = 1 + tailWords + 4
const amountLow = 1 + tailWords
const facts = amountLow + 1
const began = amountLow + 2
const mark = amountLow + 3

const revokeSentBit = 1 << 6
const chargeSeenBit = 1 << 7
const revokeSeenBit = 1 << 8
/** Above the facts stands the amount's upper half: 21 bits, because an amount is below 2^53. */
const amountHighShift = 9

/**
 * The ledger's orders and refunds of some days, by number: 36 bytes an entry and no object, so that millions fit in
 * memory. An entry is named by its place, from 0.
 */
export type BookTable = {
  readonly count: number
  /** Adds an entry; one whose number is there already, or is no number of ours, changes nothing. Answers its place or −1. */
  add(entry: BookEntry, place: DayPlace): number
  /** The place of the entry whose number stands between two places of a text in ASCII; −1 where there is none. */
  find(bytes: Uint8Array, start: number, end: number): number
  findText(number: string): number
  numberAt(entry: number): string
  /** Of a refund: the order's number. */
  orderNumberAt(entry: number): string
  amountFenAt(entry: number): number
  expectationAt(entry: number): Expectation
  dayPlaceAt(entry: number): DayPlace
  /** The second in which it began. */
  beganWallMsAt(entry: number): number
  revokeWasSentAt(entry: number): boolean
  isSeenAt(entry: number, what: SeenKind): boolean
  see(entry: number, what: SeenKind): void
  /** What a line's payment was recognised by when the entry was first seen; 0 before. */
  markAt(entry: number): number
  setMark(entry: number, value: number): void
}

/** A table with room for some entries; it grows. */
export function createBookTable(expected = 1_024): BookTable {
  let words = new Int32Array(Math.max(16, expected) * entryWords)
  // A quarter of the slots at least is free; each other holds the entry's place plus one.
  let slots = new Int32Array(powerOfTwo(Math.ceil((Math.max(16, expected) * 4) / 3)))
  let count = 0
  let heads = new Int32Array(16 * headWords)
  const placeOfHead = new Map<string, number>()
  let latestHead = -1
  /** Refunds are few beside orders, so that their orders' numbers may be texts. */
  const ordersOfRefunds = new Map<number, string>()
  const key = new Int32Array(keyWords)
  const textBytes = new Uint8Array(numberBytes)

  /** Packs the number into `key` and answers its hash. */
  const hashOf = (bytes: Uint8Array, start: number, end: number): number => {
    let hash = 0
    let word = 0
    let at = start
    for (; at + 4 <= end; at += 4) {
      const packed =
        (bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24)
      key[word++] = packed
      hash = Math.imul(hash ^ packed, 0x9e37_79b1)
      hash ^= hash >>> 15
    }
    if (at < end) {
      let packed = 0
      for (let shift = 0; at < end; at++, shift += 8) packed |= (bytes[at] as number) << shift
      key[word++] = packed
      hash = Math.imul(hash ^ packed, 0x9e37_79b1)
      hash ^= hash >>> 15
    }
    while (word < keyWords) key[word++] = 0
    hash = Math.imul(hash, 0x85eb_ca6b)
    return hash ^ (hash >>> 13)
  }

  const hasKey = (entry: number): boolean => {
    const base = entry * entryWords
    for (let word = 0; word < tailWords; word++) if (words[base + 1 + word] !== key[headWords + word]) return false
    return hasHead(words[base] as number)
  }

  const hasHead = (head: number): boolean => {
    for (let word = 0; word < headWords; word++) if (heads[head * headWords + word] !== key[word]) return false
    return true
  }

  /** Where the head of `key` is kept. */
  const keptHead = (): number => {
    if (latestHead >= 0 && hasHead(latestHead)) return latestHead
    const head = key.subarray(0, headWords)
    const known = placeOfHead.get(head.join())
    latestHead = known ?? placeOfHead.size
    if (known !== undefined) return known
    placeOfHead.set(head.join(), latestHead)
    if (placeOfHead.size * headWords > heads.length) heads = widened(heads)
    heads.set(head, latestHead * headWords)
    return latestHead
  }

  const find = (bytes: Uint8Array, start: number, end: number): number => {
    if (end <= start || end - start > numberBytes) return -1
    const mask = slots.length - 1
    for (let slot = hashOf(bytes, start, end) & mask; ; slot = (slot + 1) & mask) {
      const held = slots[slot] as number
      if (held === 0) return -1
      if (hasKey(held - 1)) return held - 1
    }
  }

  /** The text's bytes in `textBytes`; −1 where it is no number of ours. */
  const bytesOf = (number: string): number => {
    if (number.length === 0 || number.length > numberBytes) return -1
    for (let at = 0; at < number.length; at++) {
      const code = number.charCodeAt(at)
      if (code < 0x21 || code > 0x7e) return -1
      textBytes[at] = code
    }
    return number.length
  }

  const spread = (): void => {
    slots = new Int32Array(slots.length * 2)
    for (let entry = 0; entry < count; entry++) {
      const number = textAt(entry)
      const length = bytesOf(number)
      let slot = hashOf(textBytes, 0, length) & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = entry + 1
    }
  }
  const textAt = (entry: number): string => {
    const base = entry * entryWords
    const head = (words[base] as number) * headWords
    let text = ''
    for (let at = 0; at < numberBytes; at++) {
      const word = at >> 2
      const packed = (word < headWords ? heads[head + word] : words[base + 1 + word - headWords]) as number
      const byte = (packed >>> ((at & 3) * 8)) & 0xff
      if (byte === 0) break
      text += String.fromCharCode(byte)
    }
    return text
  }
  const factsAt = (entry: number): number => words[entry * entryWords + facts] as number
  const bitOf = (what: SeenKind): number => (what === 'charge' ? chargeSeenBit : revokeSeenBit)

  return {
    get count() {
      return count
    },
    add(entry, place) {
      const length = bytesOf(entry.number)
      if (length < 0 || find(textBytes, 0, length) >= 0) return -1
      if ((count + 1) * 4 > slots.length * 3) spread()
      if ((count + 1) * entryWords > words.length) words = widened(words)
      const added = count++
      let slot = hashOf(textBytes, 0, bytesOf(entry.number)) & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = added + 1
      const base = added * entryWords
      words[base] = keptHead()
      for (let word = 0; word < tailWords; word++) words[base + 1 + word] = key[headWords + word] as number
      words[base + amountLow] = entry.amountFen | 0
      words[base + facts] =
        (Math.floor(entry.amountFen / 2 ** 32) << amountHighShift) |
        expectations.indexOf(entry.expectation) |
        (dayPlaces.indexOf(place) << 4) |
        (entry.revokeWasSent ? revokeSentBit : 0)
      words[base + began] = Math.floor(entry.fromWallMs / 1_000)
      if (entry.orderNumber !== entry.number) ordersOfRefunds.set(added, entry.orderNumber)
      return added
    },
    find,
    findText(number) {
      const length = bytesOf(number)
      return length < 0 ? -1 : find(textBytes, 0, length)
    },
    numberAt: textAt,
    orderNumberAt: (entry) => ordersOfRefunds.get(entry) ?? textAt(entry),
    amountFenAt: (entry) =>
      ((words[entry * entryWords + amountLow] as number) >>> 0) + (factsAt(entry) >>> amountHighShift) * 2 ** 32,
    expectationAt: (entry) => expectations[factsAt(entry) & 0xf] ?? 'open',
    dayPlaceAt: (entry) => dayPlaces[(factsAt(entry) >> 4) & 0x3] ?? 'outside',
    beganWallMsAt: (entry) => ((words[entry * entryWords + began] as number) >>> 0) * 1_000,
    revokeWasSentAt: (entry) => (factsAt(entry) & revokeSentBit) !== 0,
    isSeenAt: (entry, what) => (factsAt(entry) & bitOf(what)) !== 0,
    see(entry, what) {
      words[entry * entryWords + facts] = factsAt(entry) | bitOf(what)
    },
    markAt: (entry) => words[entry * entryWords + mark] as number,
    setMark(entry, value) {
      words[entry * entryWords + mark] = value
    },
  }
}

function widened(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(array.length * 2)
  wider.set(array)
  return wider
}

function powerOfTwo(atLeast: number): number {
  let size = 16
  while (size < atLeast) size *= 2
  return size
}
