import { type FormEvent, useState } from 'react'
import type { ReconcileDayDetail } from '../../electron/api/contract.ts'
import { AskDialog } from '../shell/ask-dialog.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { useTill } from '../shell/till-context.tsx'
import { OverrideDialog } from '../staff/override-dialog.tsx'
import { textIn } from '../staff/pin-field.tsx'
import { useWords } from '../wording/words.tsx'
import { isManagerRefusal } from './acts.ts'
import { dayText } from './text.ts'

function useClose(): () => void {
  const { store } = useTill()
  return () => store.dispatch({ type: 'reconciliation', event: { type: 'dialog', dialog: null } })
}

/** Why a difference is marked as seen, or handed to the desk; kept with who and when. */
export function ReasonDialog(props: { readonly act: 'mark-seen' | 'hand-to-desk' }) {
  const { reconciliation: words } = useWords()
  const { reconciliation } = useTill()
  const close = useClose()
  const [problem, setProblem] = useState('')
  const { act } = props
  const { reason } = words
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const text = textIn(event.currentTarget, 'reason')
    if (text !== '') return void reconciliation.act(act, text)
    setProblem(reason.missing)
    event.currentTarget.querySelector('input')?.focus()
  }
  return (
    <AskDialog titleId="reason-title" onClose={close}>
      <form className="desk-form" onSubmit={submit}>
        <h2 id="reason-title">{reason.titles[act]}</h2>
        <label>
          <span>{reason.field}</span>
          <input name="reason" type="text" maxLength={80} autoComplete="off" placeholder={reason.hint} />
        </label>
        <p role="alert" className="desk-problem">
          {problem}
        </p>
        <div className="ask-buttons">
          <button type="button" className="action" onClick={close}>
            <Keycap name="Escape" />
            {reason.cancel}
          </button>
          <button type="submit" className="action" data-filled>
            <Keycap name="Enter" />
            {reason.confirm[act]}
          </button>
        </div>
      </form>
    </AskDialog>
  )
}

/** A manager signs the newest run off (I15). */
export function SignOffDialog(props: { readonly detail: ReconcileDayDetail }) {
  const words = useWords()
  const { reconciliation } = useTill()
  const close = useClose()
  const { day } = props.detail
  const { signOff } = words.reconciliation
  return (
    <OverrideDialog
      what={signOff.what(words.channel(day.channel), dayText(day.date), day.open)}
      onProof={async (proof) => {
        const refusal = await reconciliation.signOff(proof, '')
        if (refusal === null) return null
        if (refusal === 'lost') return signOff.refusals.lost
        return isManagerRefusal(refusal) ? refusal : signOff.refusals[refusal.kind]
      }}
      onClose={close}
    />
  )
}

/** The day on paper or as a table. */
export function ReportDialog() {
  const { reconciliation: words } = useWords()
  const { reconciliation } = useTill()
  const close = useClose()
  const { report } = words
  const print = (): void => {
    close()
    // After the dialog has gone from the page, or it would be printed too.
    window.setTimeout(() => window.print(), 0)
  }
  return (
    <AskDialog titleId="report-title" onClose={close}>
      <form
        className="desk-form"
        onSubmit={(event) => {
          event.preventDefault()
          void reconciliation.writeReport()
        }}
        onKeyDown={(event) => {
          // Enter saves wherever the focus is: the button of it says so.
          if (event.key === 'F2') print()
          else if (event.key === 'Enter') void reconciliation.writeReport()
          else return
          event.preventDefault()
        }}
      >
        <h2 id="report-title">{report.title}</h2>
        <div className="ask-buttons">
          <button type="button" className="action" onClick={close}>
            <Keycap name="Escape" />
            {report.cancel}
          </button>
          <button type="button" className="action" onClick={print}>
            <Keycap name="F2" />
            {report.print}
          </button>
          <button type="submit" className="action" data-filled>
            <Keycap name="Enter" />
            {report.save}
          </button>
        </div>
      </form>
    </AskDialog>
  )
}
