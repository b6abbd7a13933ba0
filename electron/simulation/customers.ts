import type { Generator } from './generator.ts'

/** The wallets that simulated phones have. */
export type WalletName = 'wechat' | 'alipay' | 'unionpay'

/** Inside the wallets' ranges, and of their lengths (payment-codes.md §1). */
const forms = {
  wechat: { prefix: '13', drawn: 10 },
  alipay: { prefix: '28', drawn: 10 },
  unionpay: { prefix: '62', drawn: 11 },
} as const satisfies Record<WalletName, { readonly prefix: string; readonly drawn: number }>

/** What a customer does once the phone asks. */
export type Intent =
  | { readonly kind: 'at-once' }
  /** The phone wants the password; the customer confirms after this time. */
  | { readonly kind: 'types'; readonly forMs: number }
  | { readonly kind: 'never' }
  | { readonly kind: 'gives-up'; readonly afterMs: number }
  | { readonly kind: 'balance-low' }

/** A code on a customer's phone. `saleId` is the cashier's sale that it was shown for. */
export type ShownCode = {
  readonly code: string
  readonly wallet: WalletName
  readonly intent: Intent
  readonly saleId: string
  readonly shownAtMs: number
  /** Set by the wallet when the code was taken by a pay request. */
  spent: boolean
}

/** payment-codes.md §3: a code lives about a minute. */
export const codeLifeMs = 60_000

/** All codes that phones have shown; wallets look codes up here. */
export type Phones = {
  show(wallet: WalletName, intent: Intent, saleId: string, nowMs: number): ShownCode
  find(code: string): ShownCode | undefined
  readonly codes: ReadonlyMap<string, ShownCode>
}

export function createPhones(generator: Generator): Phones {
  const codes = new Map<string, ShownCode>()
  const digits = (count: number): string => {
    let text = ''
    while (text.length < count) text += String(generator.integer(0, 9))
    return text
  }
  return {
    show(wallet, intent, saleId, nowMs) {
      const { prefix, drawn } = forms[wallet]
      const code = `${prefix}${digits(drawn)}${String(codes.size).padStart(6, '0')}`
      const shown: ShownCode = { code, wallet, intent, saleId, shownAtMs: nowMs, spent: false }
      codes.set(code, shown)
      return shown
    },
    find: (code) => codes.get(code),
    codes,
  }
}

/** Draws what a customer will do: half pay at once, most others type a password, log-normally long. */
export function drawIntent(generator: Generator): Intent {
  const drawn = generator.next()
  if (drawn < 0.5) return { kind: 'at-once' }
  if (drawn < 0.86) return { kind: 'types', forMs: Math.round(generator.logNormal(7_000, 0.8)) }
  if (drawn < 0.92) return { kind: 'never' }
  if (drawn < 0.96) return { kind: 'gives-up', afterMs: Math.round(generator.logNormal(9_000, 0.7)) }
  return { kind: 'balance-low' }
}
