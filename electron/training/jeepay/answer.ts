import { shanghaiCompact } from '../../till/time.ts'
import type { BookedOrder } from '../books.ts'
import type { TrainingOrder } from '../stories.ts'
import type { PayReply } from '../world.ts'
import { dataOf, type JeepayData, type JeepayResult, refusedWith } from './envelope.ts'
import { firstState, type StoredState } from './stored-state.ts'
import { jeepayInterfaces, wayIn } from './way.ts'

/** Jeepay's number of an order, at most 30 characters (jeepay.md §3), made of the time and the place in the books. */
export function jeepayOrderId({ openedAtMs, sequence }: TrainingOrder): string {
  return `P${shanghaiCompact(openedAtMs)}${String(sequence).padStart(8, '0')}`
}

/** The place in the books that Jeepay's number names; whether it is that order's is still to be compared. */
export function jeepaySequenceOf(payOrderId: string): number {
  return Number(payOrderId.slice(-8))
}

/** The wallet's own number of a payment. */
export function walletNumber({ openedAtMs, sequence }: TrainingOrder): string {
  return `4200009${shanghaiCompact(openedAtMs)}${String(sequence).padStart(7, '0')}`
}

const failure = (stored: StoredState): JeepayData =>
  stored.state === 3 ? { ...(stored.errCode === '' ? {} : { errCode: stored.errCode }), errMsg: stored.errMsg } : {}

/** What a pay request is answered; `cut` means that the connection ends without an answer (jeepay.md §3, §5). */
export function jeepayPayResult(reply: PayReply): JeepayResult | 'cut' {
  const { order } = reply.booked
  if (reply.kind === 'repeated') return refusedWith(`商户订单[${order.orderNumber}]已存在`)
  if (reply.answer === 'connection-lost') return 'cut'
  const first = firstState(reply.booked)
  if (first === 'created') return refusedWith('系统异常') // an exception inside; the order is stored all the same
  const stored: StoredState =
    first === 'paying' ? { state: 1 } : first === 'paid' ? { state: 2, successAtMs: order.openedAtMs } : first
  return dataOf({
    payOrderId: jeepayOrderId(order),
    mchOrderNo: order.orderNumber,
    orderState: stored.state,
    ...(stored.state === 3 ? {} : { payDataType: 'none', payData: '' }),
    ...failure(stored),
  })
}

/** What a query is answered: the database row; the wallet is not asked (jeepay.md §3). */
export function jeepayQueryResult(
  { order, echo }: BookedOrder,
  stored: StoredState,
  merchant: { readonly mchNo: string; readonly appId: string },
): JeepayResult {
  const way = wayIn(echo)
  const isPaid = stored.state === 2 || stored.state === 5
  // Some versions write what is not there as null, others leave it out.
  const nothing =
    order.sequence % 2 === 0 ? { channelOrderNo: null, errCode: null, errMsg: null, successTime: null } : {}
  return dataOf({
    ...nothing,
    payOrderId: jeepayOrderId(order),
    mchNo: merchant.mchNo,
    appId: merchant.appId,
    mchOrderNo: order.orderNumber,
    ifCode: jeepayInterfaces[way],
    wayCode: way,
    amount: order.amountFen,
    currency: 'cny',
    state: stored.state,
    ...(echo.clientIp ? { clientIp: echo.clientIp } : {}),
    subject: echo.subject ?? '',
    body: echo.body ?? '',
    ...(isPaid ? { channelOrderNo: walletNumber(order) } : {}),
    ...failure(stored),
    ...(echo.extParam ? { extParam: echo.extParam } : {}),
    ...(isPaid ? { successTime: stored.successAtMs } : {}),
    createdAt: order.openedAtMs,
  })
}
