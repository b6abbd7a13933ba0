import { type SyntheticEvent, useEffect, useRef } from 'react'
import type { OrderView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { OrderDetailPanel } from '../orders/order-detail.tsx'
import { statusText } from '../orders/status-text.ts'
import { statusIcons } from '../parked/strip.tsx'
import { Icon } from '../shell/icons.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { WalletMark } from '../shell/wallet-mark.tsx'
import { orderTail } from '../till/order-tail.ts'
import { isFinal } from '../till/types.ts'
import { clockText, momentText } from '../time/shanghai.ts'
import { useChannelWords } from '../wording/channel-words.tsx'
import { useWords } from '../wording/words.tsx'
import { type AnswerText, answerText } from './answer-text.ts'
import { enterRescue } from './keys.ts'
import { choicesOf, orderOf } from './state.ts'

/** Which payment the answer is about, to be compared with the customer's phone. */
function OrderFacts(props: { readonly order: OrderView }) {
  const words = useWords()
  const { order } = props
  return (
    <dl className="rescue-facts">
      <div>
        <dt>{words.facts.amount}</dt>
        <dd className="figures">{yuanText(order.amountFen)}</dd>
      </div>
      <div>
        <dt>{words.facts.started}</dt>
        <dd className="figures">{momentText(order.createdWallMs, Date.now())}</dd>
      </div>
      <div>
        <dt>{words.facts.wallet}</dt>
        <dd>
          <WalletMark wallet={order.wallet} /> {words.wallets[order.wallet]}
        </dd>
      </div>
      <div className="rescue-number">
        <dt>{words.facts.orderNumber}</dt>
        <dd className="figures" data-testid="order-number">
          {order.orderNumber}
        </dd>
      </div>
    </dl>
  )
}

function Choices() {
  const words = useWords()
  const { rescue: acts } = useTill()
  const rescue = useApp((app) => app.rescue)
  return (
    <ol className="rescue-choices">
      {choicesOf(rescue).map((order, place) => (
        <li key={order.orderNumber}>
          <button
            type="button"
            className="rescue-choice figures"
            aria-current={place === rescue.chosen}
            aria-label={words.rescue.answers.several.choose(orderTail(order.orderNumber))}
            onClick={() => void acts.find(order.orderNumber)}
          >
            <span>{clockText(order.createdWallMs)}</span>
            <b>{yuanText(order.amountFen)}</b>
            <span>
              <WalletMark wallet={order.wallet} /> {words.wallets[order.wallet]}
            </span>
            <span>…{orderTail(order.orderNumber)}</span>
            <span className="status" data-status={order.status} data-effect={order.revokeEffect ?? undefined}>
              <Icon name={statusIcons[order.status]} />
              {statusText(words, order)}
            </span>
          </button>
        </li>
      ))}
    </ol>
  )
}

/** What it is in a word and a colour, the sentence for the customer, and what to do now. */
function Answer(props: { readonly text: AnswerText; readonly order: OrderView | null }) {
  const words = useWords()
  const { text, order } = props
  return (
    <div className="rescue-answer" data-tone={text.tone}>
      <p className="rescue-band">
        <Icon name={text.icon} className="band-icon" />
        <b data-testid="rescue-word">{text.word}</b>
      </p>
      <p className="rescue-say">
        <small>{words.rescue.sayIt}</small>
        <span data-testid="rescue-say">{text.say}</span>
      </p>
      {order && <OrderFacts order={order} />}
      <div className="rescue-next">
        {text.next.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </div>
  )
}

/** “My phone says paid”: finds the payment behind a bill and says what became of it. */
export function RescueScreen() {
  const words = useWords()
  const till = useTill()
  const { store, rescue: acts } = till
  const rescue = useApp((app) => app.rescue)
  const detail = useApp((app) => app.detail)
  const field = useRef<HTMLInputElement>(null)
  const order = orderOf(rescue.shown)
  const ofChannel = useChannelWords(order?.channel ?? null)
  const { asking, shown } = rescue
  // The field has the focus again after each answer and each look at the detail.
  useEffect(() => {
    if (detail === null && !asking) field.current?.focus()
  }, [detail, asking])

  // What was not known is told as soon as it is: the order's end is looked up like any other question.
  const waited = shown?.kind === 'not-known-yet' ? shown.order.orderNumber : null
  const ended = useApp(({ till: { orders } }) => {
    const status = waited === null ? null : orders[waited]?.view.status
    return status !== null && status !== undefined && isFinal(status)
  })
  useEffect(() => {
    if (waited !== null && ended && detail === null) void acts.find(waited)
  }, [acts, waited, ended, detail])

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault()
    const typed = field.current?.value.trim() ?? ''
    // The field is empty before the text leaves; it may be a payment code.
    if (field.current) field.current.value = ''
    if (typed !== '') void acts.find(typed)
    else enterRescue(till)
  }
  const text: AnswerText | null = asking
    ? { tone: 'choose', icon: 'sending', ...words.rescue.asking, next: [words.rescue.asking.next] }
    : shown && answerText(ofChannel, shown)
  return (
    <main className="rescue" data-answer={asking ? 'asking' : (shown?.kind ?? 'none')}>
      <div className="orders-head">
        <h1 data-testid="headline">{words.rescue.title}</h1>
        <button
          type="button"
          className="action"
          onClick={() => store.dispatch({ type: 'screen-changed', screen: 'counter' })}
        >
          <Keycap name="Escape" />
          {words.rescue.back}
        </button>
      </div>
      <form className="rescue-form" onSubmit={submit}>
        <input
          ref={field}
          type="text"
          aria-label={words.rescue.field}
          placeholder={words.rescue.field}
          autoComplete="off"
          spellCheck={false}
        />
        <button type="submit" className="action" data-filled={detail === null}>
          <Keycap name="Enter" />
          {order ? words.rescue.detail : words.rescue.ask}
        </button>
      </form>
      <div role="status" className="rescue-live">
        {text && <Answer text={text} order={order} />}
      </div>
      <Choices />
      {!text && (
        <div className="rescue-hint">
          <p>{words.rescue.hint}</p>
          <p className="quiet">{words.rescue.where}</p>
        </div>
      )}
      {detail !== null && <OrderDetailPanel orderNumber={detail} />}
    </main>
  )
}
