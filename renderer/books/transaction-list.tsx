import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { HistoryFilter, HistoryPage, HistoryRow } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { Icon } from '../shell/icons.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { WalletMark } from '../shell/wallet-mark.tsx'
import { orderTail } from '../till/order-tail.ts'
import { momentText } from '../time/shanghai.ts'
import { useWords } from '../wording/words.tsx'
import { rowFen, rowState } from './row-text.ts'

const pageRows = 100
/** A row's height in pixels, as `books.css` has it. */
const rowPx = 48
const firstPage: string | null = null

/** The pages of a filter so far, doubtful rows first; `refusal` is what the till said instead of a page. */
export function useTransactions(filter: HistoryFilter) {
  const { door } = useTill()
  const revision = useApp(({ till }) => till.revision)
  const query = useInfiniteQuery({
    queryKey: ['history', filter, revision],
    placeholderData: keepPreviousData,
    initialPageParam: firstPage,
    queryFn: async ({ pageParam }): Promise<HistoryPage> => {
      const answer = await door.call('history.page', {
        filter,
        before: pageParam,
        limit: pageRows,
        doubtfulFirst: true,
      })
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
    getNextPageParam: (last: HistoryPage) => (last.kind === 'page' ? last.next : null),
  })
  const pages = query.data?.pages ?? []
  const refusal = pages.find((page) => page.kind !== 'page') ?? null
  const rows = pages.flatMap((page) => (page.kind === 'page' ? page.rows : []))
  const hidesCash = pages.some((page) => page.kind === 'page' && page.cashHiddenOfShift !== null)
  return { ...query, rows, refusal, hidesCash }
}

function Row(props: { readonly row: HistoryRow; readonly cashier: string; readonly index: number }) {
  const words = useWords()
  const { store } = useTill()
  const { row, cashier, index } = props
  const { orderNumber } = row
  const state = rowState(words, row)
  const open = (): void => {
    if (orderNumber !== null) store.dispatch({ type: 'detail-changed', orderNumber })
  }
  return (
    <tr aria-rowindex={index + 2} data-doubtful={row.isDoubtful} onClick={open}>
      <td className="figures">{momentText(row.wallMs, Date.now())}</td>
      <td>
        {row.wallet && <WalletMark wallet={row.wallet} />} {words.books.kinds[row.kind]}
      </td>
      <td>
        <span className="status" data-status={state.tone} data-effect={state.effect}>
          <Icon name={state.icon} />
          {state.text}
        </span>
      </td>
      <td>{cashier}</td>
      <td className="figures">
        <button
          type="button"
          className="row-open"
          aria-label={words.books.open(orderTail(row.orderNumber ?? row.number))}
          aria-disabled={orderNumber === null}
          onClick={open}
        >
          …{orderTail(row.number)}
        </button>
      </td>
      <td className="figures money">{yuanText(rowFen(row))}</td>
    </tr>
  )
}

/** The rows of a filter; only those in sight are in the page, and further ones are asked for as the end comes near. */
export function TransactionList(props: {
  readonly list: ReturnType<typeof useTransactions>
  readonly cashierName: (cashier: number | null) => string
}) {
  const words = useWords()
  const { list, cashierName } = props
  const { rows, hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (last >= rows.length - 30 && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage])
  return (
    <div ref={scroller} className="orders-list books-list">
      <table aria-label={words.books.rows} aria-rowcount={hasNextPage ? -1 : rows.length + 1}>
        <thead>
          <tr>
            <th>{words.orders.time}</th>
            <th>{words.books.kind}</th>
            <th>{words.facts.status}</th>
            <th>{words.books.cashier}</th>
            <th>{words.facts.orderNumber}</th>
            <th className="money">{words.facts.amount}</th>
          </tr>
        </thead>
        <tbody>
          {first > 0 && (
            <tr className="spacer">
              <td colSpan={6} height={first * rowPx} />
            </tr>
          )}
          {items.map(({ index }) => {
            const row = rows[index]
            return (
              row && (
                <Row key={`${row.kind} ${row.number}`} row={row} index={index} cashier={cashierName(row.cashier)} />
              )
            )
          })}
          {last < rows.length - 1 && last >= 0 && (
            <tr className="spacer">
              <td colSpan={6} height={(rows.length - 1 - last) * rowPx} />
            </tr>
          )}
        </tbody>
      </table>
      {list.isError && <p role="alert">{words.books.failed}</p>}
      {list.isPending && <p className="quiet">{words.books.reading}</p>}
      {!list.isPending && !list.isError && rows.length === 0 && <p className="quiet">{words.books.empty}</p>}
    </div>
  )
}
