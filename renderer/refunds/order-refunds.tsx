import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { OrderView, OrderRefunds as Refunds, RefundView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { Icon } from '../shell/icons.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { useTill } from '../shell/till-context.tsx'
import { momentText } from '../time/shanghai.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import { RefundDialog } from './refund-dialog.tsx'
import { isRefundOpen, refundIcons, refundReasonText, refundTones } from './refund-text.ts'
import { useRefunds } from './use-refunds.ts'

/** Begins a refund; tries one that needs a person again. */
export const refundKey = 'F3'
const retryKey = 'F8'

/** What the order's keys do here; false where nothing is to be done. */
export type RefundKeys = { readonly press: (key: string) => boolean }

/** The limits of this order's refunds, a clause each. */
function limitsText(words: Catalogue, refunds: Refunds): string {
  const { refundableUntilWallMs, refundsPerOrder, canRefundPart, aloneFen } = refunds
  const had = refunds.refunds.filter(({ status }) => status !== 'failed').length
  return [
    refundableUntilWallMs === null ? '' : words.refunds.until(momentText(refundableUntilWallMs, Date.now())),
    refundsPerOrder === null ? '' : words.refunds.mostTimes(refundsPerOrder, had),
    canRefundPart ? '' : words.refunds.wholeOnly,
    aloneFen === null ? '' : aloneFen > 0 ? words.refunds.aloneUpTo(yuanText(aloneFen)) : words.refunds.managerAlways,
  ]
    .filter((clause) => clause !== '')
    .join(' · ')
}

function Row(props: { readonly refund: RefundView; readonly onRetry: (() => void) | null }) {
  const words = useWords()
  const { refund, onRetry } = props
  const { status } = refund
  return (
    <li data-refund={status}>
      <p className="refund-line">
        <span
          className="status"
          data-status={refundTones[status]}
          data-effect={status === 'done' ? 'refunded' : undefined}
        >
          <Icon name={refundIcons[status]} />
          {words.refunds.statuses[status]}
        </span>
        <b className="figures money">{yuanText(-refund.amountFen)}</b>
        <span className="figures">{momentText(refund.createdWallMs, Date.now())}</span>
        <span className="refund-reason">{refund.reason}</span>
      </p>
      {status !== 'done' && (
        <p>
          {words.refunds.meanings[status]} {refundReasonText(words, refund)}
          {refund.alarm && ` ${words.refunds.mismatch}`}
        </p>
      )}
      <p className="small-print figures">
        {words.refunds.number} {refund.refundNumber} · {words.refunds.work(refund.tries, refund.queries)}
        {refund.lastCode !== null && ` · ${refund.lastCode} ${refund.lastMessage ?? ''}`}
      </p>
      {onRetry && (
        <button type="button" className="action" onClick={onRetry}>
          <Keycap name={retryKey} />
          {words.refunds.retry}
        </button>
      )}
    </li>
  )
}

/** The refunds of an order: what is left, what went back, how each one stands, and the keys that move them. */
export function OrderRefunds(props: { readonly order: OrderView; readonly keys: Ref<RefundKeys> }) {
  const words = useWords()
  const { door } = useTill()
  const { order, keys } = props
  const { data, isError } = useRefunds(order.orderNumber)
  const [asking, setAsking] = useState(false)
  const [said, setSaid] = useState('')
  const panel = useRef<HTMLElement>(null)
  const retrying = useRef(false)
  const refunds = data?.refunds ?? []
  const stuck = refunds.find(({ status }) => status === 'attention')
  const count = refunds.length
  useEffect(() => {
    if (count > 0) panel.current?.scrollIntoView({ block: 'nearest' })
  }, [count])

  const ask = (): void => {
    setSaid('')
    if (data && data.problem === null) setAsking(true)
    else if (data?.problem) setSaid(words.refunds.problems[data.problem])
  }
  const retry = async (refund: RefundView): Promise<void> => {
    if (retrying.current) return
    retrying.current = true
    const answer = await door.call('refund.retry', { refundNumber: refund.refundNumber })
    retrying.current = false
    if (!answer.ok) return setSaid(words.refunds.retried.lost)
    const { reply } = answer
    setSaid(
      reply.kind === 'ledger-trouble'
        ? words.ledgerTroubles[reply.problem].happened
        : words.refunds.retried[reply.kind],
    )
  }
  useImperativeHandle(keys, () => ({
    press: (key) => {
      // The key that asks about the order asks about its open refunds as well.
      if (key === 'F2') {
        for (const { refundNumber } of refunds.filter(isRefundOpen)) void door.call('refund.query', { refundNumber })
        return false
      }
      if (key === refundKey) ask()
      else if (key === retryKey && stuck) void retry(stuck)
      else return false
      return true
    },
  }))

  // An order that never took money has nothing to say here.
  if (data && data.refunds.length === 0 && data.problem === 'not-paid') return null
  return (
    <section ref={panel} className="refunds" aria-label={words.refunds.title}>
      <div className="refunds-head">
        <h3>{words.refunds.title}</h3>
        {data && (
          <p className="figures">
            {words.refunds.left} <b data-testid="refund-left">{yuanText(data.leftFen)}</b> · {words.refunds.given}{' '}
            <b>{yuanText(data.refundedFen)}</b>
          </p>
        )}
        {data && data.problem === null && (
          <button type="button" className="action" onClick={ask}>
            <Keycap name={refundKey} />
            {words.refunds.start}
          </button>
        )}
      </div>
      {isError && <p role="alert">{words.refunds.failed}</p>}
      {!data && !isError && <p className="quiet">{words.refunds.reading}</p>}
      {data && (
        <p className="small-print">
          {data.problem === null || data.problem === 'more-than-left'
            ? limitsText(words, data)
            : words.refunds.problems[data.problem]}
        </p>
      )}
      <ul role="status" aria-live="polite">
        {refunds.map((refund) => (
          <Row key={refund.refundNumber} refund={refund} onRetry={refund === stuck ? () => void retry(refund) : null} />
        ))}
      </ul>
      <p role="status" className="refunds-said">
        {said}
      </p>
      {asking && data && (
        <RefundDialog
          order={order}
          refunds={data}
          onBegun={(isNew) => {
            setAsking(false)
            setSaid(isNew ? '' : words.refunds.underWay)
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}
