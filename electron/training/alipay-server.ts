import {
  alipayPayNode,
  alipayQueryNode,
  alipayRevokeNode,
  alipayTradeNumber,
  alreadyExpired,
  codeFormRefusal,
  contentRefusal,
  sequenceOf,
} from './alipay-answer.ts'
import { alipayBillFile, alipayBillNode, billPath } from './alipay-bill-call.ts'
import {
  type AlipayContent,
  alipayRequestText,
  amountOf,
  type ContentReading,
  readAlipayContent,
  refundAmountOf,
  unpaidForMs,
} from './alipay-content.ts'
import { type AlipayResult, refusalBody, signedBody } from './alipay-envelope.ts'
import { alipayRefundNode, alipayRefundQueryNode } from './alipay-refund-answer.ts'
import { type AlipayIdentity, alipayMethods, readSignedCall } from './alipay-request.ts'
import type { RequestKind } from './books.ts'
import type { ChooseFault, TrainingFault } from './fault.ts'
import { type Answer, type Arrival, htmlAnswer } from './listener.ts'
import type { TrainingOrder } from './stories.ts'
import type { OrderName, World } from './world.ts'

export type AlipayServerParts = {
  readonly identity: AlipayIdentity
  readonly world: World
  readonly now: () => number
  readonly chooseFault: ChooseFault
}

/** The training Alipay gateway: `alipay.trade.pay`, `.query`, `.cancel`, `.refund` and the refund's query over V2
 * (alipay.md §1–§3). */
export function alipayHandler(parts: AlipayServerParts): (arrival: Arrival) => Answer {
  return (arrival) => {
    if (arrival.target.startsWith(`${billPath}?`)) return alipayBillFile(arrival, parts)
    if (arrival.target.split('?')[0] !== '/gateway.do') return htmlAnswer(404, '404 Not Found', 'none')
    if (arrival.method !== 'POST') {
      parts.world.breach('method', 'POST')
      return htmlAnswer(405, '405 Not Allowed', 'none')
    }
    const call = readSignedCall(arrival, parts.identity, parts.now())
    if ('subCode' in call) {
      parts.world.breach(call.breach, call.subject)
      const kind = call.method === undefined ? 'query' : alipayMethods[call.method]
      return jsonAnswer(refusalBody(call), parts.chooseFault({ wallet: 'alipay', kind, orderNumber: '' }))
    }
    const { method, bizContent } = call
    const kind = alipayMethods[method]
    if (method === 'alipay.data.dataservice.bill.downloadurl.query') {
      const fault = parts.chooseFault({ wallet: 'alipay', kind, orderNumber: '' })
      const node = alipayBillNode(bizContent, arrival, parts)
      return jsonAnswer(signedBody(method, { node, sequence: 0 }, parts.identity.platformPrivateKey, fault), fault)
    }
    const reading = readAlipayContent(kind, bizContent)
    const orderNumber = reading.ok ? (reading.content.out_trade_no ?? '') : ''
    const fault = parts.chooseFault({ wallet: 'alipay', kind, orderNumber })
    const result = resultOf(kind, reading, parts)
    if (result === 'cut') return { kind: 'cut' }
    return jsonAnswer(signedBody(method, result, parts.identity.platformPrivateKey, fault), fault)
  }
}

function resultOf(kind: RequestKind, reading: ContentReading, { world, now }: AlipayServerParts): AlipayResult | 'cut' {
  if (!reading.ok) {
    world.breach(`field-${reading.breach.how}`, reading.breach.field)
    return { node: contentRefusal(reading.breach), sequence: 0 }
  }
  const { content } = reading
  const named = content.out_trade_no ?? ''
  switch (kind) {
    case 'pay':
      return payResultOf(content, world, now())
    case 'query': {
      const booked = world.query(nameOf(content))
      return { node: alipayQueryNode(booked, named), sequence: booked?.order.sequence ?? 0 }
    }
    case 'revoke': {
      const reply = world.revoke(nameOf(content))
      const sequence = reply.kind === 'known' ? reply.booked.order.sequence : 0
      return { node: alipayRevokeNode(reply, named, Boolean(content.trade_no)), sequence }
    }
    case 'refund': {
      const { out_request_no: refundNumber = '', refund_reason: reason = '' } = content
      const reply = world.refund(nameOf(content), { refundNumber, amountFen: refundAmountOf(content), reason })
      const node = alipayRefundNode(reply)
      return node === 'cut' ? 'cut' : { node, sequence: reply.kind === 'known' ? reply.booked.order.sequence : 0 }
    }
    case 'refund-query': {
      const reply = world.queryRefund(nameOf(content), content.out_request_no ?? '')
      return { node: alipayRefundQueryNode(reply), sequence: reply.booked?.order.sequence ?? 0 }
    }
  }
}

function payResultOf(content: AlipayContent, world: World, wallMs: number): AlipayResult | 'cut' {
  const code = content.auth_code ?? ''
  const malformed = codeFormRefusal(code)
  if (malformed !== undefined) {
    world.breach(code === '' ? 'field-missing' : 'field-malformed', 'auth_code')
    return { node: malformed, sequence: 0 }
  }
  const leftMs = unpaidForMs(content, wallMs)
  if (!(leftMs > 0)) {
    world.breach('field-malformed', 'time_expire')
    return { node: alreadyExpired, sequence: 0 }
  }
  const amountFen = amountOf(content)
  const subject = content.subject ?? ''
  const reply = world.pay({
    orderNumber: content.out_trade_no ?? '',
    amountFen,
    code,
    request: alipayRequestText(content),
    echo: { subject },
    unpaidForMs: leftMs,
  })
  const { order, echo } = reply.booked
  const node = alipayPayNode(reply, order.amountFen === amountFen && echo.subject === subject)
  return node === 'cut' ? 'cut' : { node, sequence: order.sequence }
}

/** If both numbers are sent, `trade_no` wins (alipay.md §2). */
const nameOf = ({ trade_no: tradeNumber, out_trade_no: orderNumber = '' }: AlipayContent): OrderName =>
  tradeNumber
    ? {
        sequence: sequenceOf(tradeNumber),
        isNamed: (order: TrainingOrder) => alipayTradeNumber(order) === tradeNumber,
      }
    : { orderNumber }

const jsonAnswer = (body: string, fault: TrainingFault): Answer => ({
  kind: 'answer',
  status: 200,
  contentType: 'text/html;charset=utf-8',
  body,
  fault,
})
