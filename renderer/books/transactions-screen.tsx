import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { HistoryFilter, HistoryTotals } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { moveFocus } from '../orders/move-focus.ts'
import { OrderDetailPanel } from '../orders/order-detail.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { SectionHead } from '../shell/section-head.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { OverrideDialog } from '../staff/override-dialog.tsx'
import { dateText } from '../time/shanghai.ts'
import { useWords } from '../wording/words.tsx'
import { type BooksFilter, filterOfDay, historyFilter } from './filter.ts'
import { cashierText, FilterBar, usePeople } from './filter-bar.tsx'
import { TotalsView } from './totals-view.tsx'
import { TransactionList, useTransactions } from './transaction-list.tsx'
import { fileText, useFile } from './use-file.ts'

const keys = { totals: 'F2', xlsx: 'F3', csv: 'F4', print: 'F6' } as const
type BooksAct = keyof typeof keys

function useTotals(filter: HistoryFilter) {
  const { door } = useTill()
  const revision = useApp(({ till }) => till.revision)
  return useQuery({
    queryKey: ['history-totals', filter, revision],
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<HistoryTotals> => {
      const answer = await door.call('history.totals', { filter })
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
  })
}

/** What a cashier sees in place of everybody's books, and the way to a manager's word. */
function Locked() {
  const words = useWords()
  const { door } = useTill()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  const { locked } = words.books
  return (
    <div className="books-locked">
      <p>{locked.sentence}</p>
      <button ref={button} type="button" className="action" onClick={() => setAsking(true)}>
        <Keycap name="Enter" />
        {locked.ask}
      </button>
      {asking && (
        <OverrideDialog
          what={locked.what}
          onProof={async (manager) => {
            const answer = await door.call('history.allow', { manager })
            if (!answer.ok) return locked.lost
            if (answer.reply.kind === 'refused') return answer.reply.refusal
            setAsking(false)
            await queries.invalidateQueries()
            return null
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}

function TransactionBooks(props: { readonly today: string }) {
  const words = useWords()
  const detail = useApp((app) => app.detail)
  const people = usePeople()
  const file = useFile()
  const [filter, setFilter] = useState<BooksFilter>(() => filterOfDay(props.today))
  const [shows, setShows] = useState<'list' | 'totals'>('list')
  const asked = historyFilter(filter)
  const list = useTransactions(asked)
  const totals = useTotals(asked)
  const { books } = words
  const whole = totals.data?.kind === 'totals' ? totals.data : null
  const doubtful = list.rows.filter(({ isDoubtful }) => isDoubtful).length
  const cashierName = (cashier: number | null): string => cashierText(words, people, cashier)

  const perform = (act: BooksAct): void => {
    if (act === 'totals') setShows(shows === 'list' ? 'totals' : 'list')
    else if (act === 'print') window.print()
    else file.write({ kind: shows === 'list' ? 'transactions' : 'totals', filter: asked }, act)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (detail !== null) return
    const acts = Object.keys(keys) as readonly BooksAct[] // the keys of the record above
    const act = acts.find((each) => keys[each] === event.key)
    if (act !== undefined) {
      perform(act)
      event.preventDefault()
    } else if (shows === 'list' && !(event.target instanceof HTMLSelectElement)) moveFocus(event)
  }
  const button = (act: BooksAct, name: string) => (
    <button type="button" className="action" onClick={() => perform(act)}>
      <Keycap name={keys[act]} />
      {name}
    </button>
  )
  return (
    <main className="orders books" onKeyDown={onKeyDown}>
      <SectionHead section="transactions">
        <p className="figures" data-testid="net">
          {whole && books.net(yuanText(whole.whole.netFen))}
        </p>
      </SectionHead>
      {list.refusal?.kind === 'manager-needed' ? (
        <Locked />
      ) : (
        <>
          <FilterBar filter={filter} onChange={(change) => setFilter((known) => ({ ...known, ...change }))} />
          {shows === 'list' ? (
            <TransactionList list={list} cashierName={cashierName} />
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within the keyboard's reach (WCAG 2.1.1).
            <section className="orders-list books-totals" tabIndex={0} aria-label={books.totals.title}>
              {whole && <TotalsView totals={whole} cashierName={cashierName} />}
              {!whole && <p className="quiet">{totals.isError ? books.failed : books.reading}</p>}
            </section>
          )}
          <div className="books-foot">
            <p className="quiet" role="status">
              {fileText(words, file.state)}
              {file.state.kind === 'none' && (doubtful > 0 ? books.doubtful(doubtful) : books.hint)}{' '}
              {list.hidesCash && books.hidden}
            </p>
            {button('totals', shows === 'list' ? books.acts.totals : books.acts.list)}
            {button('xlsx', books.exporting.xlsx)}
            {button('csv', books.exporting.csv)}
            {button('print', books.acts.print)}
          </div>
        </>
      )}
      {detail !== null && <OrderDetailPanel orderNumber={detail} />}
    </main>
  )
}

/** The manager's view: every transaction of a shift, a day, a cashier or a channel, found, added up and written out. */
export function TransactionsScreen() {
  const { door } = useTill()
  const { data } = useQuery({
    queryKey: ['today'],
    queryFn: async () => {
      const answer = await door.call('shift.state', null)
      const day = answer.ok ? answer.reply.today : ''
      return /^\d{8}$/.test(day) ? `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}` : day || dateText(Date.now())
    },
  })
  return data === undefined ? <main className="orders books" /> : <TransactionBooks today={data} />
}
