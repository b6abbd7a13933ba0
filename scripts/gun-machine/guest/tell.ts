import { writeSync } from 'node:fs'
import { ascending, quantile } from '../../../bench/figures/quantiles.ts'
import { type CheckName, type FigureName, type ReportLine, reportBegins, reportEnds } from '../checks.ts'

const print = (line: string): void => void writeSync(1, `${line}\n`)

const tellLine = (line: ReportLine): void => print(JSON.stringify(line))

/** Opens the report on the console. */
export const beginReport = (): void => print(`\n${reportBegins}`)

/** Closes it: a report without this line was cut off. */
export const endReport = (): void => print(reportEnds)

/** Runs one check and tells how it went; `prove` answers what it saw, and throws where something does not hold. */
export async function check(name: CheckName, prove: () => Promise<string>): Promise<void> {
  try {
    tellLine({ type: 'check', name, passed: true, detail: await prove() })
  } catch (error) {
    tellLine({ type: 'check', name, passed: false, detail: error instanceof Error ? error.message : 'unknown error' })
  }
}

/** Tells the quantiles of what was measured. */
export function figure(name: FigureName, samplesMs: readonly number[]): void {
  const sorted = ascending(samplesMs)
  const [p50Ms, p99Ms, maxMs] = [quantile(sorted, 0.5), quantile(sorted, 0.99), sorted.at(-1) ?? 0].map(
    (value) => Math.round(value * 100) / 100,
  )
  tellLine({ type: 'figure', name, samples: sorted.length, p50Ms: p50Ms ?? 0, p99Ms: p99Ms ?? 0, maxMs: maxMs ?? 0 })
}
