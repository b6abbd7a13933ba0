import {
  type CheckName,
  checkNames,
  checks,
  figureNames,
  figures,
  type ReportLine,
  reportBegins,
  reportEnds,
} from './checks.ts'

/** What the machine told over its console. */
export type Report = {
  /** Whether it came to its end; a kernel that stops, or a program that crashes, leaves the end out. */
  readonly complete: boolean
  readonly lines: readonly ReportLine[]
}

type Fields = Readonly<Record<string, unknown>>

const isOneOf = <Name extends string>(names: readonly Name[], value: unknown): value is Name =>
  names.some((name) => name === value)

/** A line of the report as its type says; null for what the kernel or the shell wrote between. */
export function readReportLine(line: string): ReportLine | null {
  const value = parseJson(line)
  if (value === null) return null
  const { type, name, passed, detail, samples, p50Ms, p99Ms, maxMs } = value
  if (type === 'check' && isOneOf(checkNames, name) && typeof passed === 'boolean' && typeof detail === 'string') {
    return { type, name, passed, detail }
  }
  const numbers = [samples, p50Ms, p99Ms, maxMs].map(Number)
  if (type !== 'figure' || !isOneOf(figureNames, name) || !numbers.every(Number.isFinite)) return null
  const [count = 0, middle = 0, high = 0, most = 0] = numbers
  return { type, name, samples: count, p50Ms: middle, p99Ms: high, maxMs: most }
}

function parseJson(line: string): Fields | null {
  if (!line.startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}

/** The report in what the console printed. */
export function readReport(output: string): Report {
  const lines = output.split(/\r*\n/).map((line) => line.trim())
  const begin = lines.lastIndexOf(reportBegins)
  if (begin < 0) return { complete: false, lines: [] }
  const end = lines.indexOf(reportEnds, begin)
  const between = lines.slice(begin + 1, end < 0 ? undefined : end)
  return { complete: end >= 0, lines: between.map(readReportLine).filter((line) => line !== null) }
}

/** The checks that failed, or that the machine never came to. */
export function failedChecks({ lines }: Report): readonly CheckName[] {
  const passed = new Set(lines.flatMap((line) => (line.type === 'check' && line.passed ? [line.name] : [])))
  const failed = new Set(lines.flatMap((line) => (line.type === 'check' && !line.passed ? [line.name] : [])))
  return checkNames.filter((name) => failed.has(name) || !passed.has(name))
}

const milliseconds = (value: number): string => (value < 100 ? value.toFixed(2) : value.toFixed(0)).padStart(8)

/** The report for a person: a line a check, then the figures. */
export function reportTable({ lines }: Report): string {
  const told = checkNames.map((name) => {
    const found = lines.filter((line) => line.type === 'check').find((line) => line.name === name)
    if (found === undefined) return `✖ ${checks[name]}\n    was not reached`
    return `${found.passed ? '✔' : '✖'} ${checks[name]}\n    ${found.detail}`
  })
  const wide = Math.max(...figureNames.map((name) => figures[name].length))
  const measured = figureNames.flatMap((name) => {
    const found = lines.filter((line) => line.type === 'figure').find((line) => line.name === name)
    if (found === undefined) return []
    const { samples, p50Ms, p99Ms, maxMs } = found
    const numbers = [p50Ms, p99Ms, maxMs].map(milliseconds).join(' ')
    return [`${figures[name].padEnd(wide)} ${String(samples).padStart(8)} ${numbers}`]
  })
  const head = `${'milliseconds, in an emulated processor'.padEnd(wide)} ${['samples', 'p50', 'p99', 'most'].map((word) => word.padStart(8)).join(' ')}`
  return [...told, '', head, ...measured].join('\n')
}
