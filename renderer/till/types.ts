import type { Calls, LedgerTrouble, OrderView, Readiness, ScanResult } from '../../electron/api/contract.ts'

/** Names for what the contract's types reach; the renderer imports types of the contract and nothing else (design §2). */
export type OrderStatus = OrderView['status']
export type Wallet = OrderView['wallet']
export type FailureReason = NonNullable<OrderView['failureReason']>
export type UnknownReason = NonNullable<OrderView['unknownReason']>
export type AttentionReason = NonNullable<OrderView['attentionReason']>
export type Alarm = NonNullable<OrderView['alarm']>
export type RevokeEffect = NonNullable<OrderView['revokeEffect']>
export type RevokeCause = NonNullable<OrderView['revokeCause']>
export type AwayReason = NonNullable<Readiness['networkAway']>
export type QueryPurpose = NonNullable<OrderView['queryPurpose']>
export type AmountProblem = Extract<ScanResult, { readonly kind: 'amount-refused' }>['problem']
export type ScanProblem = Extract<ScanResult, { readonly kind: 'not-a-payment-code' }>['problem']
export type FormerOpenBecause = Extract<ScanResult, { readonly kind: 'former-order-open' }>['because']
export type ScannerView = Calls['scanners.list']['reply'][number]
export type ScannerState = ScannerView['state']
export type ScanRequest = Calls['sale.scan']['request']
export type { LedgerTrouble }

/** Whether an order is at its end and can no longer charge anyone (design §3). */
export const isFinal = (status: OrderStatus): status is 'paid' | 'failed' | 'revoked' =>
  status === 'paid' || status === 'failed' || status === 'revoked'

/** Whether the screen should keep asking for patience: neither at its end nor in a person's hands. */
export const isInFlight = (status: OrderStatus): boolean => !isFinal(status) && status !== 'attention'

/** Closes a switch over a union: a member that was forgotten is a type error, and a bug if it happens at run time. */
export function assertNever(value: never, subject: string): never {
  throw new Error(`${subject}: unexpected ${JSON.stringify(value)}`)
}
