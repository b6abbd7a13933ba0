/** The whole state of a generator: four 32-bit words. */
export type GeneratorState = readonly [number, number, number, number]

/**
 * A seeded source of chance: the generator sfc32 (Chris Doty-Humphrey's small fast counting generator).
 *
 * The same seed gives the same numbers on every machine (I14). Not for keys or secrets.
 */
export type Generator = {
  readonly state: () => GeneratorState
  /** A number from 0 (inclusive) to 1 (exclusive). */
  next(): number
  /** A whole number between two bounds, both inclusive. */
  integer(min: number, max: number): number
  chance(probability: number): boolean
  /** One of the members, which must not be none. */
  pick<Member>(members: readonly Member[]): Member
  /** A log-normal number: half of them below `median`; `sigma` is the spread of its logarithm. */
  logNormal(median: number, sigma: number): number
  /** A number spread evenly over the orders of magnitude between two bounds. */
  logUniform(min: number, max: number): number
  /** Another generator, independent of how much this one was used: the same seed and label give the same stream. */
  fork(label: string): Generator
}

/** Spreads a seed over 32 bits (the finaliser of MurmurHash3). */
function mixed(value: number): number {
  let mix = value | 0
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b)
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35)
  return (mix ^ (mix >>> 16)) >>> 0
}

function labelSeed(seed: number, label: string): number {
  let hash = mixed(seed + 0x9e3779b9)
  for (const character of label) hash = mixed(hash ^ (character.codePointAt(0) ?? 0)) + 0x6d2b79f5
  return hash >>> 0
}

/** Makes the generator of a seed, a whole number. */
export function createGenerator(seed: number): Generator {
  let a = mixed(seed)
  let b = mixed(a + 0x9e3779b9)
  let c = mixed(b ^ Math.floor(seed / 2 ** 32))
  let counter = 1
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let warmUp = 0; warmUp < 12; warmUp += 1) word()

  const next = (): number => word() / 2 ** 32
  return {
    state: () => [a >>> 0, b >>> 0, c >>> 0, counter >>> 0],
    next,
    integer: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    pick(members) {
      const member = members[Math.floor(next() * members.length)]
      if (member === undefined) throw new RangeError('nothing to pick from')
      return member
    },
    logNormal(median, sigma) {
      const radius = Math.sqrt(-2 * Math.log(1 - next()))
      return median * Math.exp(sigma * radius * Math.cos(2 * Math.PI * next()))
    },
    logUniform: (min, max) => min * Math.exp(next() * Math.log(max / min)),
    fork: (label) => createGenerator(labelSeed(seed, label)),
  }
}
