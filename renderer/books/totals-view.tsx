import type { HistorySums, HistoryTotals } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { useWords } from '../wording/words.tsx'
import { BarChart } from './chart.tsx'

type Totals = Extract<HistoryTotals, { readonly kind: 'totals' }>
type Line = { readonly name: string; readonly sums: HistorySums }

function SumsTable(props: { readonly title: string; readonly lines: readonly Line[] }) {
  const words = useWords()
  const { heads } = words.books.totals
  const { title, lines } = props
  if (lines.length === 0) return null
  return (
    <table className="sums">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{heads.sales}</th>
          <th scope="col">{heads.sold}</th>
          <th scope="col">{heads.returns}</th>
          <th scope="col">{heads.returned}</th>
          <th scope="col">{heads.net}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, sums }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{sums.sales}</td>
            <td>{yuanText(sums.soldFen)}</td>
            <td>{sums.returns}</td>
            <td>{yuanText(-sums.returnedFen)}</td>
            <td>
              <b>{yuanText(sums.netFen)}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const dayName = (day: string): string => `${day.slice(4, 6)}-${day.slice(6)}`
const wholeDay = (day: string): string => `${day.slice(0, 4)}-${dayName(day)}`
const two = (hour: number): string => String(hour).padStart(2, '0')

/** What everything that the filter leaves comes to: by tender, channel, cashier, hour and day, and drawn. */
export function TotalsView(props: {
  readonly totals: Totals
  readonly cashierName: (cashier: number | null) => string
}) {
  const words = useWords()
  const { totals, cashierName } = props
  const { by, whole, tenders, hour, revoked, open, chart } = words.books.totals
  const { openOrders, openRefunds, openOrdersFen, openRefundsFen } = totals.whole
  const openCount = openOrders + openRefunds
  return (
    <div className="totals">
      <SumsTable title={words.books.totals.title} lines={[{ name: whole, sums: totals.whole }]} />
      {totals.whole.revokes > 0 && <p>{revoked(totals.whole.revokes, yuanText(totals.whole.revokedFen))}</p>}
      {openCount > 0 && <p>{open(openCount, yuanText(openOrdersFen + openRefundsFen))}</p>}
      <SumsTable title={by.tender} lines={totals.byTender.map(({ key, ...sums }) => ({ name: tenders[key], sums }))} />
      <SumsTable
        title={by.channel}
        lines={totals.byChannel.map(({ key, ...sums }) => ({ name: words.channel(key), sums }))}
      />
      <SumsTable
        title={by.cashier}
        lines={totals.byCashier.map(({ key, ...sums }) => ({ name: cashierName(key), sums }))}
      />
      <figure>
        <figcaption>{by.hour}</figcaption>
        <BarChart
          label={chart(by.hour)}
          bars={totals.byHour.map(({ key, netFen }) => ({ key: two(key), name: two(key), fen: netFen }))}
        />
      </figure>
      <SumsTable title={by.hour} lines={totals.byHour.map(({ key, ...sums }) => ({ name: hour(two(key)), sums }))} />
      {totals.byDay.length > 1 && (
        <figure>
          <figcaption>{by.day}</figcaption>
          <BarChart
            label={chart(by.day)}
            bars={totals.byDay.map(({ key, netFen }) => ({ key, name: dayName(key), fen: netFen }))}
          />
        </figure>
      )}
      <SumsTable title={by.day} lines={totals.byDay.map(({ key, ...sums }) => ({ name: wholeDay(key), sums }))} />
    </div>
  )
}
