/** For tests only: how many random and how many spoiled answers a channel's decoders must stand, over all its calls. */
const answersPerChannel = 10_000

/** The share of each of so many calls. */
export const fuzzRuns = (calls: number): number => Math.ceil(answersPerChannel / calls)
