import { type FormEvent, type ReactNode, useState } from 'react'
import type { ManagerProof, SetupResult } from '../../electron/api/contract.ts'
import { AskDialog } from '../shell/ask-dialog.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { useApp } from '../shell/till-context.tsx'
import { emptyPins, PinField, textIn } from '../staff/pin-field.tsx'
import { useWords } from '../wording/words.tsx'
import { resultText } from './result-text.ts'

/** What a form's buttons do: try and save, save without a try, take away. */
export type SetupWay = 'save' | 'untested' | 'remove'

export type SetupFormProps = { readonly onClose: () => void; readonly onSaved: () => void }

/** A form of the set-up with a manager's proof at its end; what was typed stays where saving failed, but for the PIN. */
export function SetupForm(
  props: SetupFormProps & {
    readonly title: string
    readonly saveLabel: string
    readonly busyText: string
    readonly children: ReactNode
    /** A further button that takes away what the form shows. */
    readonly removeLabel?: string
    /** Null where the main side did not answer. */
    readonly send: (form: HTMLFormElement, manager: ManagerProof, way: SetupWay) => Promise<SetupResult | null>
  },
) {
  const words = useWords()
  const own = useApp(({ crew }) => crew.staff?.person ?? null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const [testFailed, setTestFailed] = useState(false)
  const { screen, signIn } = words.staff

  const submit = async (form: HTMLFormElement, way: SetupWay): Promise<void> => {
    const staffNumber = textIn(form, 'manager')
    if (staffNumber === '') return setProblem(words.staff.override.managerMissing)
    setBusy(true)
    setProblem(props.busyText)
    const result = await props.send(form, { staffNumber, pin: textIn(form, 'managerPin') }, way)
    emptyPins(form)
    setBusy(false)
    if (result?.kind === 'saved') return props.onSaved()
    setTestFailed(result !== null && ['test-failed', 'test-unclear', 'printer-failed'].includes(result.kind))
    setProblem(result === null ? words.setup.lost : resultText(words, result, Date.now()))
  }

  return (
    <AskDialog titleId="setup-form-title" onClose={props.onClose}>
      <form
        className="desk-form setup-form"
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault()
          if (busy) return
          const { submitter } = event.nativeEvent as SubmitEvent // React hands on the browser's own event
          const value = submitter instanceof HTMLButtonElement ? submitter.value : ''
          void submit(event.currentTarget, value === 'untested' || value === 'remove' ? value : 'save')
        }}
      >
        <h2 id="setup-form-title">{props.title}</h2>
        {props.children}
        <label>
          <span>{screen.managerWord}</span>
          <input
            name="manager"
            type="text"
            maxLength={40}
            autoComplete="off"
            defaultValue={own?.role === 'manager' ? own.number : ''}
          />
        </label>
        <PinField name="managerPin" label={signIn.pin} />
        <p role="alert" className="desk-problem">
          {problem}
        </p>
        <div className="ask-buttons">
          <button type="button" className="action" onClick={props.onClose}>
            <Keycap name="Escape" />
            {screen.cancel}
          </button>
          <button type="submit" className="action" data-filled disabled={busy}>
            <Keycap name="Enter" />
            {props.saveLabel}
          </button>
          {props.removeLabel !== undefined && (
            <button type="submit" value="remove" className="action" disabled={busy}>
              {props.removeLabel}
            </button>
          )}
          {testFailed && (
            <button type="submit" value="untested" className="action" disabled={busy}>
              {words.setup.untested}
            </button>
          )}
        </div>
      </form>
    </AskDialog>
  )
}
