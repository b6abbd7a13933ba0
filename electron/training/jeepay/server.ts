import { randomBytes } from 'node:crypto'
import { fen } from '../../till/money.ts'
import { type Answer, type Arrival, htmlAnswer } from '../listener.ts'
import { advance, type TrainingOrder, wechatClosesUnpaidAfterMs } from '../stories.ts'
import type { ServerParts, TrainingServer } from '../training-server.ts'
import { saidOtherwise } from '../wire-fault.ts'
import type { OrderName, World } from '../world.ts'
import { jeepayOrderId, jeepayPayResult, jeepayQueryResult, jeepaySequenceOf } from './answer.ts'
import { type JeepayResult, jeepayAnswer, jeepaySaid, refusedWith } from './envelope.ts'
import {
  failedRefundResult,
  isStoredFailure,
  jeepayRefundQueryResult,
  jeepayRefundResult,
  repeatedRefund,
} from './refund-answer.ts'
import {
  type JeepayCall,
  type JeepayIdentity,
  type JeepayRequestFields,
  jeepayRequestText,
  jeepayServedPaths,
  readJeepayRequest,
} from './request.ts'
import { storedState } from './stored-state.ts'
import { wayOfCode } from './way.ts'
import { type JeepayWireFault, jeepayWireFaults } from './wire-faults.ts'

const secretFile = 'app-secret.txt'
/** The merchant of the training Jeepay; well-formed, and registered nowhere. */
const merchant = { mchNo: 'M1600000000', appId: '60cc09bce4b0f1c0b83761aa' } as const
/** jeepay.md §3: two hours, unless the request says otherwise. */
const usualExpirySeconds = 7_200

/**
 * The training Jeepay: its calls as the reference has them, flaws included. What it answers is what its own database
 * says: WeChat and UnionPay are asked by it every 5 s, six times; Alipay's "unknown" is a failure to it; it closes by the
 * clock; it has no revoke (jeepay.md §1–§6).
 */
export const jeepayTrainingServer: TrainingServer = {
  name: 'jeepay',
  makeKeys: () => ({ [secretFile]: randomBytes(48).toString('base64url') }),
  handler: jeepayHandler,
  wireFaults: jeepayWireFaults,
  configuration: ({ origin, fileOf }) => ({
    kind: 'jeepay',
    baseUrl: origin,
    ...merchant,
    appSecret: { file: fileOf(secretFile) },
  }),
}

function jeepayHandler({ keys, world, now, chooseFault, chooseWireFault }: ServerParts): (arrival: Arrival) => Answer {
  const identity: JeepayIdentity = { ...merchant, appSecret: keys[secretFile] ?? '' }
  return (arrival) => {
    const kind = jeepayServedPaths.get(arrival.target.split('?')[0] ?? '')
    if (kind === undefined || kind === 'revoke') return htmlAnswer(404, '404 Not Found', 'none')
    const request = readJeepayRequest(kind, arrival, identity)
    if ('breach' in request) {
      const { code, message, breach, subject } = request
      world.breach(breach, subject)
      const fault = chooseFault({ wallet: 'jeepay', kind, orderNumber: '' })
      return jeepayAnswer({ kind: 'error', code, message }, identity.appSecret, fault)
    }
    const { fields, strangers } = request
    for (const stranger of strangers) world.breach('field-undocumented', stranger)
    const orderNumber = fields.mchOrderNo ?? fields.mchRefundNo ?? ''
    const fault = chooseFault({ wallet: 'jeepay', kind, orderNumber })
    const plainly = () => resultOf(kind, fields, world, now())
    const result = saidOtherwise(jeepayWireFaults, chooseWireFault, plainly, say)
    return result === 'cut' ? { kind: 'cut' } : jeepayAnswer(result, identity.appSecret, fault)
  }
}

const say = ({ says }: JeepayWireFault, plain: JeepayResult | 'cut' | undefined): JeepayResult | 'cut' =>
  plain === 'cut' ? plain : jeepaySaid(says, plain)

function resultOf(kind: JeepayCall, fields: JeepayRequestFields, world: World, wallMs: number): JeepayResult | 'cut' {
  switch (kind) {
    case 'pay':
      return payResultOf(fields, world)
    case 'query': {
      const booked = world.query(nameOf(fields))
      if (booked === undefined) return refusedWith('订单不存在')
      return jeepayQueryResult(booked, storedState(booked, expiryMs(booked.echo), wallMs), merchant)
    }
    case 'refund':
      return refundResultOf(fields, world, wallMs)
    case 'refund-query': {
      const reply = world.queryRefund(null, fields.mchRefundNo ?? '')
      if (reply.kind === 'known') return jeepayRefundQueryResult(reply.booked.order, reply.refund, reply.state)
      const failed = world.findRefund(fields.mchRefundNo ?? '')
      const isStored = failed !== undefined && isStoredFailure(failed) && reply.booked !== undefined
      return isStored ? failedRefundResult(reply.booked.order, failed) : refusedWith('订单不存在')
    }
  }
}

const expiryMs = ({ expiredTime }: Readonly<Record<string, string>>): number =>
  1_000 * Number(expiredTime ?? usualExpirySeconds)

/** The code in `channelExtra`, which was checked to be JSON with it. */
const codeIn = ({ channelExtra = '{}' }: JeepayRequestFields): string => {
  const { authCode } = JSON.parse(channelExtra) as { readonly authCode: string } // by the field's rule
  return authCode
}

function payResultOf(fields: JeepayRequestFields, world: World): JeepayResult | 'cut' {
  const code = codeIn(fields)
  const way = fields.wayCode === 'AUTO_BAR' ? wayOfCode(code) : fields.wayCode
  if (way === undefined) {
    world.breach('field-malformed', 'authCode')
    return refusedWith('不支持的条码')
  }
  const { subject = '', body = '', clientIp, extParam, expiredTime } = fields
  const echo = {
    wayCode: way,
    subject,
    body,
    ...(clientIp === undefined ? {} : { clientIp }),
    ...(extParam === undefined ? {} : { extParam }),
    ...(expiredTime === undefined ? {} : { expiredTime }),
  }
  return jeepayPayResult(
    world.pay({
      orderNumber: fields.mchOrderNo ?? '',
      amountFen: fen(Number(fields.amount)),
      code,
      request: jeepayRequestText(fields),
      echo,
      // WeChat closes by itself; the others are told Jeepay's own time.
      unpaidForMs: way === 'WX_BAR' ? wechatClosesUnpaidAfterMs : expiryMs(echo),
    }),
  )
}

/** Jeepay refunds only what its own database has as paid (jeepay.md §1), and a stored number only once. */
function refundResultOf(fields: JeepayRequestFields, world: World, wallMs: number): JeepayResult | 'cut' {
  const { mchRefundNo: refundNumber = '', refundReason: reason = '' } = fields
  const name = nameOf(fields)
  const booked = world.find(name)
  const former = world.findRefund(refundNumber)
  if (former !== undefined && (former.acceptedAtMs !== null || isStoredFailure(former))) {
    return repeatedRefund(refundNumber)
  }
  if (booked !== undefined) {
    const current = { ...booked, order: advance(booked.order, wallMs) }
    const { state } = storedState(current, expiryMs(booked.echo), wallMs)
    if (state === 5) return refusedWith('订单已全额退款，本次申请失败')
    if (state !== 2) return refusedWith('订单状态不正确， 无法完成退款')
  }
  return jeepayRefundResult(world.refund(name, { refundNumber, amountFen: fen(Number(fields.refundAmount)), reason }))
}

/** If both numbers are sent, `payOrderId` wins (jeepay.md §3). */
const nameOf = ({ payOrderId, mchOrderNo: orderNumber = '' }: JeepayRequestFields): OrderName =>
  payOrderId
    ? {
        sequence: jeepaySequenceOf(payOrderId),
        isNamed: (order: TrainingOrder) => jeepayOrderId(order) === payOrderId,
      }
    : { orderNumber }
