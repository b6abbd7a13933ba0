import type { ReconcileDayDetail } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { useApp } from '../shell/till-context.tsx'
import { momentText } from '../time/shanghai.ts'
import { useWords } from '../wording/words.tsx'
import { dayText, differenceText, markText } from './text.ts'

/** The report as it is printed; on the screen it is not shown. */
export function Paper(props: { readonly detail: ReconcileDayDetail }) {
  const words = useWords()
  const store = useApp(({ till }) => till.snapshot?.store.name ?? '')
  const { day, run, differences, leftOut, signOff } = props.detail
  const { reconciliation: texts } = words
  const { facts, rows } = texts
  if (run === null) return null
  return (
    <article className="reconcile-paper figures" aria-hidden="true">
      <h1>{texts.report.paper}</h1>
      <p>
        {store} · {texts.title(words.channel(day.channel), dayText(day.date))} · {texts.states[day.state]}
      </p>
      <p>
        {facts.run(run.run, momentText(run.startedWallMs, Date.now()))} · {facts.lines} {run.lines} · {facts.matched}{' '}
        {run.matched} · {facts.billNet} {yuanText(run.billNetFen)} · {facts.bookNet} {yuanText(run.bookNetFen)} ·{' '}
        {facts.gap} {differenceText(run.billNetFen - run.bookNetFen)}
      </p>
      <p>SHA-256 {run.file?.sha256 ?? facts.nothingMoved}</p>
      <table>
        <tbody>
          {differences.map((difference) => (
            <tr key={difference.key}>
              <td>{texts.causes[difference.cause].name}</td>
              <td>{difference.refundNumber ?? difference.orderNumber}</td>
              <td>{difference.lineNumber === null ? '' : `${rows.line} ${difference.lineNumber}`}</td>
              <td>{differenceText(difference.differenceFen)}</td>
              <td>{markText(words, difference)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {leftOut > 0 && <p>{texts.leftOut(leftOut)}</p>}
      {signOff !== null && <p>{texts.signOff.by(signOff.by, momentText(signOff.atWallMs, Date.now()), signOff.run)}</p>}
    </article>
  )
}
