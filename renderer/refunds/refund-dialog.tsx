import { type FormEvent, useRef, useState } from 'react'
import type {
  ManagerProof,
  ManagerRefusal,
  OrderRefunds,
  OrderView,
  RefundStartResult,
} from '../../electron/api/contract.ts'
import { plainYuan, yuanText } from '../money/yuan.ts'
import { AskDialog } from '../shell/ask-dialog.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { useTill } from '../shell/till-context.tsx'
import { OverrideDialog } from '../staff/override-dialog.tsx'
import { textIn } from '../staff/pin-field.tsx'
import { orderTail } from '../till/order-tail.ts'
import { refundReasons } from '../wording/refund-words.ts'
import { useWords } from '../wording/words.tsx'
import { refundRefusalText } from './refund-text.ts'

/** What the form asks for, while a manager is asked about it. */
type Wish = {
  readonly amountText: string
  readonly amount: string
  readonly reason: string
  readonly why: string
}

/**
 * Asks how much goes back and why, and for a manager where the till wants one. `onBegun` is told once a refund is on its
 * way; `isNew` is false where one of the very amount was under way already.
 */
export function RefundDialog(props: {
  readonly order: OrderView
  readonly refunds: OrderRefunds
  readonly onBegun: (isNew: boolean) => void
  readonly onClose: () => void
}) {
  const words = useWords()
  const { door } = useTill()
  const form = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const [needsWords, setNeedsWords] = useState(false)
  const [wish, setWish] = useState<Wish | null>(null)
  const { order, refunds, onBegun, onClose } = props
  const { dialog } = words.refunds

  const refuse = (sentence: string, field: string): void => {
    setProblem(sentence)
    form.current?.querySelector<HTMLInputElement>(`input[name="${field}"]`)?.focus()
  }

  const ask = async (
    { amountText, reason }: Pick<Wish, 'amountText' | 'reason'>,
    manager: ManagerProof | null,
  ): Promise<RefundStartResult | null> => {
    const { orderNumber } = order
    const answer = await door.call('refund.start', { orderNumber, amountText, reason, manager })
    return answer.ok ? answer.reply : null
  }

  const submit = async (filled: HTMLFormElement): Promise<void> => {
    const chosen = refundReasons.find((each) => each === textIn(filled, 'reason'))
    const reason = chosen === undefined || chosen === 'other' ? textIn(filled, 'words') : dialog.reasons[chosen]
    if (reason === '') return refuse(dialog.reasonMissing, needsWords ? 'words' : 'reason')
    const amountText = textIn(filled, 'amount')
    setBusy(true)
    setProblem('')
    const result = await ask({ amountText, reason }, null)
    setBusy(false)
    if (result === null) return refuse(dialog.lost, 'amount')
    if (result.kind === 'started' || result.kind === 'under-way') return onBegun(result.kind === 'started')
    if (result.kind !== 'manager-needed' && result.kind !== 'manager-refused') {
      return refuse(refundRefusalText(words, result), result.kind === 'reason-missing' ? 'reason' : 'amount')
    }
    const need = result.kind === 'manager-needed' ? result.need : ({ because: 'own-pin', aloneFen: 0 } as const)
    const why =
      need.because === 'amount' ? dialog.because.amount(yuanText(need.aloneFen)) : dialog.because[need.because]
    setWish({ amountText, amount: `¥${amountText}`, reason, why })
  }

  const withProof = async (wanted: Wish, manager: ManagerProof): Promise<ManagerRefusal | string | null> => {
    const result = await ask(wanted, manager)
    if (result === null) return dialog.lost
    if (result.kind === 'manager-refused') return result.refusal
    if (result.kind === 'manager-needed') return { kind: 'manager-needed' }
    if (result.kind !== 'started' && result.kind !== 'under-way') return refundRefusalText(words, result)
    onBegun(result.kind === 'started')
    return null
  }

  return (
    <AskDialog titleId="refund-title" danger onClose={onClose}>
      <form
        ref={form}
        className="desk-form refund-form"
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault()
          if (!busy) void submit(event.currentTarget)
        }}
      >
        <h2 id="refund-title">{dialog.title}</h2>
        <p className="figures">
          {words.refunds.left} <b>{yuanText(refunds.leftFen)}</b> · {words.facts.orderNumber} …
          {orderTail(order.orderNumber)}
        </p>
        <label>
          <span>{dialog.amount}</span>
          <input
            name="amount"
            type="text"
            inputMode="decimal"
            className="figures refund-amount"
            maxLength={16}
            autoComplete="off"
            defaultValue={plainYuan(refunds.leftFen)}
            onFocus={(event) => event.currentTarget.select()}
          />
        </label>
        <fieldset className="refund-reasons">
          <legend>{dialog.reason}</legend>
          {refundReasons.map((each) => (
            <label key={each}>
              <input
                type="radio"
                name="reason"
                value={each}
                onChange={() => {
                  setNeedsWords(each === 'other')
                }}
              />
              <span>{dialog.reasons[each]}</span>
            </label>
          ))}
        </fieldset>
        <label>
          <span>{dialog.reasonText}</span>
          <input name="words" type="text" maxLength={80} autoComplete="off" disabled={!needsWords} />
        </label>
        <p role="alert" className="desk-problem">
          {problem}
        </p>
        <div className="ask-buttons">
          <button type="button" className="action" onClick={onClose}>
            <Keycap name="Escape" />
            {dialog.cancel}
          </button>
          <button type="submit" className="action action-danger" data-filled disabled={busy}>
            <Keycap name="Enter" />
            {busy ? dialog.busy : dialog.confirm}
          </button>
        </div>
      </form>
      {wish && (
        <OverrideDialog
          what={`${dialog.allow(wish.amount, orderTail(order.orderNumber), wish.reason)} ${wish.why}`}
          onProof={(proof) => withProof(wish, proof)}
          onClose={() => setWish(null)}
        />
      )}
    </AskDialog>
  )
}
