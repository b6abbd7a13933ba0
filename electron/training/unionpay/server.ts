import { X509Certificate } from 'node:crypto'
import { unionpayDayEndHour, unionpayDayEndMs } from '../../channels/unionpay/day.ts'
import { fen } from '../../till/money.ts'
import { shanghaiCalendar } from '../../till/time.ts'
import { billDates } from '../bill-dates.ts'
import type { BookedOrder, RequestKind } from '../books.ts'
import { type Answer, type Arrival, htmlAnswer } from '../listener.ts'
import type { TrainingOrder } from '../stories.ts'
import type { ServerParts, TrainingServer } from '../training-server.ts'
import { flatlySaid, saidOtherwise } from '../wire-fault.ts'
import type { OrderName, World } from '../world.ts'
import {
  coded,
  type UnionpayResult,
  unionpayPayResult,
  unionpayQueryId,
  unionpayQueryResult,
  unionpayRefundQueryResult,
  unionpayRefundResult,
  unionpayReversalResult,
  unionpaySequenceOf,
} from './answer.ts'
import { fileContent, unionpayBillArchive } from './bill.ts'
import { answerKeys, unionpayAnswer } from './envelope.ts'
import { certIdOf, makeUnionpayKeys, unionpayFiles } from './keys.ts'
import {
  readUnionpayRequest,
  type UnionpayFields,
  type UnionpayRequest,
  type UnionpayServerIdentity,
  unionpayPaths,
  unionpayRequestText,
} from './request.ts'
import { type UnionpayWireFault, unionpayWireFaults } from './wire-faults.ts'

/** Test numbers of the open platform begin with 777 (unionpay.md §2.1). */
const merchantId = '777290058110048'
const terminalId = '01080209'

/** No figure is published; longer than the till waits, so that its reversal comes first. */
const unpaidForMs = 90_000

/** The training UnionPay: 被扫消费, 交易状态查询, 冲正, 消费撤销 and 退货 as the references have them (unionpay.md §1–§6). */
export const unionpayTrainingServer: TrainingServer = {
  name: 'unionpay',
  makeKeys: makeUnionpayKeys,
  handler: unionpayHandler,
  wireFaults: unionpayWireFaults,
  configuration: ({ origin, fileOf, keys }) => ({
    kind: 'unionpay',
    baseUrl: origin,
    fileUrl: `${origin}/`,
    merchantId,
    terminalId,
    merchantPrivateKey: { file: fileOf(unionpayFiles.merchantPrivate) },
    certId: certIdOf(keys[unionpayFiles.merchantCertificate] ?? ''),
    unionpayCert: { file: fileOf(unionpayFiles.authority) },
  }),
}

function unionpayHandler({
  keys,
  world,
  now,
  chooseFault,
  chooseWireFault,
}: ServerParts): (arrival: Arrival) => Answer {
  const merchantCertificate = keys[unionpayFiles.merchantCertificate] ?? ''
  const identity: UnionpayServerIdentity = {
    merchantId,
    certId: certIdOf(merchantCertificate),
    merchantPublicKey: new X509Certificate(merchantCertificate).publicKey,
  }
  const own = answerKeys(keys[unionpayFiles.gatewayPrivate] ?? '', keys[unionpayFiles.gatewayCertificate] ?? '')
  return (arrival) => {
    if (!unionpayPaths.includes(arrival.target.split('?')[0] ?? '')) return htmlAnswer(404, '404 Not Found', 'none')
    if (arrival.method !== 'POST') {
      world.breach('method', 'POST')
      return htmlAnswer(405, '405 Not Allowed', 'none')
    }
    const request = readUnionpayRequest(arrival, identity, now())
    if ('breach' in request) {
      world.breach(request.breach, request.subject)
      const fault = chooseFault({ wallet: 'unionpay', kind: 'query', orderNumber: '' })
      return unionpayAnswer(request.fields, coded(request.respCode), 0, own, fault)
    }
    const { fields } = request
    const orderNumber = fields['orderId'] ?? ''
    const fault = chooseFault({ wallet: 'unionpay', kind: kindOf(request, world), orderNumber })
    const result = saidOtherwise(unionpayWireFaults, chooseWireFault, () => resultOf(request, world, now()), say)
    if (result === 'cut') return { kind: 'cut' }
    const turn = world.find({ orderNumber })?.order.sequence ?? 0
    return unionpayAnswer(fields, result, turn, own, fault)
  }
}

/** The fault's fields, with UnionPay's words for its codes. */
function say({ says }: UnionpayWireFault, plain: UnionpayResult | 'cut' | undefined): UnionpayResult {
  const { respCode = '', ...rest } = flatlySaid(says, plain === 'cut' ? undefined : plain)
  const { origRespCode } = rest
  const told = { ...rest, ...coded(respCode) }
  return origRespCode === undefined ? told : { ...told, origRespMsg: coded(origRespCode)['respMsg'] ?? '' }
}

/** One call asks about payments and refunds; a till's refund numbers end so (electron/till/refund/refund-number.ts). */
const isRefundQuery = ({ orderId = '' }: UnionpayFields, world: World): boolean =>
  world.find({ orderNumber: orderId }) === undefined && /R\d{2}$/.test(orderId)

const kindOf = ({ call, fields }: UnionpayRequest, world: World): RequestKind => {
  switch (call) {
    case 'pay':
      return 'pay'
    case 'query':
      return isRefundQuery(fields, world) ? 'refund-query' : 'query'
    case 'reversal':
      return 'revoke'
    case 'undo':
    case 'refund':
      return 'refund'
    case 'file':
      return 'query'
  }
}

function resultOf({ call, fields }: UnionpayRequest, world: World, wallMs: number): UnionpayResult | 'cut' {
  const { orderId = '', txnTime = '' } = fields
  switch (call) {
    case 'pay':
      return unionpayPayResult(
        world.pay({
          orderNumber: orderId,
          amountFen: fen(Number(fields['txnAmt'])),
          code: fields['qrNo'] ?? '',
          request: unionpayRequestText(fields),
          echo: { txnTime },
          unpaidForMs,
        }),
      )
    case 'query':
      if (isRefundQuery(fields, world)) return unionpayRefundQueryResult(world.queryRefund(null, orderId))
      return isOtherTime(fields, world) ? coded('34') : unionpayQueryResult(world.query({ orderNumber: orderId }))
    case 'reversal': {
      if (isOtherTime(fields, world)) return coded('34')
      const known = world.find({ orderNumber: orderId })
      if (known !== undefined && isDayOver(known, wallMs)) return coded('39')
      return unionpayReversalResult(world.revoke({ orderNumber: orderId }))
    }
    case 'undo':
    case 'refund':
      return refundResultOf({ call, fields }, world, wallMs)
    case 'file':
      return fileResultOf(fields['settleDate'] ?? '', world, wallMs)
  }
}

/** The file of a settlement day of this year or, where that has not come yet, of the last one (§9). */
function fileResultOf(settleDate: string, world: World, wallMs: number): UnionpayResult {
  const year = Number(shanghaiCalendar(wallMs).year)
  const day =
    billDates(`${year}${settleDate}`, wallMs, unionpayDayEndHour) ??
    billDates(`${year - 1}${settleDate}`, wallMs, unionpayDayEndHour)
  const movements = day === undefined ? [] : world.movements(day.fromMs, day.toMs)
  if (day === undefined || movements.length === 0) return coded('98')
  const archive = unionpayBillArchive(movements, day.date, { merchantId, terminalId })
  const fileName = `${merchantId}_${day.date}.zip`
  return { ...coded('00'), settleDate, fileName, fileContent: fileContent(archive) }
}

/** Number and time are the key of a trade: with another time it is another trade, and the till is at fault (§11). */
function isOtherTime({ orderId = '', txnTime }: UnionpayFields, world: World): boolean {
  const known = world.find({ orderNumber: orderId })
  const isOther = known !== undefined && known.echo['txnTime'] !== txnTime
  if (isOther) world.breach('other-time', 'txnTime')
  return isOther
}

const isDayOver = ({ order }: BookedOrder, wallMs: number): boolean => wallMs >= unionpayDayEndMs(order.openedAtMs)

function refundResultOf({ call, fields }: UnionpayRequest, world: World, wallMs: number): UnionpayResult | 'cut' {
  const { orderId = '', origQryId = '', reqReserved = '' } = fields
  const amountFen = fen(Number(fields['txnAmt']))
  const name: OrderName = {
    sequence: unionpaySequenceOf(origQryId),
    isNamed: (order: TrainingOrder) => unionpayQueryId(order) === origQryId,
  }
  const known = world.find(name)
  // An undo is for the whole amount and the same UnionPay day (§7).
  if (call === 'undo' && known !== undefined) {
    if (isDayOver(known, wallMs)) return coded('39')
    if (known.order.amountFen !== amountFen) return coded('36')
  }
  const reason = Buffer.from(reqReserved, 'base64url').toString('utf8')
  return unionpayRefundResult(world.refund(name, { refundNumber: orderId, amountFen, reason }))
}
