/** A repeatable source of chance: the same seed gives the same draws. */
export type SeededRandom = {
  /** Evenly between 0 and 1, neither of them included. */
  uniform(): number
  /** Standard normal. */
  normal(): number
}

/** Mulberry32: 32 bits of state, period 2^32; more than enough for draws that only need to look like chance. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32
  }
  return {
    uniform,
    // Box and Muller; the second of each pair is not kept, so that every call costs the same two draws.
    normal: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  }
}

/** A log-normal draw with the given median; `sigma` is the standard deviation of the logarithm. */
export function logNormal(random: SeededRandom, median: number, sigma: number): number {
  return median * Math.exp(sigma * random.normal())
}
