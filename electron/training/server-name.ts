import type { PracticeWallet, Story } from './practice-code.ts'
import { practiceStories } from './practice-code.ts'

/** The training servers; each keeps its own orders in the books, under its name. */
export const serverNames = ['wechat', 'alipay', 'wechat-v3', 'unionpay', 'qra', 'icbc', 'backend', 'jeepay'] as const
export type ServerName = (typeof serverNames)[number]

/** How a server's system differs from the others behind its wire protocol. */
export type ServerManners = {
  /** Whose codes it takes. */
  readonly wallets: readonly PracticeWallet[]
  /** For how long after its creation an order can be revoked. */
  readonly revocableForMs: number
  /** For how long after the payment a refund is taken. */
  readonly refundableForMs: number
  /** Whether a refund is done when it is answered, so that it cannot be closed or stranded later. */
  readonly refundsAtOnce: boolean
  /** Whether an order comes to be when the balance is too low. */
  readonly keepsOrderWhenBalanceLow: boolean
  /** Stories that its protocol cannot tell. */
  readonly cannotTell: readonly Story[]
}

const dayMs = 86_400_000
const everyWallet = ['wechat', 'alipay', 'unionpay'] as const

/** wechat.md §5 (7 days, one year), alipay.md §3.3, §3.4 (24 hours of the creation, three months), and the other references. */
export const serverManners = {
  wechat: {
    wallets: ['wechat'],
    revocableForMs: 7 * dayMs,
    refundableForMs: 365 * dayMs,
    refundsAtOnce: false,
    keepsOrderWhenBalanceLow: true,
    cannotTell: [],
  },
  // Alipay has no answer that refuses a cancel because the payer is confirming.
  alipay: {
    wallets: ['alipay'],
    revocableForMs: dayMs,
    refundableForMs: 90 * dayMs,
    refundsAtOnce: true,
    keepsOrderWhenBalanceLow: false,
    cannotTell: ['revoke-refused-while-confirming'],
  },
  'wechat-v3': {
    wallets: ['wechat'],
    revocableForMs: 7 * dayMs,
    refundableForMs: 365 * dayMs,
    refundsAtOnce: false,
    keepsOrderWhenBalanceLow: true,
    cannotTell: [],
  },
  // Its server itself ends the reversals at the UnionPay day's end.
  unionpay: {
    wallets: ['unionpay'],
    revocableForMs: dayMs,
    refundableForMs: 330 * dayMs,
    refundsAtOnce: false,
    keepsOrderWhenBalanceLow: true,
    cannotTell: [],
  },
  qra: {
    wallets: everyWallet,
    revocableForMs: dayMs,
    refundableForMs: 90 * dayMs,
    refundsAtOnce: false,
    keepsOrderWhenBalanceLow: true,
    cannotTell: [],
  },
  icbc: {
    wallets: everyWallet,
    revocableForMs: dayMs,
    refundableForMs: 90 * dayMs,
    refundsAtOnce: false,
    keepsOrderWhenBalanceLow: true,
    cannotTell: [],
  },
  // A back end ends an order at the wallet before it says that it failed (docs/backend-api.yaml, `failed`).
  backend: {
    wallets: everyWallet,
    revocableForMs: dayMs,
    refundableForMs: 90 * dayMs,
    refundsAtOnce: false,
    keepsOrderWhenBalanceLow: false,
    cannotTell: [],
  },
  jeepay: {
    wallets: everyWallet,
    revocableForMs: dayMs,
    refundableForMs: 90 * dayMs,
    refundsAtOnce: false,
    keepsOrderWhenBalanceLow: true,
    cannotTell: [],
  },
} as const satisfies Readonly<Record<ServerName, ServerManners>>

/** The stories that a server can tell. */
export function storiesOfServer(name: ServerName): readonly Story[] {
  const { cannotTell }: ServerManners = serverManners[name]
  return practiceStories.filter((story) => !cannotTell.includes(story))
}
