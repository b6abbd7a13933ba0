import type { ShiftReport } from '../api/shift-views.ts'
import { assertNever } from '../till/brand.ts'
import type { Fen } from '../till/money.ts'
import { yuanText } from '../till/money.ts'
import type { ShiftActProblem } from '../till/shift/act.ts'
import { shanghaiDateTime } from '../till/time.ts'
import type { Output } from './output.ts'

/** Why an act with a shift was not done; never what is expected in the drawer (blind count). */
export function shiftProblemWords(problem: ShiftActProblem): string {
  switch (problem) {
    case 'closed':
      return 'The shift is closed, and a closed shift never changes.'
    case 'being-counted':
      return 'The drawer is being counted. End that with: till shift close, or till shift resume.'
    case 'not-being-counted':
      return 'The drawer is not being counted.'
    case 'shift-without-cash':
      return 'The shift was opened without a float: it takes no cash, and there is nothing to count.'
    case 'counted-twice':
      return 'The drawer was counted twice. Say why it differs with --reason, without --counted.'
    case 'count-missing':
      return 'Count the cash in the drawer and say it with --counted.'
    case 'second-count-missing':
      return 'The count does not fit. Count once more, and say it with --counted.'
    case 'reason-missing':
      return 'The count does not fit. Say why with --reason.'
    case 'manager-needed':
      return 'The difference needs a manager: give --manager, and the PIN on standard input.'
    default:
      return assertNever(problem, 'problem of a shift')
  }
}

/** A signed amount in yuan. */
export const signedYuan = (amountFen: number): string =>
  `${amountFen < 0 ? '-' : ''}${yuanText(Math.abs(amountFen) as Fen)}`

/** Writes a report: sentences for people on lines of their own, and the result line with the totals (design §8). */
export function writeReport(output: Output, report: ShiftReport): void {
  const { kind, shiftId, shift, totals, open, count, isBlind, supplements, amended } = report
  const { soldFen, returnedFen, netFen } = totals
  for (const { subjectId, amountFen, status } of open) {
    output.say(`open: ${subjectId}  ¥${yuanText(amountFen)}  ${status}`)
  }
  for (const { subjectId, status } of supplements) output.say(`decided after the close: ${subjectId}  ${status}`)
  const cash = count === null ? '' : `, drawer ${signedYuan(count.differenceFen)}`
  const blind = isBlind ? ', cash not told before the count' : ''
  const words =
    `${kind.toUpperCase()} ${shiftId} (${shift?.status ?? 'day'}): sold ¥${signedYuan(soldFen)},` +
    ` returned ¥${signedYuan(returnedFen)}, net ¥${signedYuan(netFen)}, ${open.length} open${cash}${blind}`
  output.line(
    {
      type: 'result',
      report: kind,
      shiftId,
      status: shift?.status ?? 'implicit',
      businessDay: shift?.businessDay ?? null,
      cashier: shift?.cashier ?? null,
      at: shanghaiDateTime(report.madeWallMs),
      isBlind,
      ...totals,
      open,
      count,
      differenceReason: report.differenceReason,
      allowedBy: report.allowedBy,
      supplements,
      amended,
    },
    words,
  )
}
