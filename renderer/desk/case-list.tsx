import { useEffect, useRef } from 'react'
import type { CaseView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { Icon } from '../shell/icons.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { WalletMark } from '../shell/wallet-mark.tsx'
import { orderTail } from '../till/order-tail.ts'
import { momentText } from '../time/shanghai.ts'
import { useWords } from '../wording/words.tsx'
import { revokeLeftText } from './case-text.ts'
import { caseFigures } from './state.ts'

function CaseRow(props: { readonly view: CaseView; readonly nowMs: number; readonly chosen: boolean }) {
  const words = useWords()
  const { store } = useTill()
  const readAtMs = useApp(({ desk }) => desk.readAtMs)
  const button = useRef<HTMLButtonElement>(null)
  const { view, nowMs, chosen } = props
  const { order } = view
  const { revokeLeftMs } = caseFigures(view, readAtMs, nowMs)
  useEffect(() => {
    if (!chosen) return
    button.current?.focus()
    button.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <li>
      <button
        ref={button}
        type="button"
        className="case-row"
        aria-current={chosen}
        data-owned={order.caseOwner !== null}
        onClick={() => store.dispatch({ type: 'desk', event: { type: 'selected', orderNumber: order.orderNumber } })}
      >
        <span className="case-row-first">
          <WalletMark wallet={order.wallet} />
          <b className="figures">{yuanText(order.amountFen)}</b>
          <span className="figures">…{orderTail(order.orderNumber)}</span>
        </span>
        <span className="figures" data-urgent={revokeLeftMs < 3_600_000}>
          {revokeLeftText(words, revokeLeftMs)}
        </span>
        <span className="quiet figures">
          {words.desk.since(momentText(order.statusSinceWallMs, Date.now()))}
          {' · '}
          <Icon name="person" /> {order.caseOwner === null ? words.desk.nobody : words.desk.owner(order.caseOwner)}
        </span>
      </button>
    </li>
  )
}

/** Every open case, the earliest deadline first. */
export function CaseList(props: { readonly nowMs: number }) {
  const words = useWords()
  const cases = useApp(({ desk }) => desk.cases)
  const selected = useApp(({ desk }) => desk.selected)
  return (
    <ul className="case-list" aria-label={words.desk.list}>
      {(cases ?? []).map((view) => (
        <CaseRow
          key={view.order.orderNumber}
          view={view}
          nowMs={props.nowMs}
          chosen={view.order.orderNumber === selected}
        />
      ))}
    </ul>
  )
}
