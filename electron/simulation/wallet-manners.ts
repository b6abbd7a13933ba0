import { type ServerName, serverManners } from '../training/server-name.ts'
import type { WalletName } from './customers.ts'

/** How a wallet behaves behind the channel that it is reached through; the books of `wallet.ts` go by it. */
export type WalletManners = {
  /** Whose codes it takes. */
  readonly codes: WalletName
  /** When it ends an order that nobody paid, by itself. */
  readonly closesUnpaidAfterMs: number
  /** How an order stands whose payer gave up. */
  readonly givenUp: 'payment-failed' | 'unpaid'
  /** Whether its channel's wire can tell a failure that the references doubt (◇), with money taken behind it. */
  readonly tellsDoubtfulFailures: boolean
  /** Whether a query can say "payment failed" of an order that was paid (WeChat's PAYERROR; wechat.md §4.3). */
  readonly saysFailedOfPaid: boolean
  /** Whether a refund is done when it is answered (Alipay), or later. */
  readonly refundsAtOnce: boolean
  /** Before this age no revoke may reach it, whatever the till believes. */
  readonly revokeMinAgeMs: number
  /** Whether there is a revoke at all. */
  readonly canRevoke: boolean
  /**
   * Whether a query reads a row that was written before the wallet was asked (Jeepay; jeepay.md §5, P5 and Q7), so that an order
   * whose pay request was answered is always found, whatever else the row does not say yet.
   */
  readonly findsAtOnce: boolean
  /** Whether a refund that failed at the first try stays failed in its own database, whatever the wallet did (Jeepay). */
  readonly keepsRefundFailures: boolean
}

/** wechat.md §5, and the same figures wherever WeChat's codes pass through; the others document none. */
const minAgeMs = { wechat: 15_000, alipay: 0, unionpay: 0 } as const satisfies Record<WalletName, number>

/** wechat.md §5; what the till tells Alipay (`2m`); for the others what their training servers have. */
const closesUnpaidAfterMs = {
  wechat: 47_000,
  'wechat-v3': 47_000,
  alipay: 120_000,
  unionpay: 90_000,
  qra: 90_000,
  icbc: 90_000,
  backend: 120_000,
  jeepay: 120_000,
} as const satisfies Record<ServerName, number>

/** A wallet behind a channel. */
export function walletManners(channel: ServerName, codes: WalletName): WalletManners {
  const isWechatItself = channel === 'wechat' || channel === 'wechat-v3'
  return {
    codes,
    closesUnpaidAfterMs: closesUnpaidAfterMs[channel],
    givenUp: codes === 'wechat' ? 'payment-failed' : 'unpaid',
    tellsDoubtfulFailures: channel === 'wechat' || channel === 'alipay', // the training servers have no such story
    saysFailedOfPaid: isWechatItself,
    refundsAtOnce: serverManners[channel].refundsAtOnce,
    revokeMinAgeMs: minAgeMs[codes],
    canRevoke: channel !== 'jeepay', // jeepay.md §1
    findsAtOnce: channel === 'jeepay',
    keepsRefundFailures: channel === 'jeepay',
  }
}
