import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import type { CaseView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'

/** A dialog of the desk: holds the focus, and Esc leaves everything as it is. */
export function DeskDialog(props: {
  readonly titleId: string
  readonly danger?: boolean
  readonly children: ReactNode
}) {
  const { store } = useTill()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const close = (): void => store.dispatch({ type: 'desk', event: { type: 'dialog', dialog: null } })
  return (
    <dialog
      ref={dialog}
      className="ask desk-ask"
      data-danger={props.danger}
      aria-labelledby={props.titleId}
      onCancel={close}
    >
      {props.children}
    </dialog>
  )
}

export function CancelButton(props: { readonly words: string }) {
  const { store } = useTill()
  return (
    <button
      type="button"
      className="action"
      onClick={() => store.dispatch({ type: 'desk', event: { type: 'dialog', dialog: null } })}
    >
      <Keycap name="Escape" />
      {props.words}
    </button>
  )
}

/** Who takes the case on. */
export function TakeOnDialog(props: { readonly view: CaseView }) {
  const words = useWords()
  const { desk } = useTill()
  const lastName = useApp((app) => app.desk.name)
  const field = useRef<HTMLInputElement>(null)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const name = field.current?.value.trim() ?? ''
    if (name !== '') void desk.takeOn(props.view.order.orderNumber, name)
    else field.current?.focus()
  }
  return (
    <DeskDialog titleId="take-on-title">
      <form className="desk-form" onSubmit={submit}>
        <h2 id="take-on-title">{words.desk.takeOn.title}</h2>
        <label>
          <span>{words.desk.takeOn.name}</span>
          <input ref={field} type="text" maxLength={40} autoComplete="off" defaultValue={lastName} />
        </label>
        <div className="ask-buttons">
          <CancelButton words={words.orders.close} />
          <button type="submit" className="action" data-filled>
            <Keycap name="Enter" />
            {words.desk.takeOn.confirm}
          </button>
        </div>
      </form>
    </DeskDialog>
  )
}

/** Asks once, with the verb in the button (ux.md 18); F4 a second time revokes. */
export function RevokeCaseDialog(props: { readonly view: CaseView }) {
  const words = useWords()
  const { desk } = useTill()
  const { order } = props.view
  return (
    <DeskDialog titleId="desk-revoke-title" danger>
      <h2 id="desk-revoke-title">{words.revokeDialog.title(yuanText(order.amountFen))}</h2>
      <p>{order.moneyWasTaken ? words.revokeDialog.bodyPaid : words.revokeDialog.body}</p>
      <p className="figures">
        {words.facts.orderNumber} {order.orderNumber}
      </p>
      <div className="ask-buttons">
        <CancelButton words={words.revokeDialog.keep} />
        <button
          type="button"
          className="action action-danger"
          data-filled
          onClick={() => void desk.revoke(order.orderNumber)}
        >
          <Keycap name="F4" />
          {words.revokeDialog.confirm}
        </button>
      </div>
    </DeskDialog>
  )
}
