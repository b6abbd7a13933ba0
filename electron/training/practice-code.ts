import type { PaymentCode } from '../till/ids.ts'

/**
 * Practice codes: well-formed payment codes that tell the training servers which story to play (design §8).
 *
 * Layout of the 18 digits: two of the wallet's prefix, two for the story, ten of serial, four check digits; UnionPay's
 * have a 0 before the check digits. The check
 * digits keep a customer's real code from being taken for a practice code (about one in ten thousand of those that have
 * the prefix and a story's digits, and then only the training servers would see it).
 */

/** What happens behind a practice code; the ids are those of design §8. */
export const practiceStories = [
  'pays-at-once',
  'password-then-pays',
  'password-never',
  'balance-low',
  'code-expired',
  'system-error-then-paid',
  'answer-lost-but-paid',
  'pays-just-before-revoke',
  'revoke-needs-tries',
  'revoke-refused-while-confirming',
  'revoke-never-works',
] as const
export type Story = (typeof practiceStories)[number]

/** The wallets that can be practised with where nothing is configured. */
export const practiceWallets = ['wechat', 'alipay'] as const
export type BuiltInWallet = (typeof practiceWallets)[number]
/** The wallets whose codes the training servers take. */
export type PracticeWallet = BuiltInWallet | 'unionpay'

/** What a practice code says. */
export type PracticeCode = { readonly wallet: PracticeWallet; readonly story: Story }

/** How many random digits `makePracticeCode` wants. */
export const practiceSerialDigits = 10

/** Inside the wallets' own ranges 10–15, 25–30 and 62 (payment-codes.md §1). */
const prefixes = { wechat: '13', alipay: '28', unionpay: '62' } as const satisfies Record<PracticeWallet, string>
const prefixedWallets = Object.keys(prefixes) as readonly PracticeWallet[] // the keys of the literal above

/** A digit behind the serial where the wallet's codes are longer by one (payment-codes.md §1: UnionPay 19 digits). */
const fillings = { wechat: '', alipay: '', unionpay: '0' } as const satisfies Record<PracticeWallet, string>

/** Printed codes must keep their meaning, so the digits are given by name and not by place in the list. */
const storyDigits = {
  'pays-at-once': '01',
  'password-then-pays': '02',
  'password-never': '03',
  'balance-low': '04',
  'code-expired': '05',
  'system-error-then-paid': '06',
  'answer-lost-but-paid': '07',
  'pays-just-before-revoke': '08',
  'revoke-needs-tries': '09',
  'revoke-refused-while-confirming': '10',
  'revoke-never-works': '11',
} as const satisfies Record<Story, string>

/** Largest prime below 10^4: every change of a single digit changes the remainder. */
const checkModulus = 9973

const checkDigits = (leading: string): string =>
  String(checkModulus - 1 - (Number(leading) % checkModulus)).padStart(4, '0')

/** The stories that a wallet can tell. Alipay has no answer that refuses a cancel because the payer is confirming. */
export function storiesOf(wallet: PracticeWallet): readonly Story[] {
  return wallet === 'alipay'
    ? practiceStories.filter((story) => story !== 'revoke-refused-while-confirming')
    : practiceStories
}

/**
 * A practice code of 18 digits, of 19 for UnionPay. `randomDigits` are ten digits, fresh for each code: a code is used once, as in life.
 *
 * Throws a RangeError for other digits and for a story that the wallet cannot tell: both are bugs of the caller.
 */
export function makePracticeCode(wallet: PracticeWallet, story: Story, randomDigits: string): PaymentCode {
  if (!/^\d{10}$/.test(randomDigits)) throw new RangeError('a practice code needs ten random digits')
  if (!storiesOf(wallet).includes(story)) throw new RangeError(`${wallet} cannot tell ${story}`)
  const leading = `${prefixes[wallet]}${storyDigits[story]}${randomDigits}${fillings[wallet]}`
  return `${leading}${checkDigits(leading)}` as PaymentCode
}

/** What a scanned code says, or undefined if it is no practice code (a real code, or one with a wrong digit). */
export function readPracticeCode(code: string): PracticeCode | undefined {
  if (!/^\d{18,19}$/.test(code) || code.slice(-4) !== checkDigits(code.slice(0, -4))) return undefined
  const wallet = prefixedWallets.find((one) => prefixes[one] === code.slice(0, 2))
  if (wallet === undefined || code.length !== 18 + fillings[wallet].length) return undefined
  const story = storiesOf(wallet).find((one) => storyDigits[one] === code.slice(2, 4))
  return story === undefined ? undefined : { wallet, story }
}
