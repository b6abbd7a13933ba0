import type { OrderView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { Icon, type IconName } from '../shell/icons.tsx'
import { orderTail } from '../till/order-tail.ts'
import { isFinal } from '../till/types.ts'
import { clockText } from '../time/shanghai.ts'
import { useWords } from '../wording/words.tsx'
import { isEndScene, type Scene } from './scene.ts'

const icons: Readonly<Record<Scene, IconName>> = {
  starting: 'sending',
  'connection-lost': 'plug',
  'another-window': 'plug',
  idle: 'keypad',
  amount: 'keypad',
  'amount-problem': 'cross',
  scan: 'scan',
  sending: 'sending',
  'answer-lost': 'question',
  'awaiting-payer': 'phone',
  unknown: 'question',
  revoking: 'undo',
  paid: 'check',
  'former-paid': 'check',
  failed: 'cross',
  'revoked-closed': 'closed',
  'revoked-refunded': 'returned',
  attention: 'person',
  'former-open': 'question',
  refused: 'cross',
  cash: 'keypad',
  'cash-due': 'returned',
  'cash-paid': 'check',
  'cash-owed-back': 'cross',
  'cash-returned': 'returned',
}

/** The full-width band: what the state is, and what it means for the money (ux.md 1, 6, 11, 16, 19). */
export function Headline(props: { readonly scene: Scene; readonly order: OrderView | null }) {
  const words = useWords()
  const { scene, order } = props
  const isChargedInDoubt = scene === 'attention' && order?.moneyWasTaken === true
  const end = isEndScene(scene) || scene === 'refused'
  const band = (
    <div className="band">
      <Icon name={icons[scene]} className="band-icon" />
      <div className="band-words">
        <h1 className="band-headline" data-testid="headline">
          {words.scenes[scene].headline}
        </h1>
        <p className="band-money">{isChargedInDoubt ? words.moneyTaken.money : words.scenes[scene].money}</p>
        {/* The eye finds both below the band; a reader is told with the state, and once. */}
        {order && <p className="sr-only">{`${words.wallets[order.wallet]} ${yuanText(order.amountFen)}`}</p>}
      </div>
      {order && (
        <p className="band-order">
          <span>{words.facts.tail(orderTail(order.orderNumber))}</span>
          <span className="figures">
            {clockText(isFinal(order.status) ? order.statusSinceWallMs : order.createdWallMs)}
          </span>
        </p>
      )}
    </div>
  )
  // Both regions are always there, so that a reader hears each change without the focus moving (ux.md 25).
  return (
    <>
      <div role="status" className="live">
        {end ? null : band}
      </div>
      <div role="alert" className="live">
        {end ? band : null}
      </div>
    </>
  )
}
