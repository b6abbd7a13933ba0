/** The value below which the share of the samples lies (nearest rank); 0 for no samples. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** The samples in ascending order. */
export function ascending(samples: readonly number[]): readonly number[] {
  return samples.toSorted((left, right) => left - right)
}

/** The arithmetic mean; 0 for no samples. */
export function mean(samples: readonly number[]): number {
  return samples.length === 0 ? 0 : samples.reduce((sum, sample) => sum + sample, 0) / samples.length
}
