import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { createAlipayChannel } from '../channels/alipay/channel.ts'
import type { AlipaySettings } from '../channels/alipay/settings.ts'
import { alipaySignature, alipaySignatureMatches, alipayStringToSign } from '../channels/alipay/sign.ts'
import type { ChannelId } from '../till/ids.ts'
import { fen, readYuan, yuanText } from '../till/money.ts'
import { shanghaiDate, shanghaiDateTime } from '../till/time.ts'
import { type AlipayWireFault, alipayWireFaults } from '../training/alipay-wire-faults.ts'
import { flatlySaid, saidOtherwise } from '../training/wire-fault.ts'
import { type Book, canCharge, netFen } from './book.ts'
import { answerOf, type Door, type ReadRequest, type RequestKind, requestsPerCheck, type Spoiling } from './door.ts'
import type { PayReply, QueryReply, RevokeReply, Wallet } from './wallet.ts'
import type { RefundQueryReply, RefundReply } from './wallet-refunds.ts'

type AnswerNode = Readonly<Record<string, string>>

/** Short keys, made for this process only: signing is most of a simulated day's work, and nothing real is signed. */
const makePair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 512,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

const kinds: Readonly<Record<string, RequestKind>> = {
  'alipay.trade.pay': 'pay',
  'alipay.trade.query': 'query',
  'alipay.trade.cancel': 'revoke',
  'alipay.trade.refund': 'refund',
  'alipay.trade.fastpay.refund.query': 'refund-query',
}
const methods = {
  pay: 'pay',
  query: 'query',
  revoke: 'cancel',
  refund: 'refund',
  'refund-query': 'fastpay_refund_query',
} as const satisfies Record<RequestKind, string>

const success = { code: '10000', msg: 'Success' } as const
const failed = (subCode: string, words: string, orderNumber: string): AnswerNode => ({
  code: '40004',
  msg: 'Business Failed',
  sub_code: subCode,
  sub_msg: words,
  out_trade_no: orderNumber,
})
const unavailable: AnswerNode = {
  code: '20000',
  msg: 'Service Currently Unavailable',
  sub_code: 'isp.unknow-error',
  sub_msg: '系统繁忙',
}

const trade = (book: Book): AnswerNode => ({
  out_trade_no: book.orderNumber,
  total_amount: yuanText(fen(book.amountFen)),
  trade_no: `${shanghaiDate(book.openedAtMs)}22001${String(book.sequence).padStart(15, '0')}`,
})
const payment = (book: Book): AnswerNode => ({
  ...trade(book),
  buyer_pay_amount: yuanText(fen(book.amountFen)),
  receipt_amount: yuanText(fen(book.amountFen)),
})

const payNode = (reply: PayReply, orderNumber: string): AnswerNode => {
  switch (reply.kind) {
    case 'paid':
      return { ...success, ...payment(reply.book), gmt_payment: shanghaiDateTime(reply.book.paidAtMs ?? 0) }
    case 'confirming':
      return { code: '10003', msg: ' order success pay inprocess', ...trade(reply.book) }
    case 'system-error':
      return reply.book.sequence % 2 === 0 ? unavailable : failed('ACQ.SYSTEM_ERROR', '系统错误', orderNumber)
    case 'doubtful-failure':
      return failed('ACQ.PULL_MOBILE_CASHIER_FAIL', '唤起移动收银台失败', orderNumber)
    case 'balance-low':
      return failed('ACQ.BUYER_BALANCE_NOT_ENOUGH', '买家余额不足', orderNumber)
    case 'code-expired':
    case 'code-invalid':
      return failed('ACQ.PAYMENT_AUTH_CODE_INVALID', '支付失败，付款码无效', orderNumber)
    // alipay.md §2.2: the same request again is answered as the order stands.
    case 'number-used':
      if (netFen(reply.book) > 0) return failed('ACQ.TRADE_HAS_SUCCESS', '交易已被支付', orderNumber)
      if (canCharge(reply.book)) return { code: '10003', msg: ' order success pay inprocess', ...trade(reply.book) }
      return failed('ACQ.TRADE_HAS_CLOSE', '交易已经关闭', orderNumber)
  }
}

const queryNode = (reply: QueryReply, orderNumber: string): AnswerNode => {
  if (reply.kind === 'not-found') return failed('ACQ.TRADE_NOT_EXIST', '交易不存在', orderNumber)
  const { book, standing } = reply
  const sent = { send_pay_date: shanghaiDateTime(book.paidAtMs ?? 0) }
  switch (standing) {
    case 'confirming':
    case 'unpaid':
    case 'payment-failed':
      return { ...success, ...trade(book), trade_status: 'WAIT_BUYER_PAY' }
    case 'paid':
      return { ...success, ...payment(book), ...sent, trade_status: 'TRADE_SUCCESS' }
    case 'closed':
      return { ...success, ...trade(book), trade_status: 'TRADE_CLOSED' }
    case 'refunded':
      return { ...success, ...payment(book), ...sent, trade_status: 'TRADE_CLOSED' }
  }
}

const revokeNode = (reply: RevokeReply, orderNumber: string): AnswerNode => {
  const number = { out_trade_no: orderNumber }
  switch (reply.kind) {
    case 'closed':
      return { ...success, ...number, retry_flag: 'N', action: 'close' }
    case 'refunded':
      return { ...success, ...number, retry_flag: 'N', action: 'refund' }
    case 'again':
      return { ...success, ...number, retry_flag: 'Y' }
    case 'system-error':
      return { ...failed('ACQ.SYSTEM_ERROR', '系统错误', orderNumber), retry_flag: 'Y' }
    // Alipay has no code for it; "call again" is what it answers meanwhile.
    case 'payer-confirming':
      return { ...failed('ACQ.SYSTEM_ERROR', '系统繁忙', orderNumber), retry_flag: 'Y' }
    // alipay.md §3.3: a number that does not exist still answers success, without an action.
    case 'not-found':
      return { ...success, ...number, retry_flag: 'N' }
  }
}

const refundNode = (reply: RefundReply, orderNumber: string): AnswerNode => {
  switch (reply.kind) {
    case 'accepted':
    case 'repeated':
      return {
        ...success,
        out_trade_no: orderNumber,
        fund_change: reply.kind === 'accepted' ? 'Y' : 'N',
        refund_fee: yuanText(fen(reply.refund.amountFen)),
      }
    case 'empty-success':
      return { ...success, out_trade_no: orderNumber, fund_change: 'N' }
    case 'system-error':
      return unavailable
    case 'balance-low':
      return failed('ACQ.SELLER_BALANCE_NOT_ENOUGH', '卖家余额不足', orderNumber)
    case 'not-enough-left':
      return failed('ACQ.REASON_TRADE_REFUND_FEE_ERR', '退款金额无效', orderNumber)
    case 'discordant':
      return failed('ACQ.DISCORDANT_REPEAT_REQUEST', '不一致的请求', orderNumber)
    case 'not-found':
      return failed('ACQ.TRADE_NOT_EXIST', '交易不存在', orderNumber)
  }
}

const refundQueryNode = (reply: RefundQueryReply): AnswerNode =>
  reply.kind === 'unknown-refund'
    ? success
    : {
        ...success,
        out_trade_no: reply.book.orderNumber,
        out_request_no: reply.refund.refundNumber,
        refund_amount: yuanText(fen(reply.refund.amountFen)),
        total_amount: yuanText(fen(reply.book.amountFen)),
        refund_status: 'REFUND_SUCCESS',
      }

const spoiled = (node: AnswerNode, spoiling: Spoiling): AnswerNode => {
  const { out_trade_no: number, total_amount: amount, trade_status: status } = node
  if (spoiling === 'other-order' && number) return { ...node, out_trade_no: `${number.slice(0, -1)}X` }
  if (spoiling === 'wrong-amount' && node.refund_amount) return { ...node, refund_amount: '90000.01' }
  if (spoiling === 'wrong-amount' && node.refund_fee) return { ...node, refund_fee: '90000.01' }
  const reading = amount === undefined ? null : readYuan(amount)
  if (spoiling === 'wrong-amount' && reading?.ok) return { ...node, total_amount: yuanText(fen(reading.amountFen + 1)) }
  if (spoiling === 'unlisted-state' && status) return { ...node, trade_status: 'TRADE_NEW' }
  if (spoiling === 'unlisted-state') return { ...node, code: '49999' }
  return node
}

const forgeries: readonly Spoiling[] = ['bad-signature', 'wrong-merchant', 'other-order', 'wrong-amount']

/** What a stranger, or another order's answer, would say: paid. A till that does not check would believe it. */
const forgedPayment = ({ kind, orderNumber, pay }: ReadRequest, book: Book | undefined): AnswerNode => ({
  ...success,
  out_trade_no: orderNumber,
  total_amount: yuanText(fen(book?.amountFen ?? pay?.amountFen ?? 1)),
  trade_no: '2026112322001000000000000000',
  ...(kind === 'query' ? { trade_status: 'TRADE_SUCCESS' } : {}),
})

/** The same for a refund: done, says a stranger. */
const forgedRefund = ({ kind, orderNumber, refund }: ReadRequest): AnswerNode => ({
  ...success,
  out_trade_no: orderNumber,
  ...(kind === 'refund'
    ? { fund_change: 'Y', refund_fee: yuanText(fen(refund?.amountFen ?? 1)) }
    : {
        out_request_no: refund?.refundNumber ?? '',
        refund_amount: yuanText(fen(refund?.amountFen ?? 1)),
        refund_status: 'REFUND_SUCCESS',
      }),
})

const parsed = (text: string): Readonly<Record<string, string>> => {
  // Our own encoder writes this content as an object of texts.
  const value = JSON.parse(text) as Readonly<Record<string, string>>
  return value
}

const say = ({ says }: AlipayWireFault, plain: AnswerNode | undefined): AnswerNode => flatlySaid(says, plain)

/** Alipay's V2 gateway (alipay.md §1.4, §2, §3), in public-key mode. */
export function createAlipayDoor(): Door {
  const app = makePair()
  const platform = makePair()
  const stranger = makePair()
  const settings: AlipaySettings = {
    id: 'alipay' as ChannelId, // The simulated configuration's own id.
    gateway: 'https://alipay.simulation.invalid/gateway.do',
    appId: '2021000000000001',
    appPrivateKey: app.privateKey,
    verification: { mode: 'public-key', alipayPublicKey: platform.publicKey },
    connection: {},
  }
  // The keys of the wallet's side, parsed once as the channel parses its own.
  const appPublicKey = createPublicKey(app.publicKey)
  const platformKey = createPrivateKey(platform.privateKey)
  const strangersKey = createPrivateKey(stranger.privateKey)
  let former: { readonly text: string; readonly sign: string } | null = null
  const signatureOf = (text: string): string => {
    // An order is told that it still waits again and again, in the same words.
    if (former?.text !== text) former = { text, sign: alipaySignature(text, platformKey) }
    return former.sign
  }
  let requests = 0
  const signed = (kind: RequestKind, node: AnswerNode, spoiling: Spoiling) => {
    const text = JSON.stringify(spoiled(node, spoiling))
    // Another merchant's answer is signed by Alipay for another application: for our key it is a stranger's.
    const isForeign = spoiling === 'bad-signature' || spoiling === 'wrong-merchant'
    const sign = isForeign ? alipaySignature(text, strangersKey) : signatureOf(text)
    return answerOf(`{"alipay_trade_${methods[kind]}_response":${text},"sign":"${sign}"}`)
  }
  const nodeFor = (request: ReadRequest, wallet: Wallet): AnswerNode => {
    const { kind, orderNumber, pay, refund } = request
    if (kind === 'query') return queryNode(wallet.query(orderNumber), orderNumber)
    if (kind === 'revoke') return revokeNode(wallet.revoke(orderNumber), orderNumber)
    if (kind === 'refund') {
      return refundNode(wallet.refund(orderNumber, refund?.refundNumber ?? '', refund?.amountFen ?? 0), orderNumber)
    }
    if (kind === 'refund-query') return refundQueryNode(wallet.queryRefund(refund?.refundNumber ?? ''))
    return payNode(wallet.pay(orderNumber, pay?.amountFen ?? 0, pay?.code ?? ''), orderNumber)
  }
  return {
    cannotSpoil: [],
    name: 'alipay',
    wireFaults: alipayWireFaults,
    channel: createAlipayChannel(settings),
    read(request) {
      const common = Object.fromEntries(new URL(request.url).searchParams)
      const content = decodeURIComponent(request.body.replace(/^biz_content=/, ''))
      const parameters = { ...common, biz_content: content }
      const kind = kinds[common.method ?? '']
      if (kind === undefined) throw new Error('the till sent what is no Alipay request')
      requests += 1
      const isChecked = requests % requestsPerCheck === 1
      if (isChecked && !alipaySignatureMatches(alipayStringToSign(parameters), common.sign ?? '', appPublicKey)) {
        throw new Error('the till sent an Alipay request with a wrong signature')
      }
      const fields = parsed(content)
      const { out_trade_no: orderNumber = '', total_amount: amount = '', auth_code: code = '' } = fields
      const { out_request_no: refundNumber, refund_amount: refundText } = fields
      const refundReading = refundText === undefined ? null : readYuan(refundText)
      const refund =
        refundNumber === undefined
          ? null
          : { refundNumber, amountFen: refundReading?.ok ? refundReading.amountFen : null }
      const reading = readYuan(amount)
      const pay = kind === 'pay' ? { amountFen: reading.ok ? reading.amountFen : 0, code } : null
      const claimedWallMs = Date.parse(`${(common.timestamp ?? '').replace(' ', 'T')}+08:00`)
      return { kind, orderNumber, pay, refund, claimedWallMs }
    },
    answer(request, wallet, spoiling, choose) {
      const node = saidOtherwise(alipayWireFaults, choose, () => nodeFor(request, wallet), say)
      if (request.kind === 'revoke' || !forgeries.includes(spoiling)) return signed(request.kind, node, spoiling)
      const forged = request.refund
        ? forgedRefund(request)
        : forgedPayment(request, wallet.books.get(request.orderNumber))
      return signed(request.kind, forged, spoiling)
    },
    tooMany: ({ kind }) =>
      signed(
        kind,
        { code: '40005', msg: 'Call Limited', sub_code: 'isv.app-call-limited', sub_msg: '调用频次超限' },
        null,
      ),
    badTime: ({ kind }) =>
      signed(
        kind,
        { code: '40002', msg: 'Invalid Arguments', sub_code: 'isv.invalid-timestamp', sub_msg: '非法的时间戳参数' },
        null,
      ),
  }
}
