import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'
import { answerKeys } from './keys.ts'
import { conditionText, jobText } from './printer-text.ts'
import { doubtfulJobs, questionOf, troubledPrinter } from './state.ts'

/** In the strip, so on every screen and in nobody's way: “did it print?”, or the printer that holds receipts back. */
export function PrintChip() {
  const words = useWords()
  const { prints } = useTill()
  const printing = useApp((app) => app.printing)
  const hasKeys = useApp(({ screen }) => screen === 'counter' || screen === 'printing')
  const job = questionOf(printing)
  const printer = troubledPrinter(printing.view)
  const more = doubtfulJobs(printing.view).length - 1
  if (job !== null) {
    return (
      <div className="print-chip" data-kind="question" role="alert">
        <p>
          {words.printing.didItPrint(jobText(words, job))}
          {more > 0 && <span className="figures"> {words.printing.more(more)}</span>}
        </p>
        <button type="button" onClick={() => void prints.answer(true, job.jobId)}>
          {hasKeys && <Keycap name={answerKeys.yes} />}
          {words.printing.yes}
        </button>
        <button type="button" onClick={() => void prints.answer(false, job.jobId)}>
          {hasKeys && <Keycap name={answerKeys.no} />}
          {words.printing.no}
        </button>
      </div>
    )
  }
  if (printer === null) return null
  return (
    <div className="print-chip" data-kind="trouble" role="alert">
      <p>
        <b>{words.printing.stops(conditionText(words, printer.condition))}</b>{' '}
        {printer.waiting > 0 ? words.printing.waiting(printer.waiting) : ''}
      </p>
    </div>
  )
}
