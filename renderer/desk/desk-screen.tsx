import { useEffect } from 'react'
import type { CaseView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { Icon } from '../shell/icons.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { orderTail } from '../till/order-tail.ts'
import { useNow } from '../time/use-now.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { ChannelWords } from '../wording/channel-words.tsx'
import { useWords } from '../wording/words.tsx'
import { CaseDetail } from './case-detail.tsx'
import { CaseList } from './case-list.tsx'
import { settledText } from './case-text.ts'
import { RevokeCaseDialog, TakeOnDialog } from './dialogs.tsx'
import { HandedList } from './handed-list.tsx'
import { type DeskAction, deskKeys, performDesk } from './keys.ts'
import { SettleDialog } from './settle-dialog.tsx'
import { caseFigures, type DeskNotice, mayRevoke, selectedCase } from './state.ts'

/** A case that others settle is read again by itself; a failed reading is tried again. */
const readAgainMs = 15_000

function noticeText(words: Catalogue, notice: DeskNotice): string {
  const { notices } = words.desk
  switch (notice.kind) {
    case 'refunding':
      return notices.refunding(yuanText(notice.amountFen))
    case 'took-on':
      return notices.tookOn(notice.name)
    case 'slip':
      return notices.slip(notice.path)
    case 'slip-failed':
      return notices.slipFailed(notice.path)
    case 'not-now':
      return notices.notNow
    case 'ledger-trouble':
      return words.ledgerTroubles[notice.problem].happened
    default:
      return notices[notice.kind]
  }
}

/** What the till wants to say: cases that were settled and how, else what came of the last act. */
function DeskNotices() {
  const words = useWords()
  const { store } = useTill()
  const settled = useApp(({ desk }) => desk.settled)
  const notice = useApp(({ desk }) => desk.notice)
  const orders = useApp(({ till }) => till.orders)
  return (
    <div className="desk-notices" role="status">
      {settled.map((orderNumber) => {
        const order = orders[orderNumber]?.view
        if (!order) return null
        return (
          <p key={orderNumber} className="desk-settled">
            <span className="status" data-status={order.status} data-effect={order.revokeEffect ?? undefined}>
              <Icon name="check" />
              {words.desk.settled.title(yuanText(order.amountFen), orderTail(orderNumber))}
            </span>{' '}
            {settledText(words, order)}
          </p>
        )
      })}
      {settled.length > 0 && (
        <button
          type="button"
          className="tab"
          onClick={() => store.dispatch({ type: 'desk', event: { type: 'settled-seen' } })}
        >
          <Keycap name="Enter" />
          {words.desk.settled.seen}
        </button>
      )}
      {settled.length === 0 && (
        <p className={notice ? '' : 'quiet'}>{notice ? noticeText(words, notice) : words.desk.hint}</p>
      )}
    </div>
  )
}

function DeskButton(props: {
  readonly action: DeskAction
  readonly words: string
  readonly small?: string
  readonly enabled?: boolean
  readonly filled?: boolean
  readonly danger?: boolean
}) {
  const till = useTill()
  const { action, words, small = '', enabled = true, filled = false, danger = false } = props
  return (
    <button
      type="button"
      className={`action ${danger && enabled ? 'action-danger' : ''}`}
      data-filled={filled}
      disabled={!enabled}
      onClick={() => performDesk(till, action, performance.now())}
    >
      <Keycap name={deskKeys[action]} />
      <span className="action-words">
        {words}
        {small !== '' && <small className="figures">{small}</small>}
      </span>
    </button>
  )
}

/** The acts for the chosen case, in places that never move. */
function DeskActions(props: { readonly view: CaseView; readonly nowMs: number }) {
  const words = useWords()
  const readAtMs = useApp(({ desk }) => desk.readAtMs)
  const asking = useApp(({ desk }) => desk.dialog !== null)
  const { view, nowMs } = props
  const { revokeInMs, revokeLeftMs } = caseFigures(view, readAtMs, nowMs)
  const { actions } = words.desk
  const revokeSmall =
    revokeLeftMs === 0
      ? actions.revokeOver
      : revokeInMs > 0
        ? actions.revokeIn(Math.ceil(revokeInMs / 1_000))
        : words.counter.revokeRefunds
  return (
    <div className="desk-actions">
      <DeskButton
        action="revoke"
        words={actions.revoke}
        small={revokeSmall}
        enabled={mayRevoke(view, readAtMs, nowMs)}
        danger
      />
      <DeskButton action="take-on" words={actions.takeOn} />
      <DeskButton action="slip" words={actions.slip} />
      <DeskButton action="settle" words={actions.settle} />
      <DeskButton action="query" words={actions.query} filled={!asking} />
    </div>
  )
}

/** The desk for doubtful orders (M15): every open case, with all that is known and all that can be done. */
export function DeskScreen() {
  const words = useWords()
  const { store, desk: acts } = useTill()
  const revision = useApp(({ till }) => till.revision)
  const desk = useApp((app) => app.desk)
  const nowMs = useNow(1_000)
  const { cases, dialog, failed } = desk
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed order is what asks for a fresh reading.
  useEffect(() => {
    void acts.read()
    const timer = window.setInterval(() => void acts.read(), readAgainMs)
    return () => window.clearInterval(timer)
  }, [acts, revision])
  const chosen = selectedCase(desk)
  return (
    <main className="desk">
      <div className="orders-head">
        <h1 data-testid="headline">{words.desk.title}</h1>
        <p className="figures">{cases && words.desk.count(cases.length)}</p>
        <button
          type="button"
          className="action"
          data-filled={!chosen}
          onClick={() => store.dispatch({ type: 'screen-changed', screen: 'counter' })}
        >
          <Keycap name="Escape" />
          {words.desk.actions.back}
        </button>
      </div>
      {failed && <p role="alert">{words.desk.failed}</p>}
      <DeskNotices />
      {cases?.length === 0 && <p className="desk-empty">{words.desk.empty}</p>}
      {cases === null && !failed && <p className="desk-empty quiet">{words.desk.loading}</p>}
      <HandedList />
      {chosen && (
        <ChannelWords channel={chosen.order.channel}>
          <div className="desk-panes">
            <CaseList nowMs={nowMs} />
            <CaseDetail key={chosen.order.orderNumber} view={chosen} nowMs={nowMs} />
          </div>
          <DeskActions view={chosen} nowMs={nowMs} />
          {dialog === 'take-on' && <TakeOnDialog view={chosen} />}
          {dialog === 'revoke' && <RevokeCaseDialog view={chosen} />}
          {dialog === 'settle' && <SettleDialog view={chosen} />}
        </ChannelWords>
      )}
    </main>
  )
}
