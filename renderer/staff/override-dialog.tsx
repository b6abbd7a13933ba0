import { type FormEvent, useRef, useState } from 'react'
import type { ManagerProof, ManagerRefusal } from '../../electron/api/contract.ts'
import { AskDialog } from '../shell/ask-dialog.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { useWords } from '../wording/words.tsx'
import { emptyPins, PinField, textIn } from './pin-field.tsx'
import { refusalText } from './refusal-text.ts'

/**
 * Asks for a manager's number or name and PIN on the cashier's screen, and says what for.
 *
 * `onProof` does the act with the proof and says why it was refused, or null: then the caller takes the dialog away. The
 * PIN is in the field and in that one call, nowhere else.
 */
export function OverrideDialog(props: {
  /** What is to be allowed, as a sentence with its amount and order. */
  readonly what: string
  /** Who is meant by default: the manager who is signed in, for example. */
  readonly staffNumber?: string
  readonly onProof: (proof: ManagerProof) => Promise<ManagerRefusal | string | null>
  readonly onClose: () => void
}) {
  const words = useWords()
  const form = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const { override } = words.staff

  const refuse = (sentence: string, field: string): void => {
    setProblem(sentence)
    form.current?.querySelector<HTMLInputElement>(`input[name="${field}"]`)?.focus()
  }

  const submit = async (filled: HTMLFormElement): Promise<void> => {
    const staffNumber = textIn(filled, 'manager')
    const pin = textIn(filled, 'pin')
    if (staffNumber === '') return refuse(override.managerMissing, 'manager')
    if (pin === '') return refuse(override.pinMissing, 'pin')
    setBusy(true)
    setProblem('')
    const refusal = await props.onProof({ staffNumber, pin })
    emptyPins(filled)
    setBusy(false)
    if (refusal === null) return
    refuse(typeof refusal === 'string' ? refusal : refusalText(words, refusal, Date.now()), 'pin')
  }

  return (
    <AskDialog titleId="override-title" onClose={props.onClose}>
      <form
        ref={form}
        className="desk-form"
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault()
          if (!busy) void submit(event.currentTarget)
        }}
      >
        <h2 id="override-title">{override.title}</h2>
        <p>{props.what}</p>
        <p className="small-print">{override.recorded}</p>
        <label>
          <span>{override.manager}</span>
          <input name="manager" type="text" maxLength={40} autoComplete="off" defaultValue={props.staffNumber ?? ''} />
        </label>
        <PinField name="pin" label={override.pin} />
        <p role="alert" className="desk-problem">
          {problem}
        </p>
        <div className="ask-buttons">
          <button type="button" className="action" onClick={props.onClose}>
            <Keycap name="Escape" />
            {override.cancel}
          </button>
          <button type="submit" className="action" data-filled disabled={busy}>
            <Keycap name="Enter" />
            {busy ? override.busy : override.confirm}
          </button>
        </div>
      </form>
    </AskDialog>
  )
}
