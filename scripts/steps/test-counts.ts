import { stripVTControlCharacters } from 'node:util'

/** How many tests ran, and how they ended. */
export type TestCounts = {
  readonly tests: number
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/**
 * The counts that node:test's spec reporter writes at its end ("ℹ tests 12"); `undefined` when they are not there, for
 * example because the runner was killed.
 */
export function countsOf(output: string): TestCounts | undefined {
  const count = (name: string): number | undefined => {
    const found = [...stripVTControlCharacters(output).matchAll(new RegExp(`^ℹ ${name} (\\d+)$`, 'gm'))].at(-1)?.[1]
    return found === undefined ? undefined : Number(found)
  }
  const tests = count('tests')
  const passed = count('pass')
  const failed = count('fail')
  if (tests === undefined || passed === undefined || failed === undefined) return undefined
  return { tests, passed, failed: failed + (count('cancelled') ?? 0), skipped: count('skipped') ?? 0 }
}

export function sumOf(counts: readonly TestCounts[]): TestCounts {
  return counts.reduce(
    (sum, each) => ({
      tests: sum.tests + each.tests,
      passed: sum.passed + each.passed,
      failed: sum.failed + each.failed,
      skipped: sum.skipped + each.skipped,
    }),
    { tests: 0, passed: 0, failed: 0, skipped: 0 },
  )
}

/** The part of Playwright's JSON report that tells how a run ended; `undefined` when the text is no such report. */
export function playwrightCounts(reportText: string): TestCounts | undefined {
  const report: unknown = JSON.parse(reportText)
  if (typeof report !== 'object' || report === null || !('stats' in report)) return undefined
  const { stats } = report
  if (typeof stats !== 'object' || stats === null) return undefined
  const number = (name: string): number => {
    const value: unknown = Object.entries(stats).find(([key]) => key === name)?.[1]
    return typeof value === 'number' ? value : 0
  }
  const passed = number('expected') + number('flaky')
  return {
    tests: passed + number('unexpected'),
    passed,
    failed: number('unexpected'),
    skipped: number('skipped'),
  }
}

/** Before the name of a test file whose process was ended by a trap, in the output of the reporter `failures-only.ts`. */
export const trapWords = 'ℹ ended by a trap: '

/** The test files whose process was ended by a trap; see `storiesOfDeadProcesses`. */
export const filesEndedByTrap = (output: string): readonly string[] =>
  stripVTControlCharacters(output)
    .split('\n')
    .flatMap((line) => (line.startsWith(trapWords) ? [line.slice(trapWords.length)] : []))

/**
 * The stories, as Playwright takes them ("desk.spec.ts:77"), whose process was ended by a trap of the processor: what V8 does
 * where a check of its own fails (nodejs/node issue 64500: `jit_page.has_value()`, as a worker thread ends). A till of ours
 * that fails ends otherwise.
 */
export function storiesOfDeadProcesses(reportText: string): readonly string[] {
  // Written by Playwright's own JSON reporter.
  const report = JSON.parse(reportText) as PlaywrightSuite
  return storiesIn(report).flatMap(({ file, line, tests }) => {
    const messages = tests.flatMap(({ results }) =>
      results.flatMap(({ errors }) => errors.map(({ message }) => message)),
    )
    const isDead = messages.length > 0 && messages.every((message) => diedByTrap.test(message ?? ''))
    return isDead ? [`${file}:${line}`] : []
  })
}

const diedByTrap = /worker process exited unexpectedly \(code=null, signal=SIG(TRAP|ILL)\)/

type PlaywrightSuite = {
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs?: readonly PlaywrightSpec[]
}
type PlaywrightSpec = {
  readonly file: string
  readonly line: number
  readonly tests: readonly {
    readonly results: readonly { readonly errors: readonly { readonly message?: string }[] }[]
  }[]
}

const storiesIn = ({ suites = [], specs = [] }: PlaywrightSuite): readonly PlaywrightSpec[] => [
  ...specs,
  ...suites.flatMap(storiesIn),
]
