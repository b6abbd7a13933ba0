import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { JournalLine, OrderView } from '../../electron/api/contract.ts'
import { ClosurePanel, exportKey } from '../evidence/closure-panel.tsx'
import { useExport } from '../evidence/use-export.ts'
import { yuanText } from '../money/yuan.ts'
import { statusIcons } from '../parked/strip.tsx'
import { isSheetKey, OrderPrintsPanel, printKey } from '../printing/order-prints.tsx'
import { useOrderPrints } from '../printing/use-order-prints.ts'
import { OrderRefunds, type RefundKeys } from '../refunds/order-refunds.tsx'
import { Icon } from '../shell/icons.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { WalletMark } from '../shell/wallet-mark.tsx'
import { isFinal } from '../till/types.ts'
import { momentText, preciseClockText } from '../time/shanghai.ts'
import { ChannelWords } from '../wording/channel-words.tsx'
import { useWords } from '../wording/words.tsx'
import { readableLine } from './journal-words.ts'
import { statusText } from './status-text.ts'

const copiedMs = 2_000

function OrderNumber(props: { readonly orderNumber: string }) {
  const words = useWords()
  const [copied, setCopied] = useState(false)
  const copy = (): void => {
    void navigator.clipboard.writeText(props.orderNumber).then(() => {
      setCopied(true)
      window.setTimeout(() => setCopied(false), copiedMs)
    })
  }
  return (
    <dd className="order-number figures">
      <span data-testid="order-number">{props.orderNumber}</span>
      <button type="button" className="tab" onClick={copy}>
        {copied ? words.orders.copied : words.facts.copy}
      </button>
    </dd>
  )
}

function AllFacts(props: { readonly order: OrderView }) {
  const words = useWords()
  const { order } = props
  const nowWallMs = Date.now()
  const reason = order.failureReason
    ? words.failures[order.failureReason].happened
    : order.attentionReason
      ? words.attentions[order.attentionReason].happened
      : order.unknownReason
        ? words.unknowns[order.unknownReason]
        : ''
  return (
    <dl className="detail-facts">
      <dt>{words.facts.amount}</dt>
      <dd className="figures detail-amount">{yuanText(order.amountFen)}</dd>
      <dt>{words.facts.status}</dt>
      <dd>
        <span className="status" data-status={order.status} data-effect={order.revokeEffect ?? undefined}>
          <Icon name={statusIcons[order.status]} />
          {statusText(words, order)}
        </span>{' '}
        {reason}
      </dd>
      <dt>{words.facts.orderNumber}</dt>
      <OrderNumber orderNumber={order.orderNumber} />
      <dt>{words.facts.wallet}</dt>
      <dd>
        <WalletMark wallet={order.wallet} /> {words.wallets[order.wallet]}
      </dd>
      <dt>{words.facts.code}</dt>
      <dd className="figures">{order.maskedCode}</dd>
      <dt>{words.facts.started}</dt>
      <dd className="figures">{momentText(order.createdWallMs, nowWallMs)}</dd>
      {isFinal(order.status) && <dt>{words.facts.ended}</dt>}
      {isFinal(order.status) && <dd className="figures">{momentText(order.statusSinceWallMs, nowWallMs)}</dd>}
      <dt>{words.facts.queries}</dt>
      <dd className="figures">
        {words.facts.times(order.queries)} · {words.facts.revokes} {words.facts.times(order.revokes)}
      </dd>
      <dt>{words.facts.transactionId}</dt>
      <dd className="figures">{order.transactionId ?? words.facts.none}</dd>
      <dt>{words.facts.channelSays}</dt>
      <dd className="small-print figures">
        {order.lastCode ?? words.facts.none} {order.lastMessage ?? ''}
      </dd>
    </dl>
  )
}

/** What happened to an order, a line each, with the channel's own code and words. */
export function Journal(props: { readonly lines: readonly JournalLine[] }) {
  const words = useWords()
  return (
    <ol className="journal">
      {props.lines.map((each) => {
        const line = readableLine(words, each)
        return (
          <li key={line.sequence}>
            <time className="figures">{preciseClockText(line.wallMs)}</time>
            <span>
              <b>{line.headline}</b> {line.outcome}
              {line.evidence !== '' && <small className="figures">{line.evidence}</small>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

/** One order with all that happened to it; the acts that its state allows. */
export function OrderDetailPanel(props: { readonly orderNumber: string }) {
  const words = useWords()
  const { store, door, acts } = useTill()
  const revision = useApp(({ till }) => till.revision)
  const dialog = useRef<HTMLDialogElement>(null)
  const { orderNumber } = props
  const proof = useExport(orderNumber)
  const refunds = useRef<RefundKeys>(null)
  const prints = useOrderPrints(orderNumber)
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    // A dialog that is taken away gives no focus back by itself, and the keys would find no row to go on from.
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const { data } = useQuery({
    queryKey: ['order', orderNumber, revision],
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const answer = await door.call('order.show', { orderNumber })
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
  })
  const close = (): void => store.dispatch({ type: 'detail-changed', orderNumber: null })
  const open = data && !isFinal(data.order.status)
  const ask = (): void => {
    refunds.current?.press('F2')
    void acts.query(orderNumber)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (refunds.current?.press(event.key)) event.preventDefault()
    else if (event.key === 'F2') void acts.query(orderNumber)
    else if (event.key === exportKey) proof.write()
    else if (event.key === printKey) prints.print()
    else if (isSheetKey(event) && prints.shown?.kind === 'shown') window.print()
    else if (event.key === 'F6' && open) void acts.bringBack(orderNumber)
    else return
    event.preventDefault()
  }
  return (
    <dialog ref={dialog} className="detail" aria-label={words.orders.detail} onCancel={close} onKeyDown={onKeyDown}>
      <div className="detail-head">
        <h2>{words.orders.detail}</h2>
        {open && (
          <button type="button" className="action" onClick={() => void acts.bringBack(orderNumber)}>
            <Keycap name="F6" />
            {words.orders.toCounter}
          </button>
        )}
        <button type="button" className="action" onClick={close}>
          <Keycap name="Escape" />
          {words.orders.close}
        </button>
        {data && (
          <button type="button" className="action action-primary" data-filled onClick={ask}>
            <Keycap name="F2" />
            {words.actions.query}
          </button>
        )}
      </div>
      <ChannelWords channel={data?.order.channel ?? null}>
        {data && <AllFacts order={data.order} />}
        {data && <ClosurePanel closure={data.closure} {...proof} />}
        {data && <OrderRefunds order={data.order} keys={refunds} />}
        {data && <OrderPrintsPanel orderNumber={orderNumber} {...prints} />}
        <h3>{words.orders.journal}</h3>
        {data && <Journal lines={data.journal} />}
      </ChannelWords>
    </dialog>
  )
}
