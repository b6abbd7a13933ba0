import { type DragEvent, useEffect } from 'react'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'
import { Day } from './day.tsx'
import { Days } from './days.tsx'
import { ReasonDialog, ReportDialog, SignOffDialog } from './dialogs.tsx'
import { fileFieldId } from './keys.ts'
import { Paper } from './paper.tsx'

/** Reconciliation (M14): the days, one day of them, and what a person does about it. */
export function ReconciliationScreen() {
  const words = useWords()
  const { reconciliation } = useTill()
  const isOpen = useApp((app) => app.reconciliation.isOpen)
  const detail = useApp((app) => app.reconciliation.detail)
  const dialog = useApp((app) => app.reconciliation.dialog)
  useEffect(() => void reconciliation.read(), [reconciliation])
  const onDrop = (event: DragEvent): void => {
    event.preventDefault()
    const [file] = event.dataTransfer.files
    if (file) void reconciliation.bring(file)
  }
  return (
    <main className="reconciliation" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <input
        id={fileFieldId}
        type="file"
        className="reconcile-file"
        tabIndex={-1}
        aria-label={words.reconciliation.dayActs.bring}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (file) void reconciliation.bring(file)
        }}
      />
      {isOpen && detail !== null ? <Day detail={detail} /> : <Days />}
      {(dialog === 'mark-seen' || dialog === 'hand-to-desk') && <ReasonDialog act={dialog} />}
      {dialog === 'sign-off' && detail !== null && <SignOffDialog detail={detail} />}
      {dialog === 'report' && <ReportDialog />}
      {detail !== null && <Paper detail={detail} />}
    </main>
  )
}
