import { useEffect } from 'react'
import { dayText } from '../reconciliation/text.ts'
import { useTill } from '../shell/till-context.tsx'
import { assertNever, type ScanProblem } from '../till/types.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import type { Notice } from './notice.ts'

const shortMs = 4_000

/** What was wrong with a scan stays until the next one. */
const staying: ReadonlySet<Notice['kind']> = new Set([
  'code-problem',
  'wallet-not-configured',
  'scan-unreadable',
  'scan-without-end',
  'scan-gone',
  'collection-over',
  'yesterday-differs',
])

/** What a scan that is no payment code was, in words. */
export function scanProblemText(words: Catalogue, problem: ScanProblem): string {
  switch (problem.kind) {
    case 'collection-code':
      return words.scanProblems['collection-code'](problem)
    case 'link':
      return words.scanProblems.link(problem)
    case 'goods-barcode':
      return words.scanProblems['goods-barcode'](problem)
    case 'bill-number':
      return words.scanProblems['bill-number'](problem)
    case 'letters':
      return words.scanProblems.letters(problem)
    case 'wrong-length':
      return words.scanProblems['wrong-length'](problem)
    case 'unknown-wallet':
      return words.scanProblems['unknown-wallet'](problem)
    case 'empty':
      return words.scanProblems.empty(problem)
    default:
      return assertNever(problem, 'scan problem')
  }
}

function noticeText(words: Catalogue, notice: Notice): string {
  switch (notice.kind) {
    case 'code-problem':
      return scanProblemText(words, notice.problem)
    case 'wallet-not-configured':
      return words.notices.walletNotConfigured(words.wallets[notice.wallet])
    case 'scan-while-locked':
      return words.staff.signIn.scanUnused
    case 'cash-problem':
      return notice.problem === 'lost' ? words.cash.lost : words.cash.problems[notice.problem]
    case 'lines-back':
      return words.lines.back
    case 'yesterday-differs': {
      const channels = notice.channels.map((id) => words.channel(id)).join(words.lines.separator)
      return words.reconciliation.notice(channels, dayText(notice.date))
    }
    case 'ledger-trouble':
      return words.ledgerTroubles[notice.problem].happened
    default:
      return words.notices[notice.kind]
  }
}

/** A line for what the till wants to say in passing; its place is kept when it is silent. */
export function NoticeLine(props: { readonly notice: Notice | null }) {
  const words = useWords()
  const { store } = useTill()
  const { notice } = props
  const stays = notice === null || staying.has(notice.kind)
  const id = notice?.id ?? 0
  useEffect(() => {
    if (stays) return
    const over = (): void => store.dispatch({ type: 'counter', event: { type: 'notice-over', id } })
    const timer = window.setTimeout(over, shortMs)
    return () => window.clearTimeout(timer)
  }, [id, stays, store])
  return (
    <div className="notice" role="alert">
      {notice && <p key={notice.id}>{noticeText(words, notice)}</p>}
    </div>
  )
}
