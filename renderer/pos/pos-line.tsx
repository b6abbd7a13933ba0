import type { CounterState } from '../counter/state.ts'
import { useApp } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'
import { waitingOf } from './offer.ts'

/** Says that the amount at the counter is the POS's, and under which reference; or why no POS reaches this till. */
export function PosLine(props: { readonly step: CounterState['step'] }) {
  const words = useWords()
  const view = useApp(({ till }) => till.snapshot?.pos ?? null)
  const count = useApp((app) => waitingOf(app).length)
  const { step } = props
  if (step.kind === 'amount' && view?.kind === 'trouble') {
    return (
      <p className="pos-line" role="status" data-trouble="true">
        {words.pos.trouble[view.because]}
      </p>
    )
  }
  const sale = step.kind === 'scan' || step.kind === 'sending' || step.kind === 'refused' ? step.sale : undefined
  if (sale?.pos === undefined) return null
  const { reference, subject, cashier } = sale.pos
  const behind = step.kind === 'sending' ? 0 : count - 1
  return (
    <p className="pos-line" role="status">
      <strong>{words.pos.from(reference)}</strong>
      {[subject, cashier]
        .filter((each) => each !== null)
        .map((each) => (
          <span key={each}>{each}</span>
        ))}
      {behind > 0 && <span className="quiet">{words.pos.others(behind)}</span>}
    </p>
  )
}
