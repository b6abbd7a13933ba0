import type { OrderView } from '../../electron/api/contract.ts'
import { enteredText } from '../money/amount-entry.ts'
import { yuanText } from '../money/yuan.ts'
import { WalletMark } from '../shell/wallet-mark.tsx'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import type { Scene } from './scene.ts'
import { type CounterState, splitAtCounter } from './state.ts'

function labelOf(words: Catalogue, scene: Scene): string {
  switch (scene) {
    case 'paid':
    case 'former-paid':
    case 'cash-paid':
      return words.counter.amountPaid
    case 'revoked-refunded':
    case 'cash-returned':
      return words.counter.amountReturned
    case 'failed':
    case 'revoked-closed':
    case 'refused':
    case 'cash-owed-back':
      return words.counter.amountNotTaken
    case 'unknown':
    case 'attention':
    case 'answer-lost':
    case 'former-open':
    case 'revoking':
      return words.counter.amountInDoubt
    default:
      return words.counter.amountDue
  }
}

function amountText(counter: CounterState, order: OrderView | null, scene: Scene): string {
  const { step } = counter
  if (step.kind === 'cash') return yuanText(step.dueFen)
  if (step.kind === 'cash-paid') return yuanText(step.sale.saleAmountFen)
  if (step.kind === 'cash-returned') return yuanText(-step.amountFen)
  const split = splitAtCounter(step)
  if (scene === 'cash-due' && split) return yuanText(split.cashFen)
  // Money that went back carries its sign (ux.md 22).
  if (order) return yuanText(scene === 'revoked-refunded' ? -order.amountFen : order.amountFen)
  return 'sale' in step ? yuanText(step.sale.amountFen) : enteredText(counter.amountText)
}

/** The amount, in the same place and size in every scene (ux.md 1, 5, 21). */
export function AmountBox(props: {
  readonly counter: CounterState
  readonly order: OrderView | null
  readonly scene: Scene
}) {
  const words = useWords()
  const { counter, order, scene } = props
  const text = amountText(counter, order, scene)
  return (
    <div className="amount-box">
      <p className="amount-label">
        {labelOf(words, scene)}
        {order && (
          <span className="amount-wallet">
            <WalletMark wallet={order.wallet} />
            {words.wallets[order.wallet]}
          </span>
        )}
      </p>
      <output className={`amount figures ${text.length > 11 ? 'amount-long' : ''}`} data-testid="amount">
        {text}
      </output>
    </div>
  )
}
