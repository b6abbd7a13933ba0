import { useEffect, useRef } from 'react'
import type { ReconcileDayView, ReconcileOverview } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { Keycap } from '../shell/keycap.tsx'
import { SectionHead } from '../shell/section-head.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { momentText } from '../time/shanghai.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import { dayKeys, performDay } from './keys.ts'
import { dayOf } from './state.ts'
import { dayText, differenceText, lastTryText, saidText } from './text.ts'

/** A sign for each state, so that no state is told by colour alone. */
const signs: Readonly<Record<ReconcileDayView['state'], string>> = {
  agrees: '✓',
  explained: '✓',
  look: '!',
  'looked-at': '✓',
  'no-bill-yet': '–',
  'not-had': '✗',
  'file-awaited': '–',
  waiting: '…',
  running: '…',
}

/** The light of a day and its word. */
export function DayLight(props: { readonly day: ReconcileDayView }) {
  const { reconciliation: words } = useWords()
  const { day } = props
  return (
    <span className="day-light" data-state={day.state}>
      <span className="day-sign" aria-hidden="true">
        {signs[day.state]}
      </span>
      {words.states[day.state]}
    </span>
  )
}

function smallText({ reconciliation: words }: Catalogue, { open, isSignedOff, supplements }: ReconcileDayView): string {
  const parts = [
    ...(open > 0 ? [words.open(open)] : []),
    ...(isSignedOff ? [words.signedOff] : []),
    ...(supplements > 0 ? [words.supplements(supplements)] : []),
  ]
  return parts.join(' · ')
}

function DayCell(props: { readonly day: ReconcileDayView; readonly isChosen: boolean; readonly name: string }) {
  const words = useWords()
  const { reconciliation } = useTill()
  const button = useRef<HTMLButtonElement>(null)
  const { day, isChosen, name } = props
  useEffect(() => {
    if (!isChosen) return
    button.current?.focus()
    button.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  const small = smallText(words, day)
  return (
    <td>
      <button
        ref={button}
        type="button"
        aria-current={isChosen ? 'true' : undefined}
        aria-label={`${name} ${dayText(day.date)} ${words.reconciliation.states[day.state]} ${small}`}
        data-day={`${day.channel}/${day.date}`}
        onFocus={() => reconciliation.choose(day)}
        onDoubleClick={() => reconciliation.open(true)}
      >
        <DayLight day={day} />
        {small !== '' && <small className="figures">{small}</small>}
      </button>
    </td>
  )
}

function Grid(props: { readonly overview: ReconcileOverview }) {
  const words = useWords()
  const cell = useApp(({ reconciliation }) => reconciliation.cell)
  const { dates, days, channels } = props.overview
  const shown = channels.filter(({ bill }) => bill !== 'none')
  return (
    <div className="reconcile-grid">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.reconciliation.day}</th>
            {shown.map(({ id }) => (
              <th key={id} scope="col">
                {words.channel(id)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {dates.map((date) => (
            <tr key={date}>
              <th scope="row" className="figures">
                {dayText(date)}
              </th>
              {shown.map(({ id }) => {
                const day = days.find((each) => each.channel === id && each.date === date)
                const isChosen = cell?.channel === id && cell.date === date
                return day ? (
                  <DayCell key={id} day={day} isChosen={isChosen} name={words.channel(id)} />
                ) : (
                  <td key={id} />
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What is known of the chosen day: its sums, its file, why there is none, and who signed. */
function DaySummary(props: { readonly day: ReconcileDayView; readonly overview: ReconcileOverview }) {
  const words = useWords()
  const detail = useApp(({ reconciliation }) => reconciliation.detail)
  const { day, overview } = props
  const { reconciliation: texts } = words
  const { facts } = texts
  const run = detail?.run ?? null
  const signOff = detail?.signOff ?? null
  const { running } = overview.job
  const isRunning = running?.channel === day.channel && running.date === day.date
  const readyAtHour = overview.channels.find(({ id }) => id === day.channel)?.readyAtHour ?? null
  const megabytes = isRunning ? (running.bytes / 1_000_000).toFixed(0) : '0'
  return (
    <section className="reconcile-summary" aria-labelledby="reconcile-day">
      <h2 id="reconcile-day">{texts.title(words.channel(day.channel), dayText(day.date))}</h2>
      <p>
        <DayLight day={day} /> {texts.meanings[day.state]}
      </p>
      {isRunning && (
        <p className="figures">
          {running.phase === 'asking' ? texts.progress.asking : texts.progress.reading(megabytes)}
        </p>
      )}
      {day.state === 'no-bill-yet' && readyAtHour !== null && <p className="figures">{texts.readyAt(readyAtHour)}</p>}
      {day.lastTry !== null && <p className="figures">{lastTryText(words, day)}</p>}
      {run !== null && (
        <dl className="reconcile-facts figures">
          <dt>{facts.billNet}</dt>
          <dd>{yuanText(run.billNetFen)}</dd>
          <dt>{facts.bookNet}</dt>
          <dd>{yuanText(run.bookNetFen)}</dd>
          <dt>{facts.gap}</dt>
          <dd data-gap={run.billNetFen !== run.bookNetFen}>{differenceText(run.billNetFen - run.bookNetFen)}</dd>
          <dt>{facts.lines}</dt>
          <dd>
            {run.lines} · {facts.matched} {run.matched}
          </dd>
          <dt>{facts.file}</dt>
          <dd className="small-print">{run.file?.name ?? facts.nothingMoved}</dd>
        </dl>
      )}
      {run !== null && <p className="quiet figures">{facts.run(run.run, momentText(run.startedWallMs, Date.now()))}</p>}
      {signOff !== null && (
        <p className="figures">
          <span aria-hidden="true">✓</span>{' '}
          {texts.signOff.by(signOff.by, momentText(signOff.atWallMs, Date.now()), signOff.run)}
        </p>
      )}
      {signOff !== null && !signOff.isIntact && <p role="alert">{texts.signOff.changed}</p>}
    </section>
  )
}

function DayButtons() {
  const { reconciliation: words } = useWords()
  const till = useTill()
  const hasRun = useApp(({ reconciliation }) => reconciliation.detail?.run != null)
  const names = Object.keys(dayKeys) as readonly (keyof typeof dayKeys)[] // the keys of the record
  return (
    <div className="reconcile-actions">
      {names.map((each) => (
        <button
          key={each}
          type="button"
          className="action"
          disabled={!hasRun && (each === 'report' || each === 'sign-off')}
          onClick={() => performDay(till, each)}
        >
          <Keycap name={dayKeys[each]} />
          {words.dayActs[each]}
        </button>
      ))}
      <button type="button" className="action" onClick={() => till.reconciliation.open(true)}>
        <Keycap name="Enter" />
        {words.dayActs.enter}
      </button>
    </div>
  )
}

/** The days of every channel, each a light and a word, and what is known of the chosen one. */
export function Days() {
  const words = useWords()
  const state = useApp((app) => app.reconciliation)
  const { overview, said } = state
  const day = dayOf(state, state.cell)
  const { reconciliation: texts } = words
  return (
    <>
      <SectionHead section="reconciliation" />
      {overview === 'lost' && <p role="alert">{texts.lost}</p>}
      {overview === null && <p className="desk-empty quiet">{texts.loading}</p>}
      {overview !== null && overview !== 'lost' && overview.days.length === 0 && (
        <p className="desk-empty">{texts.empty}</p>
      )}
      {overview !== null && overview !== 'lost' && day !== null && (
        <>
          <div className="reconcile-panes">
            <Grid overview={overview} />
            <DaySummary day={day} overview={overview} />
          </div>
          <p className={said === null ? 'quiet reconcile-said' : 'reconcile-said'} role="status">
            {said === null ? texts.hint : saidText(words, said)}
          </p>
          <DayButtons />
        </>
      )}
    </>
  )
}
