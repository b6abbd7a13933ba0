import type { DifferenceView, ReconcileLight, ReconcileRunView } from '../api/reconcile-views.ts'
import type { BillFindings, BillTotals } from '../channels/bill-reading.ts'
import { type DifferenceCause, differenceCauses } from '../till/reconcile/causes.ts'
import type { Difference, MatchResult } from '../till/reconcile/match.ts'

/** One run as it is kept on the disk, beside the file that it read. */
export type ReconcileRun = ReconcileRunView & {
  readonly formatVersion: 2
  /** What this bill has of entries near midnight, for the runs of the neighbouring days. */
  readonly seenNearMidnight: readonly string[]
}

/** Whether the file is whole: every line could be read, and its sums are those of its lines. */
export function isWholeBill(findings: BillFindings, duplicatedLines: number): boolean {
  if (findings.badLineCount > 0 || findings.stated === null) return false
  return findings.gaps.length === 0 || isMadeByDuplicates(findings, duplicatedLines)
}

/** A doubled line makes every sum too large by what it repeats; a file where only that happened lacks nothing. */
function isMadeByDuplicates({ stated, counted, gaps }: BillFindings, duplicatedLines: number): boolean {
  if (stated === null || duplicatedLines === 0) return false
  const count = (totals: BillTotals): number => totals.lines ?? (totals.charges ?? 0) + (totals.returns ?? 0)
  const isCounted = stated.lines !== null || stated.charges !== null
  const grew = gaps.every((name) => name === 'feeFen' || (counted[name] ?? 0) > (stated[name] ?? 0))
  return grew && (!isCounted || count(counted) - count(stated) === duplicatedLines)
}

/** What is wrong with the file itself, as differences: each line that cannot be read, and each sum that is not made. */
export function fileDifferences(findings: BillFindings, duplicatedLines: number): readonly DifferenceView[] {
  const lines = findings.badLines.map(({ lineNumber, problem }) => fileDifference(lineNumber, problem))
  const unlisted = findings.badLineCount - findings.badLines.length
  const more = unlisted > 0 ? [fileDifference(null, `${unlisted} more lines`)] : []
  // Sums over lines that could not be read cannot agree: the lines are the news.
  if (findings.badLineCount > 0) return [...lines, ...more]
  if (findings.stated === null) return [fileDifference(null, 'no-summary')]
  if (isWholeBill(findings, duplicatedLines)) return []
  const gaps = findings.gaps.map((name) => `${name} ${findings.stated?.[name]} ≠ ${findings.counted[name]}`)
  return [fileDifference(null, gaps.join(', '))]
}

function fileDifference(lineNumber: number | null, detail: string): DifferenceView {
  return {
    ...view('bill-incomplete'),
    subject: 'file',
    orderNumber: '',
    refundNumber: null,
    differenceFen: 0,
    lines: 1,
    lineNumber,
    detail,
    ours: null,
    theirs: null,
  }
}

/** A difference with what can be done about it. */
export function differenceView(difference: Difference): DifferenceView {
  return {
    ...difference,
    ...view(difference.cause),
    lineNumber: difference.theirs?.lineNumber ?? null,
    detail: null,
  }
}

function view(cause: DifferenceCause): Pick<DifferenceView, 'cause' | 'acts' | 'isAlarm'> {
  const { acts, isAlarm } = differenceCauses[cause]
  return { cause, acts, isAlarm }
}

/** The day in one word. */
export function lightOf(differences: readonly DifferenceView[]): ReconcileLight {
  if (differences.some(({ isAlarm }) => isAlarm)) return 'look'
  return differences.length > 0 ? 'explained' : 'agrees'
}

/** The run over a file, from what was read and matched. */
export function makeRun(
  place: Pick<ReconcileRun, 'run' | 'channel' | 'date' | 'startedWallMs'>,
  file: { readonly name: string; readonly sha256: string; readonly bytes: number } | null,
  findings: BillFindings,
  result: MatchResult,
): ReconcileRun {
  const differences = [...fileDifferences(findings, result.duplicatedLines), ...result.differences.map(differenceView)]
  return {
    formatVersion: 2,
    ...place,
    light: lightOf(differences),
    file,
    lines: findings.lines,
    matched: result.matched,
    billNetFen: result.billNetFen,
    bookNetFen: result.bookNetFen,
    differences,
    otherTills: result.otherTills,
    seenNearMidnight: result.seenNearMidnight,
  }
}
