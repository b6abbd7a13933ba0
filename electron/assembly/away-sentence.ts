import type { Wallet } from '../till/payment-code.ts'
import type { AwayReason } from '../till/reachability.ts'

/** Why a channel cannot be used, in the words that the counter shows in English too (renderer/wording/en/lines.ts). */
export const awayReasonWords = {
  'no-network': 'this machine has no network',
  'name-not-resolved': 'its address cannot be looked up (DNS)',
  refused: 'its address refuses the connection',
  tls: 'no secure connection can be made',
  'timed-out': 'it does not answer in time',
  'connection-lost': 'the connection breaks before an answer',
  'portal-page': 'a web page answers in its place; the network may ask for a login',
  'channel-fault': 'its servers are out of order',
  unverifiable: 'its answers cannot be verified',
  'keys-refused': 'it refuses this shop’s keys or permissions',
  'clock-off': 'this machine’s clock is wrong',
} as const satisfies Readonly<Record<AwayReason, string>>

const walletNames: Readonly<Partial<Record<Wallet, string>>> = { wechat: 'WeChat Pay', alipay: 'Alipay' }

/** A wallet's name for a person. */
export const walletName = (wallet: Wallet): string => walletNames[wallet] ?? wallet

/**
 * Why a scan was refused, what became of the money, and what to do: `working` are the wallets whose channels are not
 * away.
 */
export function awaySentence(wallet: Wallet, reason: AwayReason, working: readonly Wallet[]): string {
  const instead =
    working.length === 0 ? 'Take cash' : `Take cash, or ${working.map(walletName).join(' or ')}, which can be tried`
  return `${walletName(wallet)} cannot be reached: ${awayReasonWords[reason]}. Nothing was charged, and no order was made. ${instead}.`
}
