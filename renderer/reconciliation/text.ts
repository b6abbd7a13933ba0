import type { DayDifference, ReconcileDayView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { assertNever } from '../till/types.ts'
import { momentText } from '../time/shanghai.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import type { ReconcileSaid } from './state.ts'

/** `2026-11-29` from `20261129`. */
export const dayText = (date: string): string => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`

/** A moment as everywhere, from the wall clock of now. */
const at = (wallMs: number): string => momentText(wallMs, Date.now())

const signedYuan = (fen: number): string => (fen > 0 ? `+${yuanText(fen)}` : yuanText(fen))

export { signedYuan as differenceText }

/** Why the last try came to nothing, what was wrong with the file, and how often it was tried. */
export function lastTryText({ reconciliation: words }: Catalogue, { lastTry }: ReconcileDayView): string {
  if (lastTry === null) return ''
  const { reason, detail, tries, atWallMs } = lastTry
  const why = reason === 'bad-file' ? (words.fileProblems[detail] ?? detail) : reason === 'refused' ? `(${detail})` : ''
  return [words.notHad[reason], why, words.tries(tries, at(atWallMs))].filter((text) => text !== '').join(' ')
}

/** What came of the last act. */
export function saidText(words: Catalogue, said: ReconcileSaid): string {
  const texts = words.reconciliation.said
  switch (said.about) {
    case 'act':
      if (said.result.kind === 'ledger-trouble') return words.ledgerTroubles[said.result.problem].happened
      return texts.act[said.result.kind]
    case 'run':
      return texts.run[said.result.kind]
    case 'bringing':
      return texts.bringing(said.name, said.bytes === 0 ? 100 : Math.floor((said.done / said.bytes) * 100))
    case 'file': {
      const { result } = said
      if (result.kind === 'till-imported') return texts.tillImported(result.till, result.orders)
      if (result.kind === 'too-large') return texts.tooLarge(String(Math.round(result.mostBytes / 2 ** 30)))
      return texts.file[result.kind]
    }
    case 'report':
      return said.result.kind === 'done' ? texts.reportDone(said.result.path) : texts.reportFailed[said.result.kind]
    case 'stop':
      return texts.stop[said.result.kind]
    case 'signed':
      return texts.signed
    case 'lost':
      return texts.lost
    default:
      return assertNever(said, 'said')
  }
}

/** What somebody did about a difference; empty where nobody did. */
export function markText({ reconciliation: words }: Catalogue, { mark }: Pick<DayDifference, 'mark'>): string {
  return mark === null ? '' : `${words.marks[mark.act](mark.by ?? words.nobody, at(mark.atWallMs))} · ${mark.reason}`
}

/** The pair of records, a row each: what the row is, this till, the bill. An empty text where a side says nothing. */
export function pairRows(
  { reconciliation: words }: Catalogue,
  { ours, theirs, orderNumber, refundNumber }: DayDifference,
): readonly (readonly [string, string, string])[] {
  const { rows } = words
  const failed = theirs?.hasFailed === true ? ` (${words.failedThere})` : ''
  const rowsOfPair: readonly (readonly [string, string, string])[] = [
    [
      rows.what,
      ours === null ? words.nothingHere : words.expectations[ours.expectation],
      theirs === null ? words.nothingThere : `${words.kinds[theirs.kind]}${failed}`,
    ],
    [rows.amount, ours === null ? '' : yuanText(ours.amountFen), theirs === null ? '' : yuanText(theirs.amountFen)],
    [
      rows.time,
      ours === null ? '' : at(ours.beganWallMs),
      theirs === null || theirs.atWallMs === null ? '' : at(theirs.atWallMs),
    ],
    [rows.orderNumber, ours === null ? '' : orderNumber, theirs?.orderNumber ?? ''],
    [rows.refundNumber, ours === null ? '' : (refundNumber ?? ''), theirs?.refundNumber ?? ''],
    [rows.transaction, '', theirs?.transactionId ?? ''],
    [rows.fee, '', theirs === null || theirs.feeFen === null ? '' : yuanText(theirs.feeFen)],
    [rows.place, '', theirs?.place ?? ''],
    [rows.line, '', theirs === null ? '' : String(theirs.lineNumber)],
  ]
  return rowsOfPair.filter(([, here, there]) => here !== '' || there !== '')
}
