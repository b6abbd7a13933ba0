import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { AskDialog } from '../shell/ask-dialog.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { emptyPins } from '../staff/pin-field.tsx'
import { useWords } from '../wording/words.tsx'

/** A form about a shift. `send` answers with what stands against it, in words, or with null: then the form is done. */
export function ShiftForm(props: {
  readonly title: string
  readonly confirm: string
  readonly children: ReactNode
  readonly send: (form: HTMLFormElement) => Promise<string | null>
  readonly onClose: () => void
}) {
  const words = useWords()
  const form = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (filled: HTMLFormElement): Promise<void> => {
    setBusy(true)
    const said = await props.send(filled)
    emptyPins(filled)
    setBusy(false)
    setProblem(said ?? '')
  }
  return (
    <AskDialog titleId="shift-form-title" onClose={props.onClose}>
      <form
        ref={form}
        className="desk-form"
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault()
          if (!busy) void submit(event.currentTarget)
        }}
      >
        <h2 id="shift-form-title">{props.title}</h2>
        {props.children}
        <p role="alert" className="desk-problem">
          {problem}
        </p>
        <div className="ask-buttons">
          <button type="button" className="action" onClick={props.onClose}>
            <Keycap name="Escape" />
            {words.shifts.cancel}
          </button>
          <button type="submit" className="action" data-filled disabled={busy}>
            <Keycap name="Enter" />
            {busy ? words.shifts.busy : props.confirm}
          </button>
        </div>
      </form>
    </AskDialog>
  )
}

/** A field for yuan as typed, or for a few words. */
export function TextField(props: {
  readonly name: string
  readonly label: string
  readonly length: number
  readonly numeric?: boolean
}) {
  return (
    <label>
      <span>{props.label}</span>
      <input
        name={props.name}
        type="text"
        className={props.numeric ? 'figures' : ''}
        inputMode={props.numeric ? 'decimal' : 'text'}
        maxLength={props.length}
        autoComplete="off"
      />
    </label>
  )
}
