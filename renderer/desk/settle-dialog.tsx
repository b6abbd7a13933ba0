import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { CaseView, PinState, SettleResult } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { momentText } from '../time/shanghai.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import type { CaseDecision } from '../wording/desk-words.ts'
import { useWords } from '../wording/words.tsx'
import { CancelButton, DeskDialog } from './dialogs.tsx'

/** Why the settling was refused; the order is as it was. */
function refusalText(words: Catalogue, refusal: Exclude<SettleResult, { kind: 'done' | 'refund-begun' }>): string {
  const { settle } = words.desk
  switch (refusal.kind) {
    case 'pin-wrong':
      return settle.wrong(refusal.triesLeft)
    case 'pin-locked':
      return settle.locked(momentText(refusal.untilWallMs, Date.now()))
    case 'ledger-trouble':
      return `${words.ledgerTroubles[refusal.problem].happened} ${words.ledgerTroubles[refusal.problem].next}`
    default:
      return settle.refusals[refusal.kind]
  }
}

function PinField(props: { readonly name: string; readonly label: string }) {
  return (
    <label>
      <span>{props.label}</span>
      <input
        name={props.name}
        type="password"
        className="figures"
        inputMode="numeric"
        maxLength={6}
        autoComplete="off"
        data-pin
      />
    </label>
  )
}

const textIn = (form: HTMLFormElement, name: string): string => {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value.trim() : ''
}

/** A manager decides about a case: what was found, why, who, and the PIN (I15). */
export function SettleDialog(props: { readonly view: CaseView }) {
  const words = useWords()
  const { desk } = useTill()
  const lastName = useApp((app) => app.desk.name)
  const training = useApp(({ till }) => till.snapshot?.mode === 'training')
  const form = useRef<HTMLFormElement>(null)
  const [pinState, setPinState] = useState<PinState | null>(null)
  const [decision, setDecision] = useState<CaseDecision | null>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const { order, decisions } = props.view
  const { settle } = words.desk
  useEffect(() => {
    void desk.pinState().then(setPinState)
  }, [desk])
  // Until it is known how the PIN stands, what else is missing can be said: Enter is never without an answer.
  const settable = pinState === null || pinState === 'set' || (pinState === 'not-set' && training)

  const refuse = (sentence: string, field: string): void => {
    setProblem(sentence)
    form.current?.querySelector<HTMLInputElement>(`input[name="${field}"]`)?.focus()
  }

  /** The PIN to settle with; a first one is set on the way. Null where that failed and was said. */
  const pinToUse = async (filled: HTMLFormElement): Promise<string | null> => {
    const pin = textIn(filled, 'pin')
    if (pinState === 'set') return pin
    const set = await desk.setPin(pin, textIn(filled, 'again'))
    if (set === null) refuse(words.desk.notices.lost, 'pin')
    else if (set.kind === 'done') {
      setPinState('set')
      return pin
    } else if (set.kind === 'live-mode') refuse(settle.liveNotSet, 'pin')
    else if (set.kind === 'pin-trouble') refuse(settle.pinDamaged, 'pin')
    else {
      if (set.kind === 'already-set') setPinState('set')
      refuse(settle.weak[set.kind], 'pin')
    }
    return null
  }

  const submit = async (filled: HTMLFormElement): Promise<void> => {
    const reason = textIn(filled, 'reason')
    const managerName = textIn(filled, 'manager')
    if (decision === null || !decisions.includes(decision)) return refuse(settle.missing.decision, 'decision')
    if (reason === '') return refuse(settle.missing.reason, 'reason')
    if (managerName === '') return refuse(settle.missing.name, 'manager')
    if (pinState === null) return
    if (textIn(filled, 'pin') === '') return refuse(settle.missing.pin, 'pin')
    setBusy(true)
    setProblem('')
    const pin = await pinToUse(filled)
    const result =
      pin === null
        ? undefined
        : await desk.settle({ orderNumber: order.orderNumber, decision, reason, managerName, pin })
    // No PIN stays in the page, whether it was right or wrong.
    for (const field of filled.querySelectorAll<HTMLInputElement>('input[data-pin]')) field.value = ''
    setBusy(false)
    if (result === undefined || result?.kind === 'done' || result?.kind === 'refund-begun') return
    if (result === null) return refuse(words.desk.notices.lost, 'pin')
    refuse(refusalText(words, result), result.kind === 'not-now' ? 'decision' : 'pin')
  }

  return (
    <DeskDialog titleId="settle-title">
      <form
        ref={form}
        className="desk-form"
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault()
          if (!busy && settable) void submit(event.currentTarget)
        }}
      >
        <h2 id="settle-title">{settle.title(yuanText(order.amountFen))}</h2>
        <p className="figures small-print">
          {words.facts.orderNumber} {order.orderNumber}
        </p>
        <p className="small-print">{settle.warning}</p>
        <fieldset className="decisions">
          <legend>{settle.decision}</legend>
          {decisions.map((each) => (
            <label key={each} className="decision">
              <input
                type="radio"
                name="decision"
                value={each}
                checked={decision === each}
                onChange={() => setDecision(each)}
              />
              <span>
                <b>{words.desk.decisions[each].name}</b> <small>{words.desk.decisions[each].means}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <label>
          <span>{settle.reason}</span>
          <input name="reason" type="text" maxLength={200} autoComplete="off" placeholder={settle.reasonHint} />
        </label>
        <label>
          <span>{settle.managerName}</span>
          <input name="manager" type="text" maxLength={40} autoComplete="off" defaultValue={lastName} />
        </label>
        {pinState === 'set' && <PinField name="pin" label={settle.pin} />}
        {pinState === 'not-set' && training && (
          <>
            <p className="small-print">{settle.newPinWhy}</p>
            <PinField name="pin" label={settle.newPin} />
            <PinField name="again" label={settle.newPinAgain} />
          </>
        )}
        {pinState === 'not-set' && !training && <p role="alert">{settle.liveNotSet}</p>}
        {(pinState === 'damaged' || pinState === 'disk-error') && <p role="alert">{settle.pinDamaged}</p>}
        <p role="alert" className="desk-problem">
          {problem}
        </p>
        <div className="ask-buttons">
          <CancelButton words={settle.cancel} />
          <button type="submit" className="action" data-filled disabled={!settable || busy}>
            <Keycap name="Enter" />
            {busy ? settle.busy : settle.confirm}
          </button>
        </div>
      </form>
    </DeskDialog>
  )
}
