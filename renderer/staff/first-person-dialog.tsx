import { type FormEvent, useRef, useState } from 'react'
import { AskDialog } from '../shell/ask-dialog.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'
import { changeText } from './change-text.ts'
import { emptyPins, PinField, textIn } from './pin-field.tsx'

/** Makes the first manager, or leaves the till without staff, as it was. */
export function FirstManagerDialog() {
  const words = useWords()
  const { store, door, crew } = useTill()
  const hasSinglePin = useApp((app) => app.crew.staff?.hasSinglePin === true)
  const form = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const { first } = words.staff
  const close = (): void => store.dispatch({ type: 'crew', event: { type: 'first-asked', asking: false } })

  const submit = async (filled: HTMLFormElement): Promise<void> => {
    const pin = textIn(filled, 'pin')
    const again = hasSinglePin ? pin : textIn(filled, 'again')
    setBusy(true)
    const answer = await door.call('staff.set-up', { name: textIn(filled, 'name'), pin, again })
    emptyPins(filled)
    setBusy(false)
    if (!answer.ok) return setProblem(words.staff.signIn.lost)
    setProblem(answer.reply.kind === 'done' ? '' : changeText(words, answer.reply))
    if (answer.reply.kind === 'done') await crew.read()
  }

  return (
    <AskDialog titleId="first-manager-title" onClose={close}>
      <form
        ref={form}
        className="desk-form"
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault()
          if (!busy) void submit(event.currentTarget)
        }}
      >
        <h2 id="first-manager-title">{first.title}</h2>
        <p className="small-print">{hasSinglePin ? first.takesOver : first.why}</p>
        <label>
          <span>{first.name}</span>
          <input name="name" type="text" maxLength={400} autoComplete="off" />
        </label>
        <PinField name="pin" label={hasSinglePin ? first.presentPin : first.newPin} />
        {!hasSinglePin && <PinField name="again" label={first.again} />}
        <p role="alert" className="desk-problem">
          {problem}
        </p>
        <div className="ask-buttons">
          <button type="button" className="action" onClick={close}>
            <Keycap name="Escape" />
            {first.skip}
          </button>
          <button type="submit" className="action" data-filled disabled={busy}>
            <Keycap name="Enter" />
            {first.confirm}
          </button>
        </div>
      </form>
    </AskDialog>
  )
}
