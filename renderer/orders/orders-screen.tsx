import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { OrderView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { statusIcons } from '../parked/strip.tsx'
import { Icon } from '../shell/icons.tsx'
import { SectionHead } from '../shell/section-head.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { WalletMark } from '../shell/wallet-mark.tsx'
import { orderTail } from '../till/order-tail.ts'
import { orderStatusesOnScreen } from '../till/status-list.ts'
import type { OrderStatus } from '../till/types.ts'
import { clockText, momentText } from '../time/shanghai.ts'
import { useWords } from '../wording/words.tsx'
import { OrderDetailPanel } from './order-detail.tsx'
import { statusText } from './status-text.ts'

/** Typing may pause this long before the list is asked for; a scan that lands in the field is gone by then. */
const searchDelayMs = 300

/** The amount with the sign that the money took: what went back is negative (ux.md 22). */
const signedFen = (order: OrderView): number =>
  order.status === 'revoked' && order.revokeEffect === 'refunded' ? -order.amountFen : order.amountFen

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('tbody button')]
  const at = rows.findIndex((row) => row.matches(':focus'))
  const next = event.key === 'ArrowDown' ? Math.min(at + 1, rows.length - 1) : Math.max(at - 1, 0)
  rows[next]?.focus()
  event.preventDefault()
}

function Row(props: { readonly order: OrderView }) {
  const words = useWords()
  const { store } = useTill()
  const { order } = props
  const open = (): void => store.dispatch({ type: 'detail-changed', orderNumber: order.orderNumber })
  return (
    <tr onClick={open}>
      <td className="figures">{clockText(order.createdWallMs)}</td>
      <td>
        <WalletMark wallet={order.wallet} /> {words.wallets[order.wallet]}
      </td>
      <td>
        <span className="status" data-status={order.status} data-effect={order.revokeEffect ?? undefined}>
          <Icon name={statusIcons[order.status]} />
          {statusText(words, order)}
        </span>
      </td>
      <td className="figures">
        <button
          type="button"
          className="row-open"
          aria-label={words.orders.open(orderTail(order.orderNumber))}
          onClick={open}
        >
          …{orderTail(order.orderNumber)}
        </button>
      </td>
      <td className="figures money">{yuanText(signedFen(order))}</td>
    </tr>
  )
}

/** Records that cannot be understood are never hidden: there is money behind each of them. */
function UnreadableRecords() {
  const words = useWords()
  const { door } = useTill()
  const revision = useApp(({ till }) => till.revision)
  const { data } = useQuery({
    queryKey: ['unreadable', revision],
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const answer = await door.call('orders.unreadable', null)
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
  })
  if (!data || data.length === 0) return null
  return (
    <ul className="orders-unreadable" role="alert">
      {data.map(({ orderNumber, sequence, wallMs }) => (
        <li key={sequence} className="figures">
          {words.journal.unreadable(sequence)} · {momentText(wallMs, Date.now())} · {orderNumber}
        </li>
      ))}
    </ul>
  )
}

/** The orders of today, newest first, with a filter and each one's whole journal. */
export function OrdersScreen() {
  const words = useWords()
  const { door } = useTill()
  const revision = useApp(({ till }) => till.revision)
  const detail = useApp((app) => app.detail)
  const [text, setText] = useState('')
  const [status, setStatus] = useState<OrderStatus | null>(null)
  const timer = useRef(0)
  const search = useRef<HTMLInputElement>(null)
  useEffect(() => search.current?.focus(), [])
  const { data, isError } = useQuery({
    queryKey: ['orders', text, status, revision],
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const answer = await door.call('orders.list', { day: null, status, text: text === '' ? null : text })
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
  })
  const wait = (value: string): void => {
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => setText(value.trim()), searchDelayMs)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (detail === null) moveFocus(event)
  }
  const paidFen = (data ?? [])
    .filter((order) => order.status === 'paid')
    .reduce((sum, order) => sum + order.amountFen, 0)
  return (
    <main className="orders" onKeyDown={onKeyDown}>
      <SectionHead section="orders">
        <p className="figures">
          {data && words.orders.count(data.length)} {data && words.orders.paidTotal(yuanText(paidFen))}
        </p>
      </SectionHead>
      <div className="orders-filter">
        <input
          ref={search}
          type="search"
          aria-label={words.orders.search}
          placeholder={words.orders.search}
          autoComplete="off"
          onInput={(event) => wait(event.currentTarget.value)}
        />
        <label>
          <span>{words.orders.status}</span>
          <select
            value={status ?? ''}
            onChange={(event) => {
              const chosen = event.currentTarget.value
              setStatus(orderStatusesOnScreen.find((each) => each === chosen) ?? null)
            }}
          >
            <option value="">{words.orders.all}</option>
            {orderStatusesOnScreen.map((each) => (
              <option key={each} value={each}>
                {words.statuses[each]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="orders-list">
        <table>
          <thead>
            <tr>
              <th>{words.orders.time}</th>
              <th>{words.facts.wallet}</th>
              <th>{words.facts.status}</th>
              <th>{words.facts.orderNumber}</th>
              <th className="money">{words.facts.amount}</th>
            </tr>
          </thead>
          <tbody>
            {(data ?? []).map((order) => (
              <Row key={order.orderNumber} order={order} />
            ))}
          </tbody>
        </table>
        <UnreadableRecords />
        {isError && <p role="alert">{words.orders.failed}</p>}
        {data?.length === 0 && <p className="quiet">{words.orders.empty}</p>}
        {!data && !isError && <p className="quiet">{words.orders.loading}</p>}
      </div>
      <p className="orders-hint quiet">{words.orders.hint}</p>
      {detail !== null && <OrderDetailPanel orderNumber={detail} />}
    </main>
  )
}
