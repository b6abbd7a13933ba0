import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { fen } from '../../till/money.ts'
import type { TrainingFault } from '../fault.ts'
import { type Answer, type Arrival, htmlAnswer } from '../listener.ts'
import { type TrainingOrder, wechatClosesUnpaidAfterMs } from '../stories.ts'
import type { ServerParts, TrainingServer } from '../training-server.ts'
import { sequenceOf, wechatTransactionId } from '../wechat-answer.ts'
import { saidOtherwise } from '../wire-fault.ts'
import type { OrderName, World } from '../world.ts'
import {
  codeFormRefusal,
  failed,
  type WechatV3Result,
  wechatV3PayResult,
  wechatV3QueryResult,
  wechatV3RevokeResult,
} from './answer.ts'
import { wechatV3BillAnswer } from './bill.ts'
import { wechatV3RefundQueryResult, wechatV3RefundResult } from './refund-answer.ts'
import {
  checkTarget,
  type Refusal,
  readBody,
  readSignedCall,
  type WechatV3Call,
  type WechatV3Fields,
  type WechatV3Merchant,
  wechatV3Call,
} from './request.ts'
import { type WechatV3Signing, type WechatV3WireFault, wechatV3WireFaults } from './wire-faults.ts'

const appId = 'wx0practice000v301'
const merchantId = '1900000301'
/** What a platform certificate was named by before the switch to the public key (wechat.md §8 P18). */
const formerSerial = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1'

/** The training WeChat Pay v3: `codepay`, query, `reverse`, refund and its query (wechat.md §1–§4, §2.10–2.14). */
export const wechatV3TrainingServer: TrainingServer = {
  name: 'wechat-v3',
  makeKeys: () => {
    const merchant = makePair()
    const platform = makePair()
    return {
      'merchant-private.pem': merchant.privateKey,
      'merchant-public.pem': merchant.publicKey,
      'wechatpay-private.pem': platform.privateKey,
      'wechatpay-public.pem': platform.publicKey,
      'merchant-serial.txt': randomBytes(20).toString('hex').toUpperCase(),
      'wechatpay-public-key-id.txt': `PUB_KEY_ID_01${merchantId}${randomBytes(10).toString('hex')}`,
    }
  },
  handler: (parts) => (arrival) => handle(parts, merchantOf(parts.keys), arrival),
  wireFaults: wechatV3WireFaults,
  configuration: ({ origin, fileOf, keys }) => ({
    kind: 'wechat',
    api: 'v3',
    baseUrl: origin,
    appId,
    merchantId,
    merchantSerial: keyOf(keys, 'merchant-serial.txt'),
    merchantPrivateKey: { file: fileOf('merchant-private.pem') },
    wechatpayPublicKeyId: keyOf(keys, 'wechatpay-public-key-id.txt'),
    wechatpayPublicKey: { file: fileOf('wechatpay-public.pem') },
  }),
}

const makePair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

type Keys = ServerParts['keys']

function keyOf(keys: Keys, name: string): string {
  const text = keys[name]
  if (text === undefined) throw new TypeError(`${name} is not among the server's keys`)
  return text
}

const merchantOf = (keys: Keys): WechatV3Merchant => ({
  appId,
  merchantId,
  merchantSerial: keyOf(keys, 'merchant-serial.txt'),
  merchantPublicKey: keyOf(keys, 'merchant-public.pem'),
  publicKeyId: keyOf(keys, 'wechatpay-public-key-id.txt'),
})

function handle(parts: ServerParts, merchant: WechatV3Merchant, arrival: Arrival): Answer {
  const { world, now, chooseFault, chooseWireFault } = parts
  if (/^\/v3\/bill/.test(arrival.target)) return wechatV3BillAnswer(parts, merchant, arrival, signingHeaders)
  const call = wechatV3Call(arrival)
  if (call === undefined) return htmlAnswer(404, '404 Not Found', 'none')
  const { kind } = call
  const request = readSignedCall(arrival, merchant, now())
  if ('breach' in request) {
    world.breach(request.breach, request.subject)
    const { status, code, message } = request
    const fault = chooseFault({ wallet: 'wechat-v3', kind, orderNumber: '' })
    return jsonAnswer(failed(status, code, message), {}, fault) // before the merchant is known nothing is signed (§3.4)
  }
  const reading = readCall(call, arrival.target, request.text, merchant)
  const fields: WechatV3Fields = 'fields' in reading ? reading.fields : {}
  const orderNumber = fields.out_trade_no ?? fields.out_refund_no ?? call.number
  const fault = chooseFault({ wallet: 'wechat-v3', kind, orderNumber })
  let signing: WechatV3Signing = fault === 'wrong-signature' ? 'probe' : 'usual'
  const say = ({ says }: WechatV3WireFault, plain: WechatV3Result | 'cut' | undefined): WechatV3Result => {
    signing = says.signing ?? signing
    return said(says, plain)
  }
  const plainly = () => resultOf(call, fields, merchant, world)
  const result =
    'breach' in reading ? refuse(reading, world) : saidOtherwise(wechatV3WireFaults, chooseWireFault, plainly, say)
  if (result === 'cut') return { kind: 'cut' }
  const spoiled = spoil(result, fault)
  return jsonAnswer(spoiled, signingHeaders(spoiled, parts, merchant, signing), fault)
}

const said = (
  { status, instead, set, without = [] }: WechatV3WireFault['says'],
  plain: WechatV3Result | 'cut' | undefined,
): WechatV3Result => {
  const { status: plainStatus, body } = plain === undefined || plain === 'cut' ? { status: 200, body: {} } : plain
  const kept = instead ? [] : Object.entries(body).filter(([name]) => !without.includes(name))
  return { status: status ?? plainStatus, body: { ...Object.fromEntries(kept), ...set } }
}

const readCall = (
  call: WechatV3Call,
  target: string,
  text: string,
  merchant: WechatV3Merchant,
): { readonly fields: WechatV3Fields } | Refusal => {
  const refusal = checkTarget(call, target, text, merchant)
  if (refusal !== undefined) return refusal
  const { kind } = call
  return kind === 'query' || kind === 'refund-query' ? { fields: {} } : readBody(kind, text, merchant)
}

function refuse({ status, code, message, detail, breach, subject }: Refusal, world: World): WechatV3Result {
  world.breach(breach, subject)
  return failed(status, code, message, detail && { ...detail, value: '', issue: message })
}

function resultOf(
  { kind, number }: WechatV3Call,
  fields: WechatV3Fields,
  merchant: WechatV3Merchant,
  world: World,
): WechatV3Result | 'cut' {
  switch (kind) {
    case 'pay':
      return payResultOf(fields, merchant, world)
    case 'query':
      return wechatV3QueryResult(merchant, world.query({ orderNumber: number }))
    case 'revoke':
      return wechatV3RevokeResult(merchant, world.revoke({ orderNumber: number }))
    case 'refund':
      return refundResultOf(fields, world)
    case 'refund-query':
      return wechatV3RefundQueryResult(world.queryRefund(null, number))
  }
}

function payResultOf(fields: WechatV3Fields, merchant: WechatV3Merchant, world: World): WechatV3Result | 'cut' {
  const { 'payer.auth_code': code = '', out_trade_no: orderNumber = '', 'amount.total': total = '', attach } = fields
  const malformed = codeFormRefusal(code)
  if (malformed !== undefined) {
    world.breach('field-malformed', 'payer.auth_code')
    return malformed
  }
  const names = Object.keys(fields).sort()
  return wechatV3PayResult(
    merchant,
    world.pay({
      orderNumber,
      amountFen: fen(Number(total)),
      code,
      request: JSON.stringify(names.map((name) => [name, fields[name]])),
      echo: attach ? { attach } : {},
      unpaidForMs: wechatClosesUnpaidAfterMs,
    }),
  )
}

function refundResultOf(fields: WechatV3Fields, world: World): WechatV3Result | 'cut' {
  const {
    out_refund_no: refundNumber = '',
    'amount.refund': amount = '',
    'amount.total': total = '',
    reason = '',
  } = fields
  const name = orderNameOf(fields)
  const known = world.find(name)
  // wechat.md §2.13: the order's own amount; no refund of more than it.
  if (known !== undefined && (String(known.order.amountFen) !== total || Number(amount) > Number(total))) {
    world.breach('field-malformed', 'amount.total')
    return failed(400, 'PARAM_ERROR', '参数错误：amount', { field: '/amount/total', location: 'body' })
  }
  return wechatV3RefundResult(world.refund(name, { refundNumber, amountFen: fen(Number(amount)), reason }))
}

const orderNameOf = ({ transaction_id: transactionId, out_trade_no: orderNumber = '' }: WechatV3Fields): OrderName => {
  if (!transactionId) return { orderNumber }
  const isNamed = (order: TrainingOrder): boolean =>
    order.paidAtMs !== null && wechatTransactionId(order) === transactionId
  return { sequence: sequenceOf(transactionId), isNamed }
}

/** Makes an answer that belongs to another order or amount, where it has one. */
const spoil = (result: WechatV3Result, fault: TrainingFault): WechatV3Result => {
  const { out_trade_no: orderNumber, amount } = result.body
  if (fault === 'other-order' && typeof orderNumber === 'string') {
    return { ...result, body: { ...result.body, out_trade_no: `${orderNumber.slice(0, -1)}*` } }
  }
  if (fault === 'other-amount' && typeof amount === 'object' && amount !== null && 'total' in amount) {
    return { ...result, body: { ...result.body, amount: { ...amount, total: Number(amount.total) + 1 } } }
  }
  return result
}

/** Signs as WeChat does (§3.4); the fault makes a probe of it, which must not be believed. */
function signingHeaders(
  { body }: WechatV3Result,
  { keys, now }: ServerParts,
  { publicKeyId }: WechatV3Merchant,
  signing: WechatV3Signing,
): Readonly<Record<string, string>> {
  if (signing === 'none') return {}
  const timestamp = String(Math.floor((signing === 'hour-old' ? now() - 3_600_000 : now()) / 1_000))
  const nonce = randomBytes(16).toString('hex')
  const text = Buffer.from(`${timestamp}\n${nonce}\n${JSON.stringify(body)}\n`)
  const signature = sign('sha256', text, keyOf(keys, 'wechatpay-private.pem')).toString('base64')
  const probe = `WECHATPAY/SIGNTEST/${signature.slice(19)}`
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': signing === 'other-serial' ? formerSerial : publicKeyId,
    'Wechatpay-Signature': signing === 'probe' ? probe : signature,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  }
}

const jsonAnswer = (
  { status, body }: WechatV3Result,
  headers: Readonly<Record<string, string>>,
  fault: TrainingFault,
): Answer => ({
  kind: 'answer',
  status,
  contentType: 'application/json; charset=utf-8',
  headers: { ...headers, 'Request-ID': randomBytes(8).toString('hex') },
  body: JSON.stringify(body),
  fault,
})
