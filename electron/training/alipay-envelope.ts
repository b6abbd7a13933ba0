import { alipaySignature } from '../channels/alipay/sign.ts'
import { fen, readYuan, yuanText } from '../till/money.ts'
import type { AlipayNode } from './alipay-answer.ts'
import type { AlipayMethod, GatewayRefusal } from './alipay-request.ts'
import type { TrainingFault } from './fault.ts'

/** A node, and the order's place in the books, which chooses the form of its text; 0 where there is no order. */
export type AlipayResult = { readonly node: AlipayNode; readonly sequence: number }

/** Makes an answer that belongs to another order or amount, where it has one. */
const spoil = (node: AlipayNode, fault: TrainingFault): AlipayNode => {
  const { out_trade_no: orderNumber, total_amount: amount } = node
  if (fault === 'other-order' && typeof orderNumber === 'string') {
    return { ...node, out_trade_no: `${orderNumber.slice(0, -1)}_` }
  }
  const reading = typeof amount === 'string' ? readYuan(amount) : undefined
  if (fault === 'other-amount' && reading?.ok) return { ...node, total_amount: yuanText(fen(reading.amountFen + 1)) }
  return node
}

const escapeSlashes = (json: string): string => json.replaceAll('/', '\\/')

const escapeBeyondAscii = (json: string): string =>
  json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** The node as sent and as signed; every third order has each of the forms that real answers have (alipay.md §1.6). */
const nodeText = (node: AlipayNode, sequence: number): { readonly sent: string; readonly signed: string } => {
  const plain = JSON.stringify(node)
  switch (sequence % 3) {
    case 2: {
      const escaped = escapeBeyondAscii(escapeSlashes(plain))
      return { sent: escaped, signed: escaped }
    }
    case 0: // signed before the slashes were escaped: verifies only with every `\/` turned back
      return { sent: escapeSlashes(plain), signed: plain }
    default:
      return { sent: plain, signed: plain }
  }
}

const nodeKey = (method: AlipayMethod): string => `${method.replaceAll('.', '_')}_response`

/**
 * The signed envelope of a node in public-key mode (alipay.md §1.5). The signature covers the node's raw text; it stands
 * before the node for every fifth order.
 */
export function signedBody(
  method: AlipayMethod,
  { node, sequence }: AlipayResult,
  platformPrivateKey: string,
  fault: TrainingFault,
): string {
  const { sent, signed } = nodeText(spoil(node, fault), sequence)
  const sign = alipaySignature(fault === 'wrong-signature' ? `${signed} ` : signed, platformPrivateKey)
  const member = `"${nodeKey(method)}":${sent}`
  return sequence > 0 && sequence % 5 === 0 ? `{"sign":"${sign}",${member}}` : `{${member},"sign":"${sign}"}`
}

const refusalWords = { 40001: 'Missing Required Arguments', 40002: 'Invalid Arguments' } as const

/** The unsigned answer to a request that the gateway refuses (alipay.md §11). */
export function refusalBody({ code, subCode, method, subject }: GatewayRefusal): string {
  const key = method === undefined ? 'error_response' : nodeKey(method)
  const words = `参数有误：${subject}`
  return JSON.stringify({ [key]: { code, msg: refusalWords[code], sub_code: subCode, sub_msg: words } })
}
