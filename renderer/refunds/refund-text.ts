import type { RefundRefusal, RefundView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import type { IconName } from '../shell/icons.tsx'
import type { Catalogue } from '../wording/catalogue.ts'
import type { RefundStatus } from '../wording/refund-words.ts'

export const refundIcons: Readonly<Record<RefundStatus, IconName>> = {
  created: 'sending',
  requested: 'sending',
  processing: 'returned',
  unknown: 'question',
  done: 'check',
  failed: 'cross',
  attention: 'person',
}

/** The order's status whose colour a refund's status has, so that one colour means one thing everywhere. */
export const refundTones: Readonly<Record<RefundStatus, string>> = {
  created: 'paying',
  requested: 'paying',
  processing: 'paying',
  unknown: 'unknown',
  done: 'refunded',
  failed: 'failed',
  attention: 'attention',
}

export const isRefundOpen = ({ status }: Pick<RefundView, 'status'>): boolean =>
  status !== 'done' && status !== 'failed'

/** Why a refund stands where it stands, in words; empty where the status says it all. */
export function refundReasonText(words: Catalogue, refund: RefundView): string {
  const { refunds } = words
  if (refund.status === 'attention' && refund.attentionReason) return refunds.attentions[refund.attentionReason]
  if (refund.status === 'failed' && refund.failureReason) return refunds.failures[refund.failureReason]
  if (refund.status === 'unknown' && refund.unknownReason) return words.unknowns[refund.unknownReason]
  return ''
}

/** Why no refund was begun; each sentence says that nothing was refunded, or what to do. */
export function refundRefusalText(words: Catalogue, refused: RefundRefusal): string {
  const { dialog, problems } = words.refunds
  switch (refused.kind) {
    case 'refused':
      return refused.problem === 'more-than-left' && refused.leftFen > 0
        ? dialog.tooMuch(yuanText(refused.leftFen))
        : problems[refused.problem]
    case 'amount-refused':
      return dialog.amountProblems[refused.problem]
    case 'reason-missing':
      return dialog.reasonMissing
    case 'no-such-order':
      return dialog.noSuchOrder
    case 'channel-not-configured':
      return problems['channel-not-configured']
    case 'ledger-trouble':
      return `${words.ledgerTroubles[refused.problem].happened} ${words.ledgerTroubles[refused.problem].next}`
    case 'stopping':
      return dialog.stopping
  }
}
