import { useEffect, useRef } from 'react'
import type { OrderView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { Keycap } from '../shell/keycap.tsx'
import { useTill } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'

/** Asks once, with the verb in the button (ux.md 18). The safe answer has the focus; F4 a second time revokes. */
export function RevokeDialog(props: { readonly order: OrderView }) {
  const words = useWords()
  const { store, acts } = useTill()
  const dialog = useRef<HTMLDialogElement>(null)
  const { order } = props
  useEffect(() => {
    // The dialog gives the focus to its first button, the safe one.
    dialog.current?.showModal()
  }, [])
  const keep = (): void => store.dispatch({ type: 'counter', event: { type: 'revoke-asked', asking: false } })
  return (
    <dialog ref={dialog} className="ask" onCancel={keep} aria-labelledby="revoke-title">
      <h2 id="revoke-title">{words.revokeDialog.title(yuanText(order.amountFen))}</h2>
      <p>{order.moneyWasTaken ? words.revokeDialog.bodyPaid : words.revokeDialog.body}</p>
      <p className="figures">
        {words.facts.orderNumber} {order.orderNumber}
      </p>
      <div className="ask-buttons">
        <button type="button" className="action" onClick={keep}>
          <Keycap name="Escape" />
          {words.revokeDialog.keep}
        </button>
        <button
          type="button"
          className="action action-danger"
          data-filled
          onClick={() => void acts.revoke(order.orderNumber)}
        >
          <Keycap name="F4" />
          {words.revokeDialog.confirm}
        </button>
      </div>
    </dialog>
  )
}
