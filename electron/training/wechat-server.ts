import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { type WechatSignType, wechatSignature } from '../channels/wechat/sign.ts'
import { fen } from '../till/money.ts'
import { billDates } from './bill-dates.ts'
import type { RequestKind } from './books.ts'
import type { ChooseFault, TrainingFault } from './fault.ts'
import { type Answer, type Arrival, htmlAnswer } from './listener.ts'
import { type TrainingOrder, wechatClosesUnpaidAfterMs } from './stories.ts'
import {
  codeFormRefusal,
  fieldRefusal,
  sequenceOf,
  type WechatResult,
  wechatPayResult,
  wechatQueryResult,
  wechatRevokeResult,
  wechatTransactionId,
} from './wechat-answer.ts'
import { wechatBillText } from './wechat-bill.ts'
import { wechatRefundQueryResult, wechatRefundResult } from './wechat-refund-answer.ts'
import {
  checkWechatFields,
  readSignedRequest,
  type WechatFields,
  type WechatIdentity,
  wechatPaths,
  wechatRequestText,
} from './wechat-request.ts'
import type { OrderName, World } from './world.ts'

export type WechatServerParts = {
  readonly identity: WechatIdentity
  readonly world: World
  readonly now: () => number
  readonly chooseFault: ChooseFault
}

/** The training WeChat Pay v2: `micropay`, `orderquery`, `reverse`, `refund` and `refundquery` as the references have
 * them (wechat.md §1–§4). */
export function wechatHandler(parts: WechatServerParts): (arrival: Arrival) => Answer {
  return (arrival) => {
    const path = arrival.target.split('?')[0] ?? ''
    if (path === '/pay/downloadbill') return answerBill(arrival, parts)
    const kind = Object.hasOwn(wechatPaths, path) ? wechatPaths[path as keyof typeof wechatPaths] : undefined
    if (kind === undefined) return htmlAnswer(404, '404 Not Found', 'none')
    if (path.startsWith('/secapi/') && !arrival.merchantCertificate) {
      parts.world.breach('client-certificate', path)
      return htmlAnswer(400, '400 No required SSL certificate was sent', 'none')
    }
    return answerCall(kind, arrival, parts)
  }
}

function answerCall(kind: RequestKind, arrival: Arrival, parts: WechatServerParts): Answer {
  const { identity, world } = parts
  const request = readSignedRequest(arrival, identity)
  if ('breach' in request) {
    world.breach(request.breach, request.subject)
    const fault = parts.chooseFault({ wallet: 'wechat', kind, orderNumber: '' })
    return xmlAnswer({ return_code: 'FAIL', return_msg: request.returnMessage }, fault)
  }
  const { fields, signType } = request
  const fault = parts.chooseFault({
    wallet: 'wechat',
    kind,
    // A refund query names no order; our refund numbers begin with it.
    orderNumber: fields.out_trade_no ?? fields.out_refund_no ?? '',
  })
  const result = resultOf(kind, fields, parts)
  return result === 'cut' ? { kind: 'cut' } : xmlAnswer(signed(spoil(result, fault), identity, signType, fault), fault)
}

/** `downloadbill`: the file itself, or an unsigned refusal (wechat.md §2.7, §7.1). */
function answerBill(arrival: Arrival, { identity, world, now, chooseFault }: WechatServerParts): Answer {
  const fault = chooseFault({ wallet: 'wechat', kind: 'query', orderNumber: '' })
  const refuse = (message: string, code: string): Answer =>
    xmlAnswer({ return_code: 'FAIL', return_msg: message, error_code: code }, fault)
  const request = readSignedRequest(arrival, identity)
  if ('breach' in request) {
    world.breach(request.breach, request.subject)
    return refuse(request.returnMessage, '20001')
  }
  const { bill_date: date = '', bill_type: type = 'ALL', tar_type: packing = '' } = request.fields
  const day = /^\d{8}$/.test(date) ? billDates(date, now()) : undefined
  if (type !== 'ALL' || day === undefined) {
    world.breach('field-malformed', type === 'ALL' ? 'bill_date' : 'bill_type')
    return refuse(type === 'ALL' ? 'data format error' : 'invalid bill_type', '20001')
  }
  const movements = world.movements(day.fromMs, day.toMs)
  if (movements.length === 0) return refuse('No Bill Exist', '20002')
  const text = wechatBillText(movements, identity)
  const bytes = packing === 'GZIP' ? gzipSync(text) : Buffer.from(text)
  return { kind: 'answer', status: 200, contentType: 'text/plain', body: '', bytes, fault }
}

function resultOf(kind: RequestKind, fields: WechatFields, { world, now }: WechatServerParts): WechatResult | 'cut' {
  const breach = checkWechatFields(kind, fields, now())
  if (breach !== undefined) {
    world.breach(`field-${breach.how}`, breach.field)
    return fieldRefusal(breach)
  }
  switch (kind) {
    case 'pay':
      return payResultOf(fields, world)
    case 'query':
      return wechatQueryResult(reach(fields, world.query))
    case 'revoke':
      return wechatRevokeResult(reach(fields, world.revoke))
    case 'refund':
      return refundResultOf(fields, world)
    case 'refund-query':
      return wechatRefundQueryResult(world.queryRefund(null, fields.out_refund_no ?? ''))
  }
}

function payResultOf(fields: WechatFields, world: World): WechatResult | 'cut' {
  const { auth_code: code = '', out_trade_no: orderNumber = '', total_fee: amount = '' } = fields
  const malformed = codeFormRefusal(code)
  if (malformed !== undefined) {
    world.breach('field-malformed', 'auth_code')
    return malformed
  }
  const { device_info: deviceInfo, attach } = fields
  return wechatPayResult(
    world.pay({
      orderNumber,
      amountFen: fen(Number(amount)),
      code,
      request: wechatRequestText(fields),
      echo: { ...(deviceInfo ? { device_info: deviceInfo } : {}), ...(attach ? { attach } : {}) },
      unpaidForMs: wechatClosesUnpaidAfterMs,
    }),
  )
}

function refundResultOf(fields: WechatFields, world: World): WechatResult | 'cut' {
  const {
    out_refund_no: refundNumber = '',
    refund_fee: amount = '',
    total_fee: total = '',
    refund_desc: reason = '',
  } = fields
  const arrival = { refundNumber, amountFen: fen(Number(amount)), reason }
  const known = reach(fields, world.find)
  // wechat.md §2.5: the original order's amount; no refund of more than it.
  const isWrong = known !== undefined && (String(known.order.amountFen) !== total || Number(amount) > Number(total))
  if (isWrong) {
    world.breach('field-malformed', 'total_fee')
    return fieldRefusal({ field: 'total_fee', how: 'malformed' })
  }
  return wechatRefundResult(reach(fields, (name) => world.refund(name, arrival)))
}

/** `transaction_id` wins over `out_trade_no` (wechat.md §2.3). */
function reach<Result>(fields: WechatFields, call: (name: OrderName) => Result): Result {
  const { transaction_id: transactionId, out_trade_no: orderNumber = '' } = fields
  if (!transactionId) return call({ orderNumber })
  const isNamed = (order: TrainingOrder): boolean =>
    order.paidAtMs !== null && wechatTransactionId(order) === transactionId
  return call({ sequence: sequenceOf(transactionId), isNamed })
}

/** Makes an answer that belongs to another order or amount, where it has one. */
const spoil = (result: WechatResult, fault: TrainingFault): WechatResult => {
  if (fault === 'other-order' && result.out_trade_no !== undefined) {
    return { ...result, out_trade_no: `${result.out_trade_no.slice(0, -1)}*` }
  }
  if (fault === 'other-amount' && result.total_fee !== undefined) {
    return { ...result, total_fee: String(Number(result.total_fee) + 1) }
  }
  return result
}

function signed(
  result: WechatResult,
  { appId, merchantId, apiKey }: WechatIdentity,
  signType: WechatSignType,
  fault: TrainingFault,
): WechatFields {
  const fields = {
    return_code: 'SUCCESS',
    return_msg: 'OK',
    appid: appId,
    mch_id: merchantId,
    nonce_str: randomBytes(16).toString('hex'),
    ...result,
  }
  const key = fault === 'wrong-signature' ? apiKey.split('').reverse().join('') : apiKey
  return { ...fields, sign: wechatSignature(fields, key, signType) }
}

/** Values mostly stand in CDATA, amounts bare (wechat.md §3.2). */
const element = (name: string, value: string): string =>
  name.endsWith('_fee') && /^\d+$/.test(value)
    ? `<${name}>${value}</${name}>`
    : `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`

const xmlAnswer = (fields: WechatFields, fault: TrainingFault): Answer => ({
  kind: 'answer',
  status: 200,
  contentType: 'text/xml; charset=utf-8',
  body: `<xml>${Object.entries(fields)
    .map(([name, value]) => element(name, value))
    .join('\n')}</xml>`,
  fault,
})
