import type { ShiftReport } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { useApp } from '../shell/till-context.tsx'
import { momentText } from '../time/shanghai.ts'
import { useWords } from '../wording/words.tsx'
import { nameOf } from './people-names.ts'

type Sums = ShiftReport['totals']['byTender'][number]
type Row = { readonly key: string; readonly name: string; readonly sums: Omit<Sums, 'key'> }

function SumsRows(props: { readonly rows: readonly Row[] }) {
  return props.rows.map(({ key, name, sums }) => (
    <tr key={key}>
      <th scope="row">{name}</th>
      <td className="money">{sums.sales}</td>
      <td className="money">{yuanText(sums.soldFen)}</td>
      <td className="money">{yuanText(-sums.returnedFen)}</td>
      <td className="money">{yuanText(sums.soldFen - sums.returnedFen)}</td>
    </tr>
  ))
}

function Drawer(props: { readonly report: ShiftReport }) {
  const words = useWords()
  const { count, differenceReason, allowedBy } = props.report
  const { drawer } = words.shifts
  if (count === null) return null
  const { differenceFen } = count
  const verdict = differenceFen === 0 ? drawer.even : differenceFen > 0 ? drawer.over : drawer.short
  return (
    <dl className="report-drawer figures" data-mark={differenceFen === 0 ? 'good' : 'bad'}>
      <dt>{drawer.expected}</dt>
      <dd className="money">{yuanText(count.expectedFen)}</dd>
      <dt>{drawer.counted}</dt>
      <dd className="money">{yuanText(count.countedFen)}</dd>
      <dt>
        {drawer.difference} <b>{verdict}</b>
      </dt>
      <dd className="money" data-testid="drawer-difference">
        {yuanText(differenceFen)}
      </dd>
      {differenceReason !== null && <dd className="report-why">{drawer.reason(differenceReason)}</dd>}
      {allowedBy !== null && <dd className="report-why">{drawer.allowedBy(allowedBy)}</dd>}
    </dl>
  )
}

/** A shift's report: totals by each side, the drawer, what is open, and what was decided after the close. */
export function ReportPanel(props: { readonly report: ShiftReport }) {
  const words = useWords()
  const staff = useApp(({ crew }) => crew.staff)
  const { report } = props
  const { totals, open, supplements, amended, shift } = report
  const { rows, tenders } = words.shifts
  const title = shift === null ? words.shifts.dayReport : words.shifts[report.kind]
  const groups: readonly (readonly Row[])[] = [
    totals.byTender.map((sums) => ({ key: `t${sums.key}`, name: tenders[sums.key], sums })),
    totals.byChannel.map((sums) => ({ key: `c${sums.key}`, name: words.channel(sums.key), sums })),
    totals.byCashier.map((sums) => ({ key: `p${sums.key}`, name: nameOf(words, staff, sums.key), sums })),
  ]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard.
    <section className="crew-detail report" tabIndex={0} aria-labelledby="report-title" data-testid="shift-report">
      <h2 id="report-title">{title}</h2>
      <p className="figures quiet">
        {report.shiftId} · {words.shifts.made(momentText(report.madeWallMs, Date.now()))}
      </p>
      {report.isBlind && <p>{words.shifts.blindNote}</p>}
      <table className="crew-table figures">
        <thead>
          <tr>
            <th scope="col">{rows.by}</th>
            <th scope="col" className="money">
              {rows.count}
            </th>
            <th scope="col" className="money">
              {rows.sold}
            </th>
            <th scope="col" className="money">
              {rows.returned}
            </th>
            <th scope="col" className="money">
              {rows.net}
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <SumsRows key={group[0]?.key ?? 'none'} rows={group} />
          ))}
        </tbody>
        <tfoot data-testid="report-total">
          <SumsRows rows={[{ key: 'all', name: rows.total, sums: totals }]} />
        </tfoot>
      </table>
      <Drawer report={report} />
      {open.length > 0 && (
        <>
          <h3>{words.shifts.stillOpen(open.length)}</h3>
          <ul className="report-open figures">
            {open.map(({ subjectId, amountFen }) => (
              <li key={subjectId}>
                {subjectId} <span className="money">{yuanText(amountFen)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {supplements.length > 0 && (
        <>
          <h3>{words.shifts.supplements(supplements.length)}</h3>
          <p className="figures">{words.shifts.amended(yuanText(amended.netFen))}</p>
        </>
      )}
      {shift !== null && shift.handOvers.length > 0 && (
        <ul className="figures">
          {shift.handOvers.map(({ at, from, to }) => (
            <li key={at.wallMs}>
              {words.shifts.handedOver(
                nameOf(words, staff, from),
                nameOf(words, staff, to),
                momentText(at.wallMs, Date.now()),
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
