import { type RefObject, useMemo } from 'react'
import { shownOrder } from '../counter/state.ts'
import { yuanText } from '../money/yuan.ts'
import { PrintChip } from '../printing/print-chip.tsx'
import { Icon, type IconName } from '../shell/icons.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { WalletMark } from '../shell/wallet-mark.tsx'
import { orderTail } from '../till/order-tail.ts'
import { doubtfulCount, stripOrders } from '../till/state.ts'
import { type TrackedOrder, waitFigures } from '../till/tracked.ts'
import { isFinal, isInFlight, type OrderStatus } from '../till/types.ts'
import { timeLeftText } from '../time/shanghai.ts'
import { useNow } from '../time/use-now.ts'
import { useWords } from '../wording/words.tsx'

export const statusIcons: Readonly<Record<OrderStatus, IconName>> = {
  created: 'sending',
  paying: 'sending',
  'awaiting-payer': 'phone',
  unknown: 'question',
  revoking: 'undo',
  paid: 'check',
  failed: 'cross',
  revoked: 'closed',
  attention: 'person',
}

function Chip(props: { readonly tracked: TrackedOrder; readonly nowMs: number }) {
  const words = useWords()
  const { acts, store } = useTill()
  const { view } = props.tracked
  const last = orderTail(view.orderNumber)
  const ended = isFinal(view.status)
  const { leftMs } = waitFigures(props.tracked, props.nowMs)
  const waits = view.status === 'awaiting-payer' || view.status === 'unknown'
  const acknowledge = (): void =>
    store.dispatch({ type: 'till', event: { type: 'acknowledged', orderNumber: view.orderNumber } })
  const status =
    view.status === 'revoked' && view.revokeEffect
      ? words.revokeEffects[view.revokeEffect]
      : words.statuses[view.status]
  return (
    <li className="chip" data-status={view.status} data-ended={ended}>
      <button
        type="button"
        className="chip-open"
        aria-label={`${words.strip.bringBack(last)} ${yuanText(view.amountFen)} ${status}`}
        onClick={() => void acts.bringBack(view.orderNumber)}
      >
        <WalletMark wallet={view.wallet} />
        <span className="figures">{yuanText(view.amountFen)}</span>
        <span className="chip-status">
          <Icon name={statusIcons[view.status]} />
          {status}
        </span>
        {waits && <span className="figures">{timeLeftText(leftMs)}</span>}
      </button>
      {ended && (
        <button type="button" className="chip-seen" onClick={acknowledge}>
          {words.strip.acknowledge}
        </button>
      )}
    </li>
  )
}

/** Orders set aside or in a person's hands, and their count; on every screen (ux.md 28). */
export function Strip(props: { readonly list: RefObject<HTMLUListElement | null> }) {
  const words = useWords()
  const till = useApp((app) => app.till)
  const shown = useApp((app) => shownOrder(app.counter))
  const orders = useMemo(() => stripOrders(till, shown), [till, shown])
  const doubtful = doubtfulCount(till)
  const nowMs = useNow(500, orders.length > 0)
  const parked = orders.filter(({ view }) => isInFlight(view.status)).length
  const ended = orders.filter(({ view }) => isFinal(view.status)).length
  return (
    <section className="strip" aria-label={words.strip.title} data-news={ended > 0}>
      <p className="strip-counts figures">
        <span>{words.strip.parked(parked)}</span>
        <span data-some={doubtful > 0}>{words.strip.doubtful(doubtful)}</span>
      </p>
      <PrintChip />
      {orders.length === 0 ? (
        <p className="quiet strip-empty">{words.strip.empty}</p>
      ) : (
        <ul ref={props.list}>
          {orders.map((tracked) => (
            <Chip key={tracked.view.orderNumber} tracked={tracked} nowMs={nowMs} />
          ))}
        </ul>
      )}
      {orders.length > 0 && <Keycap name="F6" />}
      <p role="status" className="sr-only">
        {ended > 0 ? `${words.strip.title} ${words.strip.ended}` : ''}
      </p>
    </section>
  )
}
