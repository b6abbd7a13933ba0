import type { TransactionId } from '../../till/ids.ts'
import type { Fen } from '../../till/money.ts'
import type { Evidence, UnknownReason } from '../../till/outcome.ts'
import type { HttpResponse, OrderReference } from '../channel.ts'
import { evidenceOf } from '../evidence.ts'
import { readFlatXml } from '../flat-xml.ts'
import { utf8Text } from '../text.ts'
import type { WechatSettings } from './settings.ts'
import { wechatSignatureMatches } from './sign.ts'

/** An answer after the checks that all calls share. */
export type WechatAnswer =
  /** Signed by WeChat for this merchant; nothing is said yet about the order. */
  | {
      readonly kind: 'verified'
      readonly fields: Readonly<Record<string, string>>
      readonly succeeded: boolean
      readonly evidence: Evidence
    }
  /** `return_code` is not SUCCESS: refused before it was looked at, and never signed (wechat.md §3.1). */
  | { readonly kind: 'refused'; readonly message: string; readonly evidence: Evidence }
  | { readonly kind: 'useless'; readonly reason: UnknownReason; readonly evidence: Evidence }

/** `undefined` when all fields have the value that they must have; a missing one is never "equal". */
export function fieldsDifference(
  fields: Readonly<Record<string, string>>,
  expected: Readonly<Record<string, string | undefined>>,
): 'unverifiable-answer' | 'mismatched-answer' | undefined {
  const received = Object.entries(expected).map(([name, value]) => ({ value, actual: fields[name] ?? '' }))
  if (received.some(({ value, actual }) => actual !== '' && actual !== (value ?? ''))) return 'mismatched-answer'
  return received.some(({ value, actual }) => value !== undefined && actual === '') ? 'unverifiable-answer' : undefined
}

/** Reads an answer, checks its signature and its merchant. Never throws (wechat.md §3.1, §3.2, §4.1). */
export function readWechatAnswer(settings: WechatSettings, response: HttpResponse): WechatAnswer {
  const bare = evidenceOf({ httpStatus: response.status })
  if (response.status !== 200) return { kind: 'useless', reason: 'http-status', evidence: bare }
  const text = utf8Text(response.body)
  const reading = text === undefined ? undefined : readFlatXml(text)
  if (reading === undefined || !reading.ok) return { kind: 'useless', reason: 'unreadable-answer', evidence: bare }
  const { fields } = reading
  const { return_code: returnCode, return_msg: returnMessage = '', result_code: resultCode } = fields
  if (returnCode === undefined) return { kind: 'useless', reason: 'unverifiable-answer', evidence: bare }
  const evidence = evidenceOf({
    httpStatus: response.status,
    code: returnCode !== 'SUCCESS' ? returnCode : resultCode === 'SUCCESS' ? '' : fields.err_code,
    message: fields.err_code_des || fields.trade_state_desc || returnMessage,
    tradeState: fields.trade_state,
  })
  if (returnCode !== 'SUCCESS') return { kind: 'refused', message: returnMessage, evidence }
  if (!wechatSignatureMatches(fields, settings.apiKey, settings.signType)) {
    return { kind: 'useless', reason: 'unverifiable-answer', evidence }
  }
  const difference = fieldsDifference(fields, {
    appid: settings.appId,
    mch_id: settings.merchantId,
    sub_mch_id: settings.subMerchantId,
  })
  if (difference !== undefined) return { kind: 'useless', reason: difference, evidence }
  if (resultCode === undefined) return { kind: 'useless', reason: 'unverifiable-answer', evidence }
  if (resultCode !== 'SUCCESS' && resultCode !== 'FAIL') return { kind: 'useless', reason: 'unlisted-code', evidence }
  return { kind: 'verified', fields, succeeded: resultCode === 'SUCCESS', evidence }
}

/** Whether an answer names this order: `undefined`, or why it cannot be used. `total_fee` counts where it is present. */
export function orderDifference(
  order: OrderReference,
  fields: Readonly<Record<string, string>>,
): 'unverifiable-answer' | 'mismatched-answer' | undefined {
  const amount = fields.total_fee ? String(order.amountFen) : undefined
  const currency = fields.fee_type ? 'CNY' : undefined
  return fieldsDifference(fields, { out_trade_no: order.orderNumber, total_fee: amount, fee_type: currency })
}

export type WechatPaidReading =
  | { readonly kind: 'paid'; readonly transactionId: TransactionId; readonly amountFen: Fen }
  | { readonly kind: 'unknown'; readonly reason: 'unverifiable-answer' | 'mismatched-answer' }

/** The facts of a paid order: number, amount and transaction id must all be there, the first two equal (§2.2, §12). */
export function readPaidFacts(order: OrderReference, fields: Readonly<Record<string, string>>): WechatPaidReading {
  const difference = orderDifference(order, fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference }
  if (!fields.total_fee || !fields.transaction_id) return { kind: 'unknown', reason: 'unverifiable-answer' }
  // The wire's transaction id becomes ours here and nowhere else.
  return { kind: 'paid', transactionId: fields.transaction_id as TransactionId, amountFen: order.amountFen }
}
