import type { OrderView } from '../../electron/api/contract.ts'
import type { TrackedOrder } from '../till/tracked.ts'
import { waitFigures } from '../till/tracked.ts'
import { elapsedText, timeLeftText } from '../time/shanghai.ts'
import { useNow } from '../time/use-now.ts'
import { useWords } from '../wording/words.tsx'

/** Below this much time left the words change, before the bar is full (ux.md 13). */
const almostMs = 3_000
const barParts = 1_000

/** How the wait goes: elapsed, left, the bar, what comes at 0:00, and the work in one line (ux.md 12–14). */
export function Wait(props: { readonly tracked: TrackedOrder }) {
  const words = useWords()
  const figures = waitFigures(props.tracked, useNow(200))
  const { view } = props.tracked
  const over = figures.leftMs === 0
  const mayBeTaken = view.moneyWasTaken || view.status === 'unknown'
  const atZero = mayBeTaken ? words.counter.atZeroRefunded : words.counter.atZeroClosed
  const consequence = over ? words.counter.timeIsUp : figures.leftMs < almostMs ? words.counter.almostZero : atZero
  return (
    <div className="wait">
      <p className="wait-times">
        <span>
          {words.counter.elapsed} <b className="figures">{elapsedText(figures.elapsedMs)}</b>
        </span>
        <span>
          {words.counter.left} <b className="figures">{timeLeftText(figures.leftMs)}</b>
        </span>
      </p>
      <progress
        className="wait-bar"
        aria-label={words.counter.progress}
        max={barParts}
        value={Math.round(figures.passed * barParts)}
      />
      <p className="wait-consequence">{consequence}</p>
      <WorkLine view={view} lastAnswerAgoMs={figures.lastAnswerAgoMs} />
    </div>
  )
}

/** What the till has done so far, in one line; its box stays when there is nothing to say. */
export function WorkLine(props: { readonly view: OrderView; readonly lastAnswerAgoMs: number | null }) {
  const words = useWords()
  const { view, lastAnswerAgoMs } = props
  const asked =
    lastAnswerAgoMs === null
      ? words.counter.workNoAnswer(view.queries)
      : words.counter.work(view.queries, Math.floor(lastAnswerAgoMs / 1_000))
  const reason = view.status === 'unknown' && view.unknownReason ? words.unknowns[view.unknownReason] : ''
  return (
    <p className="work-line figures">
      {reason} {view.inFlight === 'query' ? words.counter.asking : asked}
      {view.revokes > 0 && ` · ${words.counter.revokeTry(view.revokes)}`}
    </p>
  )
}
