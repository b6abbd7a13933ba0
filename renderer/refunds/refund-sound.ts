import type { RefundView } from '../../electron/api/contract.ts'
import type { Tone } from '../sound/tones.ts'

/** The sound of a refund that has come to this status; null where nothing is new to the cashier. */
const tones = {
  created: null,
  requested: null,
  processing: null,
  unknown: 'unknown',
  done: 'revoked-refunded',
  failed: 'failed',
  attention: 'attention',
} as const satisfies Readonly<Record<RefundView['status'], Tone | null>>

/** Makes what says which tone a changed refund has; the same status twice is silent. */
export function createRefundCue(): (refund: Pick<RefundView, 'refundNumber' | 'status'>) => Tone | null {
  const last = new Map<string, RefundView['status']>()
  return ({ refundNumber, status }) => {
    if (last.get(refundNumber) === status) return null
    last.set(refundNumber, status)
    return tones[status]
  }
}
