import { type BillNumberOf, billNumberOf } from './bill-number.ts'
import type { MaskedCode, PaymentCode } from './ids.ts'

/** Wallets that a scanned code can belong to (payment-codes.md §1). */
export type Wallet = 'wechat' | 'alipay' | 'unionpay' | 'ecny' | 'qq' | 'bestpay' | 'jd' | 'alipay-face'

/** One row of the recognition table; prefixes and lengths are data, so that a change is a settings update. */
export type WalletRule = {
  readonly wallet: Wallet
  /** Two leading characters, inclusive range. */
  readonly prefixes: readonly string[]
  readonly lengthMin: number
  readonly lengthMax: number
  readonly characters: 'digits' | 'letters-and-digits'
}

/** payment-codes.md §1, in its order. Prefixes do not overlap, so order does not matter for well-formed codes. */
export const walletRules: readonly WalletRule[] = [
  {
    wallet: 'wechat',
    prefixes: ['10', '11', '12', '13', '14', '15'],
    lengthMin: 18,
    lengthMax: 18,
    characters: 'digits',
  },
  {
    wallet: 'alipay',
    prefixes: ['25', '26', '27', '28', '29', '30'],
    lengthMin: 16,
    lengthMax: 24,
    characters: 'digits',
  },
  { wallet: 'unionpay', prefixes: ['62'], lengthMin: 19, lengthMax: 19, characters: 'digits' },
  { wallet: 'ecny', prefixes: ['01'], lengthMin: 19, lengthMax: 19, characters: 'digits' },
  { wallet: 'qq', prefixes: ['91'], lengthMin: 18, lengthMax: 18, characters: 'digits' },
  { wallet: 'bestpay', prefixes: ['51'], lengthMin: 18, lengthMax: 18, characters: 'digits' },
  { wallet: 'jd', prefixes: ['18'], lengthMin: 18, lengthMax: 18, characters: 'digits' },
  { wallet: 'alipay-face', prefixes: ['fp'], lengthMin: 35, lengthMax: 35, characters: 'letters-and-digits' },
]

/** What a scan turned out to be; only the first may leave the machine. */
export type ScanReading =
  | { readonly kind: 'payment-code'; readonly wallet: Wallet; readonly code: PaymentCode; readonly masked: MaskedCode }
  /** A merchant's or a person's collection code: the customer opened the wrong screen. */
  | { readonly kind: 'collection-code' }
  | { readonly kind: 'link' }
  | { readonly kind: 'goods-barcode'; readonly text: string }
  /** Out of a wallet's bill: the customer says that it is paid already. No secret. */
  | { readonly kind: 'bill-number'; readonly of: BillNumberOf; readonly text: string }
  | { readonly kind: 'letters'; readonly length: number }
  | { readonly kind: 'wrong-length'; readonly length: number; readonly masked: MaskedCode }
  | { readonly kind: 'unknown-wallet'; readonly length: number; readonly masked: MaskedCode }
  | { readonly kind: 'empty' }

export type ScanProblem = Exclude<ScanReading, { readonly kind: 'payment-code' }>

const collectionCode =
  /^(wxp:\/\/|https?:\/\/(qr\.alipay\.com|qr\.95516\.com|wx\.tenpay\.com|payapp\.weixin\.qq\.com)(\/|$))/i
const link = /^[a-z][a-z0-9+.-]*:\/\//i

/** First two and last four characters, the rest as stars; short texts are stars only (I11). */
export function maskCode(text: string): MaskedCode {
  if (text.length < 12) return '*'.repeat(text.length) as MaskedCode
  return `${text.slice(0, 2)}${'*'.repeat(text.length - 6)}${text.slice(-4)}` as MaskedCode
}

/** Trims CR, LF, TAB and spaces and turns full-width characters into ASCII; nothing else (payment-codes.md, head). */
export function normaliseScan(text: string): string {
  const halfWidth = text.replace(/[\uff01-\uff5e]/g, (character) =>
    String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  )
  return halfWidth.replace(/^[\r\n\t \u3000]+|[\r\n\t \u3000]+$/g, '')
}

const fits = (rule: WalletRule, text: string): boolean =>
  rule.prefixes.includes(text.slice(0, 2)) &&
  text.length >= rule.lengthMin &&
  text.length <= rule.lengthMax &&
  (rule.characters === 'digits' ? /^\d+$/ : /^[0-9A-Za-z]+$/).test(text)

/** Tells what was scanned. Letters and wrong lengths are refused here, before any network call (payment-codes.md §3). */
export function readScan(text: string, rules: readonly WalletRule[] = walletRules): ScanReading {
  const scan = normaliseScan(text)
  if (scan === '') return { kind: 'empty' }
  const rule = rules.find((candidate) => fits(candidate, scan))
  if (rule) return { kind: 'payment-code', wallet: rule.wallet, code: scan as PaymentCode, masked: maskCode(scan) }
  if (collectionCode.test(scan)) return { kind: 'collection-code' }
  if (link.test(scan)) return { kind: 'link' }
  const bill = billNumberOf(scan)
  if (bill !== null) return { kind: 'bill-number', of: bill, text: scan }
  if (!/^\d+$/.test(scan)) return { kind: 'letters', length: scan.length }
  if ([8, 12, 13].includes(scan.length)) return { kind: 'goods-barcode', text: scan }
  const sameWallet = rules.some((candidate) => candidate.prefixes.includes(scan.slice(0, 2)))
  const masked = maskCode(scan)
  if (sameWallet || scan.length < 16 || scan.length > 24) return { kind: 'wrong-length', length: scan.length, masked }
  return { kind: 'unknown-wallet', length: scan.length, masked }
}
