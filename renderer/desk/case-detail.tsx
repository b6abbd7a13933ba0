import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { CaseView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { Journal } from '../orders/order-detail.tsx'
import { Icon } from '../shell/icons.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { momentText } from '../time/shanghai.ts'
import { useWords } from '../wording/words.tsx'
import { moneyText, nextStepText, revokeLeftText } from './case-text.ts'
import { caseFigures } from './state.ts'

/** The journal of the case: each line in words, with the channel's own code and words. */
function Evidence(props: { readonly orderNumber: string }) {
  const words = useWords()
  const { door } = useTill()
  const revision = useApp(({ till }) => till.revision)
  const { orderNumber } = props
  const { data } = useQuery({
    queryKey: ['order', orderNumber, revision],
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const answer = await door.call('order.show', { orderNumber })
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
  })
  if (!data || data.order.orderNumber !== orderNumber) return <p className="quiet">{words.desk.loading}</p>
  return <Journal lines={data.journal} />
}

/** One case: what to say, what is known about the money, what comes next, and what it all rests on. */
export function CaseDetail(props: { readonly view: CaseView; readonly nowMs: number }) {
  const words = useWords()
  const readAtMs = useApp(({ desk }) => desk.readAtMs)
  const pane = useRef<HTMLElement>(null)
  const { view, nowMs } = props
  const { order, money } = view
  const { revokeLeftMs, nextStepInMs } = caseFigures(view, readAtMs, nowMs)
  const nowWallMs = Date.now()
  const hasRevoke = useApp(({ till }) => till.snapshot?.channelRevokes[order.channel] !== 'none')
  const reason = words.attentions[order.attentionReason ?? 'revoke-tries-used-up']
  useEffect(() => {
    // The focus stays in the list; the evidence is read with the paging keys.
    const onKeyDown = (event: KeyboardEvent): void => {
      const step = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : 0
      if (step === 0) return
      pane.current?.scrollBy({ top: step * 0.8 * pane.current.clientHeight })
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <section ref={pane} className="case-detail" aria-label={words.orders.detail}>
      <p className="case-head">
        <b className="figures case-amount">{yuanText(order.amountFen)}</b>
        <span className="case-which">
          <span className="status" data-status="attention">
            <Icon name="person" />
            {words.statuses.attention}
          </span>
          <span className="figures" data-testid="order-number">
            {order.orderNumber}
          </span>
        </span>
      </p>
      <p className="tell-customer">
        <b>{words.tellCustomer.label}</b> {words.desk.say[money.known]}
      </p>
      <dl className="case-facts">
        <dt>{words.desk.money.label}</dt>
        <dd data-money={money.known}>
          <Icon name={money.known === 'taken' ? 'returned' : 'question'} /> {moneyText(words, money, nowWallMs)}
        </dd>
        <dt>{words.desk.labels.why}</dt>
        <dd>
          {reason.happened} {reason.next}
        </dd>
        <dt>{words.desk.labels.next}</dt>
        <dd className="figures">{nextStepText(words, view.nextStep, nextStepInMs)}</dd>
        <dt>{words.desk.labels.until}</dt>
        <dd className="figures">
          {revokeLeftText(words, revokeLeftMs)}
          {hasRevoke && ` · ${words.desk.deadline(momentText(view.revokeUntilWallMs, nowWallMs))}`}
        </dd>
        <dt>{words.desk.labels.owner}</dt>
        <dd>{order.caseOwner ?? words.desk.nobody}</dd>
        {order.alarm !== null && <dt>!</dt>}
        {order.alarm !== null && <dd>{words.alarms[order.alarm]}</dd>}
      </dl>
      <h2>{words.desk.labels.evidence}</h2>
      <p className="figures small-print">
        {words.facts.queries} {words.facts.times(order.queries)} · {words.facts.revokes}{' '}
        {words.facts.times(order.revokes)} · {words.facts.transactionId} {order.transactionId ?? words.facts.none}
      </p>
      <Evidence orderNumber={order.orderNumber} />
    </section>
  )
}
