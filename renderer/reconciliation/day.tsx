import { useEffect, useRef } from 'react'
import type { DayDifference, ReconcileDayDetail } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { orderTail } from '../till/order-tail.ts'
import { useWords } from '../wording/words.tsx'
import { DayLight } from './days.tsx'
import { actKeys, performAct } from './keys.ts'
import { actsOf, chosenDifference } from './state.ts'
import { dayText, differenceText, markText, pairRows, saidText } from './text.ts'

function DifferenceRow(props: { readonly difference: DayDifference; readonly isChosen: boolean }) {
  const words = useWords()
  const { store } = useTill()
  const button = useRef<HTMLButtonElement>(null)
  const { difference, isChosen } = props
  const { cause, orderNumber, differenceFen, isAlarm, mark, isNew, key, lines } = difference
  const { reconciliation: texts } = words
  useEffect(() => {
    if (!isChosen) return
    button.current?.focus()
    button.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  const which = orderNumber === '' ? (lines > 1 ? texts.many(lines) : '') : `…${orderTail(orderNumber)}`
  return (
    <li>
      <button
        ref={button}
        type="button"
        className="case-row"
        aria-current={isChosen}
        data-cause={cause}
        data-alarm={isAlarm && mark === null}
        onClick={() => store.dispatch({ type: 'reconciliation', event: { type: 'difference-chosen', key } })}
      >
        <span className="case-row-first">
          <span className="day-sign" aria-hidden="true">
            {mark !== null ? '✓' : isAlarm ? '!' : '–'}
          </span>
          <b>{texts.causes[cause].name}</b>
          {isNew && <span className="difference-new">{texts.isNew}</span>}
        </span>
        <span className="figures">
          {which} {differenceFen === 0 ? '' : differenceText(differenceFen)}
        </span>
      </button>
    </li>
  )
}

function Difference(props: { readonly difference: DayDifference }) {
  const words = useWords()
  const { difference } = props
  const { reconciliation: texts } = words
  const { cause, differenceFen, detail, lineNumber, ours, theirs } = difference
  const { name, means, next } = texts.causes[cause]
  const mark = markText(words, difference)
  return (
    // Longer than a small screen for some differences: it scrolls, so it takes the focus.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard.
    <section className="case-detail difference" tabIndex={0} aria-labelledby="difference-cause">
      <h2 id="difference-cause">
        {name} {differenceFen !== 0 && <span className="figures">{differenceText(differenceFen)}</span>}
      </h2>
      <p>
        <b>{means}</b>
      </p>
      <p>{next}</p>
      {mark !== '' && (
        <p className="figures">
          <span aria-hidden="true">✓</span> {mark}
        </p>
      )}
      {(ours !== null || theirs !== null) && (
        <table className="pair figures">
          <thead>
            <tr>
              <td />
              <th scope="col">{texts.ours}</th>
              <th scope="col">{texts.theirs}</th>
            </tr>
          </thead>
          <tbody>
            {pairRows(words, difference).map(([row, here, there]) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                <td>{here}</td>
                <td>{there}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {theirs === null && detail !== null && (
        <p className="figures">
          {lineNumber !== null && `${texts.rows.line} ${lineNumber}: `}
          {detail}
        </p>
      )}
    </section>
  )
}

function ActButtons(props: { readonly difference: DayDifference }) {
  const { reconciliation: words } = useWords()
  const till = useTill()
  const asking = useApp(({ reconciliation }) => reconciliation.dialog !== null)
  const [first, ...others] = actsOf(props.difference)
  return (
    <div className="reconcile-actions">
      {others.map((act) => (
        <button key={act} type="button" className="action" onClick={() => performAct(till, act)}>
          <Keycap name={actKeys[act]} />
          {words.acts[act]}
        </button>
      ))}
      {first && (
        <button type="button" className="action" data-filled={!asking} onClick={() => performAct(till, first)}>
          <Keycap name="Enter" />
          {words.acts[first]}
        </button>
      )}
    </div>
  )
}

/** One day: each difference with its cause in words, the pair of records side by side, and one key to act. */
export function Day(props: { readonly detail: ReconcileDayDetail }) {
  const words = useWords()
  const { reconciliation } = useTill()
  const state = useApp((app) => app.reconciliation)
  const { day, run, differences, leftOut, gone } = props.detail
  const { reconciliation: texts } = words
  const shown = chosenDifference(state)
  return (
    <>
      <div className="orders-head">
        <h1 data-testid="headline">{texts.title(words.channel(day.channel), dayText(day.date))}</h1>
        <p className="figures">
          <DayLight day={day} />{' '}
          {run !== null && `${texts.facts.matched} ${run.matched} · ${differenceText(run.billNetFen - run.bookNetFen)}`}
        </p>
        <button
          type="button"
          className="action"
          data-filled={shown === null}
          onClick={() => reconciliation.open(false)}
        >
          <Keycap name="Escape" />
          {texts.back}
        </button>
      </div>
      <p className={state.said === null ? 'quiet reconcile-said' : 'reconcile-said'} role="status">
        {state.said !== null
          ? saidText(words, state.said)
          : [gone.length > 0 ? texts.gone(gone.length) : '', leftOut > 0 ? texts.leftOut(leftOut) : '']
              .filter((text) => text !== '')
              .join(' · ')}
      </p>
      {shown === null && <p className="desk-empty">{run === null ? texts.meanings[day.state] : texts.agreed}</p>}
      {shown !== null && (
        <>
          <div className="desk-panes">
            <ul className="case-list" aria-label={texts.list}>
              {differences.map((each) => (
                <DifferenceRow key={each.key} difference={each} isChosen={each.key === shown.key} />
              ))}
              {(run?.otherTills ?? []).map(({ till, lines, netFen }) => (
                <li key={till} className="quiet figures other-till">
                  {texts.facts.otherTill(till, lines, yuanText(netFen))}
                </li>
              ))}
            </ul>
            <Difference difference={shown} />
          </div>
          <ActButtons difference={shown} />
        </>
      )}
    </>
  )
}
