import type { OrderView } from '../../electron/api/contract.ts'
import { momentText } from '../time/shanghai.ts'
import { useWords } from '../wording/words.tsx'

/** A long number breaks between its date and its running number, not within either. */
const breakBefore = 10

/** What identifies the order, for whoever has to look it up (issue 2, point 8). */
export function Facts(props: { readonly order: OrderView }) {
  const words = useWords()
  const { order } = props
  return (
    <dl className="facts" aria-label={words.facts.title}>
      <dt>{words.facts.orderNumber}</dt>
      <dd className="order-number figures" data-testid="order-number">
        {order.orderNumber.slice(0, -breakBefore)}
        <wbr />
        {order.orderNumber.slice(-breakBefore)}
      </dd>
      <dt>{words.facts.code}</dt>
      <dd className="figures">
        {order.maskedCode.slice(0, 2)}…{order.maskedCode.slice(-4)}
      </dd>
      <dt>{words.facts.started}</dt>
      <dd className="figures">{momentText(order.createdWallMs, Date.now())}</dd>
      {order.alarm && <dd className="facts-alarm">{words.alarms[order.alarm]}</dd>}
      {order.lastCode && (
        <dd className="facts-small figures">
          {words.facts.channelSays} {order.lastCode}
        </dd>
      )}
    </dl>
  )
}
