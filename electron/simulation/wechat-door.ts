import { readFlatXml, writeFlatXml } from '../channels/flat-xml.ts'
import { createWechatChannel } from '../channels/wechat/channel.ts'
import type { WechatSettings } from '../channels/wechat/settings.ts'
import { wechatSignature, wechatSignatureMatches } from '../channels/wechat/sign.ts'
import type { ChannelId } from '../till/ids.ts'
import { shanghaiCompact, shanghaiDate } from '../till/time.ts'
import { type WechatWireFault, wechatWireFaults } from '../training/wechat-wire-faults.ts'
import { flatlySaid, saidOtherwise } from '../training/wire-fault.ts'
import { type Book, netFen, type Standing } from './book.ts'
import { answerOf, type Door, type ReadRequest, type RequestKind, requestsPerCheck, type Spoiling } from './door.ts'
import type { PayReply, QueryReply, RevokeReply, Wallet } from './wallet.ts'
import type { RefundQueryReply, RefundReply, RefundStanding } from './wallet-refunds.ts'

type Fields = Readonly<Record<string, string>>

const settings: WechatSettings = {
  id: 'wechat' as ChannelId, // The simulated configuration's own id.
  baseUrl: 'https://wechat.simulation.invalid',
  appId: 'wx0000000000000001',
  merchantId: '1900000001',
  // A key of the simulated world; nothing real is signed with it.
  apiKey: 'simulation'.repeat(3).padEnd(32, '0'),
  signType: 'HMAC-SHA256',
  connection: {},
}

const kinds: Readonly<Record<string, RequestKind>> = {
  '/pay/micropay': 'pay',
  '/pay/orderquery': 'query',
  '/secapi/pay/reverse': 'revoke',
  '/secapi/pay/refund': 'refund',
  '/pay/refundquery': 'refund-query',
}

const failed = (code: string, words: string): Fields => ({
  result_code: 'FAIL',
  err_code: code,
  err_code_des: words,
})

const payment = (book: Book): Fields => ({
  trade_type: 'MICROPAY',
  bank_type: 'OTHERS',
  total_fee: String(book.amountFen),
  cash_fee: String(book.amountFen),
  fee_type: 'CNY',
  transaction_id: `4200009${shanghaiDate(book.openedAtMs)}${String(book.sequence).padStart(13, '0')}`,
  out_trade_no: book.orderNumber,
  time_end: shanghaiCompact(book.paidAtMs ?? book.openedAtMs),
})

const payFields = (reply: PayReply): Fields => {
  switch (reply.kind) {
    case 'paid':
      return { result_code: 'SUCCESS', ...payment(reply.book) }
    case 'confirming':
      return failed('USERPAYING', '需要用户输入支付密码')
    case 'system-error':
      return failed(reply.book.sequence % 2 === 0 ? 'SYSTEMERROR' : 'BANKERROR', '系统超时')
    case 'doubtful-failure':
      return reply.book.sequence % 2 === 0 ? failed('TRADE_ERROR', '交易失败') : failed('PARAM_ERROR', '参数错误')
    case 'balance-low':
      return failed('NOTENOUGH', '用户账号余额不足')
    case 'code-expired':
      return failed('AUTHCODEEXPIRE', '二维码已过期')
    case 'code-invalid':
      return failed('AUTH_CODE_INVALID', '付款码无效')
    case 'number-used':
      return netFen(reply.book) > 0 ? failed('ORDERPAID', '订单已支付') : failed('OUT_TRADE_NO_USED', '商户订单号重复')
  }
}

const tradeStates = {
  confirming: 'USERPAYING',
  unpaid: 'NOTPAY',
  'payment-failed': 'PAYERROR',
  paid: 'SUCCESS',
  closed: 'REVOKED',
  refunded: 'REVOKED',
} as const satisfies Readonly<Record<Standing, string>>

const queryFields = (reply: QueryReply): Fields => {
  if (reply.kind === 'not-found') return failed('ORDERNOTEXIST', '此交易订单号不存在')
  const { book, standing } = reply
  const withPayment = standing === 'paid' || standing === 'refunded'
  const number = { out_trade_no: book.orderNumber }
  return {
    result_code: 'SUCCESS',
    trade_state: tradeStates[standing],
    ...(withPayment ? payment(book) : number),
  }
}

const revokeFields = (reply: RevokeReply): Fields => {
  switch (reply.kind) {
    case 'closed':
    case 'refunded':
      return { result_code: 'SUCCESS', recall: 'N' }
    case 'again':
      return { result_code: 'SUCCESS', recall: 'Y' }
    case 'system-error':
      return { ...failed('SYSTEMERROR', '系统超时'), recall: 'Y' }
    case 'payer-confirming':
      return { ...failed('USERPAYING', '正在支付中不能发起撤销'), recall: 'Y' }
    case 'not-found':
      return { ...failed('ORDERNOTEXIST', '此交易订单号不存在'), recall: 'N' }
  }
}

const refundFields = (reply: RefundReply): Fields => {
  switch (reply.kind) {
    case 'accepted':
    case 'repeated':
      return {
        result_code: 'SUCCESS',
        out_trade_no: reply.book.orderNumber,
        out_refund_no: reply.refund.refundNumber,
        refund_fee: String(reply.refund.amountFen),
        total_fee: String(reply.book.amountFen),
      }
    case 'balance-low':
      return failed('NOTENOUGH', '基本账户余额不足')
    case 'not-enough-left':
    case 'discordant':
      return failed('ERROR', '业务错误')
    case 'not-found':
      return failed('ORDERNOTEXIST', '订单不存在')
    case 'empty-success':
    case 'system-error':
      return failed('SYSTEMERROR', '系统超时')
  }
}

const refundStates = {
  processing: 'PROCESSING',
  done: 'SUCCESS',
  closed: 'REFUNDCLOSE',
  abnormal: 'CHANGE',
} as const satisfies Readonly<Record<RefundStanding, string>>

const refundQueryFields = (reply: RefundQueryReply): Fields =>
  reply.kind === 'unknown-refund'
    ? failed('REFUNDNOTEXIST', '退款订单查询失败')
    : {
        result_code: 'SUCCESS',
        out_trade_no: reply.book.orderNumber,
        out_refund_no_0: reply.refund.refundNumber,
        refund_fee_0: String(reply.refund.amountFen),
        refund_status_0: refundStates[reply.refund.standing],
        total_fee: String(reply.book.amountFen),
      }

const spoiled = (fields: Fields, spoiling: Spoiling): Fields => {
  const { out_trade_no: number, total_fee: amount, trade_state: state } = fields
  if (spoiling === 'unlisted-state' && fields.refund_status_0) return { ...fields, refund_status_0: 'NEWSTATE' }
  if (spoiling === 'other-order' && number) return { ...fields, out_trade_no: `${number.slice(0, -1)}X` }
  if (spoiling === 'wrong-amount' && fields.refund_fee_0) {
    return { ...fields, refund_fee_0: String(Number(fields.refund_fee_0) + 1) }
  }
  if (spoiling === 'wrong-amount' && amount) return { ...fields, total_fee: String(Number(amount) + 1) }
  if (spoiling === 'wrong-merchant') return { ...fields, mch_id: '1900000002' }
  if (spoiling === 'unlisted-state' && state) return { ...fields, trade_state: 'NEWSTATE' }
  if (spoiling === 'unlisted-state' && fields.err_code) return { ...fields, err_code: 'NEW_CODE' }
  return fields
}

const forgeries: readonly Spoiling[] = ['bad-signature', 'wrong-merchant', 'other-order', 'wrong-amount']

/** What a stranger, or another order's answer, would say: paid. A till that does not check would believe it. */
const forgedPayment = ({ kind, orderNumber, pay }: ReadRequest, book: Book | undefined): Fields => ({
  result_code: 'SUCCESS',
  ...(kind === 'query' ? { trade_state: 'SUCCESS' } : {}),
  trade_type: 'MICROPAY',
  total_fee: String(book?.amountFen ?? pay?.amountFen ?? 1),
  fee_type: 'CNY',
  transaction_id: '4200009000000000000000000000',
  out_trade_no: orderNumber,
  time_end: '20261123180000',
})

/** The same for a refund: done, says a stranger. */
const forgedRefund = ({ orderNumber, refund }: ReadRequest): Fields => ({
  result_code: 'SUCCESS',
  out_trade_no: orderNumber,
  out_refund_no_0: refund?.refundNumber ?? '',
  refund_fee_0: String(refund?.amountFen ?? 1),
  refund_status_0: 'SUCCESS',
})

/** The fields as our own encoder writes them, without a parser's care for what anybody else might write. */
const writtenFields = (xml: string): Fields =>
  Object.fromEntries(Array.from(xml.matchAll(/<(\w+)><!\[CDATA\[([^\]]*)\]\]>/g), ([, name, value]) => [name, value]))

/** Reads a request with the care of the answers' reader, signature and all. */
const checkRequest = (body: string): void => {
  const reading = readFlatXml(body)
  if (!reading.ok || !wechatSignatureMatches(reading.fields, settings.apiKey, settings.signType)) {
    throw new Error('the till sent a WeChat request with a wrong signature')
  }
}

const say = ({ says }: WechatWireFault, plain: Fields | undefined): Fields => flatlySaid(says, plain)

/** WeChat Pay v2's wire (wechat.md §2.2–2.4, §4). */
export function createWechatDoor(): Door {
  let requests = 0
  const signed = (fields: Fields, spoiling: Spoiling) => {
    const full = { return_code: 'SUCCESS', appid: settings.appId, mch_id: settings.merchantId, ...fields }
    if (full.return_code !== 'SUCCESS') return answerOf(writeFlatXml(fields))
    const told = spoiled(full, spoiling)
    const sign = wechatSignature(told, settings.apiKey, settings.signType)
    return answerOf(writeFlatXml({ ...told, sign: spoiling === 'bad-signature' ? sign.toLowerCase() : sign }))
  }
  const fieldsFor = (request: ReadRequest, wallet: Wallet): Fields => {
    const { kind, orderNumber, pay, refund } = request
    if (kind === 'query') return queryFields(wallet.query(orderNumber))
    if (kind === 'revoke') return revokeFields(wallet.revoke(orderNumber))
    if (kind === 'refund') {
      return refundFields(wallet.refund(orderNumber, refund?.refundNumber ?? '', refund?.amountFen ?? 0))
    }
    if (kind === 'refund-query') return refundQueryFields(wallet.queryRefund(refund?.refundNumber ?? ''))
    return payFields(wallet.pay(orderNumber, pay?.amountFen ?? 0, pay?.code ?? ''))
  }
  return {
    cannotSpoil: [],
    name: 'wechat',
    wireFaults: wechatWireFaults,
    channel: createWechatChannel(settings),
    read(request) {
      const kind = kinds[new URL(request.url).pathname]
      const fields = writtenFields(request.body)
      // A refund's query names the refund alone; our refund numbers begin with the order's.
      const orderNumber = fields.out_trade_no ?? fields.out_refund_no?.replace(/R\d\d$/, '')
      if (kind === undefined || !orderNumber) throw new Error('the till sent what is no WeChat request')
      requests += 1
      if (requests % requestsPerCheck === 1) checkRequest(request.body)
      const pay = kind === 'pay' ? { amountFen: Number(fields.total_fee), code: fields.auth_code ?? '' } : null
      const { out_refund_no: refundNumber, refund_fee: refundFee } = fields
      const refund = refundNumber
        ? { refundNumber, amountFen: refundFee === undefined ? null : Number(refundFee) }
        : null
      return { kind, orderNumber, pay, refund, claimedWallMs: null }
    },
    answer(request, wallet, spoiling, choose) {
      const fields = saidOtherwise(wechatWireFaults, choose, () => fieldsFor(request, wallet), say)
      if (request.kind === 'revoke' || !forgeries.includes(spoiling)) return signed(fields, spoiling)
      const forged = request.refund
        ? forgedRefund(request)
        : forgedPayment(request, wallet.books.get(request.orderNumber))
      return signed(forged, spoiling)
    },
    tooMany: () => signed({ ...failed('INVALID_REQUEST', '请求过于频繁'), recall: 'Y' }, null),
    badTime: () => null,
  }
}
