import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useApp, useTill } from '../shell/till-context.tsx'
import { clockText } from '../time/shanghai.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import { type BooksFilter, filterKinds, filterStates } from './filter.ts'
import { readSearch } from './search.ts'

/** Typing may pause this long before the till is asked. */
const searchDelayMs = 300

/** Who can be meant by a staff number, by its number; empty on a till without staff. */
export function usePeople(): ReadonlyMap<number, string> {
  const { door } = useTill()
  const { data } = useQuery({
    queryKey: ['people'],
    queryFn: async () => {
      const answer = await door.call('staff.state', null)
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply.people
    },
  })
  return new Map((data ?? []).map(({ number, name }) => [number, name]))
}

/** A person as rows and sums name them. */
export const cashierText = (words: Catalogue, people: ReadonlyMap<number, string>, cashier: number | null): string =>
  cashier === null ? words.books.nobody : (people.get(cashier) ?? words.books.number(cashier))

function Choice<Value extends string>(props: {
  readonly label: string
  readonly value: Value | ''
  readonly options: readonly (readonly [Value, string])[]
  readonly onChange: (value: Value | '') => void
}) {
  const words = useWords()
  const { label, value, options, onChange } = props
  return (
    <label>
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => onChange(options.find(([each]) => each === event.currentTarget.value)?.[0] ?? '')}
      >
        <option value="">{words.books.all}</option>
        {options.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Everything that narrows the transactions; the search field has the focus at first. */
export function FilterBar(props: {
  readonly filter: BooksFilter
  readonly onChange: (change: Partial<BooksFilter>) => void
}) {
  const words = useWords()
  const { door } = useTill()
  const snapshot = useApp(({ till }) => till.snapshot)
  const people = usePeople()
  const search = useRef<HTMLInputElement>(null)
  const timer = useRef(0)
  const { filter, onChange } = props
  const { books } = words
  useEffect(() => search.current?.focus(), [])
  useEffect(() => () => window.clearTimeout(timer.current), [])
  const { data: shifts } = useQuery({
    queryKey: ['shifts'],
    queryFn: async () => {
      const answer = await door.call('shift.list', { before: null })
      return answer.ok ? answer.reply.shifts : []
    },
  })
  const wait = (value: string): void => {
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => onChange({ search: value }), searchDelayMs)
  }
  const stateText = (state: (typeof filterStates)[number]): string =>
    state === 'done' || state === 'processing' ? words.refunds.statuses[state] : words.statuses[state]
  return (
    <search className="books-filter">
      <input
        ref={search}
        type="search"
        aria-label={books.search}
        placeholder={books.search}
        autoComplete="off"
        maxLength={64}
        aria-describedby="books-meant"
        onInput={(event) => wait(event.currentTarget.value)}
      />
      <label>
        <span>{books.from}</span>
        <input
          type="date"
          value={filter.firstDay}
          onChange={(event) => onChange({ firstDay: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>{books.to}</span>
        <input
          type="date"
          value={filter.lastDay}
          onChange={(event) => onChange({ lastDay: event.currentTarget.value })}
        />
      </label>
      <div className="books-choices">
        <Choice
          label={books.kind}
          value={filter.kind}
          options={filterKinds.map((each) => [each, books.kinds[each]])}
          onChange={(kind) => onChange({ kind })}
        />
        <Choice
          label={books.state}
          value={filter.state}
          options={filterStates.map((each) => [each, stateText(each)])}
          onChange={(state) => onChange({ state })}
        />
        <Choice
          label={books.channel}
          value={filter.channel}
          options={Object.keys(snapshot?.channelRevokes ?? {}).map((id) => [id, words.channel(id)])}
          onChange={(channel) => onChange({ channel })}
        />
        {people.size > 0 && (
          <Choice
            label={books.cashier}
            value={filter.cashier}
            options={[
              ...[...people].map(([number, name]) => [String(number), name] as const),
              ['0', books.nobody] as const,
            ]}
            onChange={(cashier) => onChange({ cashier })}
          />
        )}
        {shifts && shifts.length > 0 && (
          <Choice
            label={books.shift}
            value={filter.shiftId}
            options={shifts.map(({ shiftId, businessDay, openedWallMs }) => [
              shiftId,
              books.shiftName(businessDay, clockText(openedWallMs).slice(0, 5)),
            ])}
            onChange={(shiftId) => onChange({ shiftId })}
          />
        )}
        <p id="books-meant" className="quiet" role="status">
          {books.meant[readSearch(filter.search).meant]}
        </p>
      </div>
    </search>
  )
}
