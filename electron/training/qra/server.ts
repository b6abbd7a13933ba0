import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { type QraSigningKey, type QraSignType, qraSignature } from '../../channels/qra/sign.ts'
import { fen } from '../../till/money.ts'
import { billDates } from '../bill-dates.ts'
import type { RequestKind } from '../books.ts'
import type { TrainingFault } from '../fault.ts'
import { type Answer, type Arrival, htmlAnswer } from '../listener.ts'
import type { TrainingOrder } from '../stories.ts'
import type { ServerParts, TrainingServer } from '../training-server.ts'
import { flatlySaid, saidOtherwise } from '../wire-fault.ts'
import type { OrderName, World } from '../world.ts'
import {
  failed,
  type QraResult,
  qraPayResult,
  qraQueryResult,
  qraReverseResult,
  qraSequenceOf,
  qraTransactionId,
  tradeTypeOf,
} from './answer.ts'
import { qraBillText } from './bill.ts'
import { qraRefundQueryResult, qraRefundResult } from './refund-answer.ts'
import { type QraFields, qraRequestText, readSignedRequest } from './request.ts'
import { type QraWireFault, qraWireFaults } from './wire-faults.ts'

const files = {
  apiKey: 'api-key.txt',
  merchantPrivate: 'merchant-private.pem',
  merchantPublic: 'merchant-public.pem',
  platformPrivate: 'platform-private.pem',
  platformPublic: 'platform-public.pem',
} as const

const path = '/pay/gateway'
const billPath = '/gateway'
/** A practice number of the reference's own form (swiftpass.md §1). */
const merchantId = 'QRA000000000001'
/** No figure is published; longer than the till waits, so that its reversal comes first. */
const unpaidForMs = 90_000

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

/** The training gateway of SwiftPass's form, with MD5 and with RSA (swiftpass.md §1–§5). */
export const qraTrainingServer: TrainingServer = {
  name: 'qra',
  makeKeys: () => {
    const merchant = pair()
    const platform = pair()
    return {
      [files.apiKey]: randomBytes(16).toString('hex'),
      [files.merchantPrivate]: merchant.privateKey,
      [files.merchantPublic]: merchant.publicKey,
      [files.platformPrivate]: platform.privateKey,
      [files.platformPublic]: platform.publicKey,
    }
  },
  handler: qraHandler,
  wireFaults: qraWireFaults,
  configuration: ({ origin, fileOf }) => ({
    kind: 'qra',
    gateway: `${origin}${path}`,
    billGateway: `${origin}${billPath}`,
    merchantId,
    signType: 'MD5',
    apiKey: { file: fileOf(files.apiKey) },
  }),
}

type PaymentRequest = { readonly kind: RequestKind; readonly fields: QraFields }

type ServerKeys = { readonly apiKey: string; readonly privateKey: KeyObject }

function qraHandler({ keys, world, now, chooseFault, chooseWireFault }: ServerParts): (arrival: Arrival) => Answer {
  const apiKey = keys[files.apiKey] ?? ''
  const identity = { merchantId, apiKey, merchantPublicKey: createPublicKey(keys[files.merchantPublic] ?? '') }
  const serverKeys: ServerKeys = { apiKey, privateKey: createPrivateKey(keys[files.platformPrivate] ?? '') }
  return (arrival) => {
    if (arrival.target !== path && arrival.target !== billPath) return htmlAnswer(404, '404 Not Found', 'none')
    const request = readSignedRequest(arrival, identity)
    if ('breach' in request) {
      world.breach(request.breach, request.subject)
      const fault = chooseFault({ wallet: 'qra', kind: 'query', orderNumber: '' })
      const refusal = { version: '2.0', charset: 'UTF-8', status: '400', message: request.message }
      return xmlAnswer(refusal, fault)
    }
    const { kind, fields, signType } = request
    if (kind === 'bill') return billAnswer(fields.bill_date ?? '', world, now(), chooseFault)
    // A refund query names no order; our refund numbers begin with it.
    const orderNumber = fields.out_trade_no ?? fields.out_refund_no ?? ''
    const fault = chooseFault({ wallet: 'qra', kind, orderNumber })
    const result = saidOtherwise(qraWireFaults, chooseWireFault, () => resultOf({ kind, fields }, world), say)
    if (result === 'cut') return { kind: 'cut' }
    if (result.status !== undefined) return xmlAnswer(result, fault) // not understood, so not signed either (§3)
    return xmlAnswer(signed(spoil(result, fault), signType, serverKeys, fault), fault)
  }
}

const say = ({ says }: QraWireFault, plain: QraResult | 'cut' | undefined): QraResult =>
  flatlySaid(says, plain === 'cut' ? undefined : plain)

/** The bill as plain text, or an XML whose status is not 0 (§8). */
function billAnswer(date: string, world: World, nowMs: number, chooseFault: ServerParts['chooseFault']): Answer {
  const fault = chooseFault({ wallet: 'qra', kind: 'query', orderNumber: '' })
  const day = billDates(date, nowMs)
  const movements = day === undefined ? [] : world.movements(day.fromMs, day.toMs)
  if (movements.length === 0) return xmlAnswer({ version: '1.0', status: '400', message: 'bill not exist' }, fault)
  const body = qraBillText(movements, merchantId)
  return { kind: 'answer', status: 200, contentType: 'text/plain; charset=utf-8', body, fault }
}

function resultOf({ kind, fields }: PaymentRequest, world: World): QraResult | 'cut' {
  switch (kind) {
    case 'pay':
      return payResultOf(fields, world)
    case 'query':
      return qraQueryResult(world.query(nameOf(fields)))
    case 'revoke':
      return qraReverseResult(world.revoke(nameOf(fields)))
    case 'refund':
      return refundResultOf(fields, world)
    case 'refund-query':
      return qraRefundQueryResult(world.queryRefund(null, fields.out_refund_no ?? ''))
  }
}

function payResultOf(fields: QraFields, world: World): QraResult | 'cut' {
  const { auth_code: code = '', out_trade_no: orderNumber = '', total_fee: amount = '' } = fields
  const { device_info: deviceInfo, attach } = fields
  return qraPayResult(
    world.pay({
      orderNumber,
      amountFen: fen(Number(amount)),
      code,
      request: qraRequestText(fields),
      echo: {
        trade_type: tradeTypeOf(code),
        ...(deviceInfo ? { device_info: deviceInfo } : {}),
        ...(attach ? { attach } : {}),
      },
      unpaidForMs,
    }),
  )
}

function refundResultOf(fields: QraFields, world: World): QraResult | 'cut' {
  const { out_refund_no: refundNumber = '', refund_fee: amount = '', total_fee: total = '' } = fields
  const name = nameOf(fields)
  const known = world.find(name)
  if (known !== undefined && (String(known.order.amountFen) !== total || Number(amount) > Number(total))) {
    world.breach('field-malformed', 'total_fee')
    return failed('PARAM_ERROR', '订单金额不一致')
  }
  // No field of the call carries a reason, so a practice refund has no trouble of its own to ask for.
  return qraRefundResult(world.refund(name, { refundNumber, amountFen: fen(Number(amount)), reason: '' }))
}

/** `transaction_id` wins over `out_trade_no` (§2). */
const nameOf = ({ transaction_id: transactionId, out_trade_no: orderNumber = '' }: QraFields): OrderName =>
  transactionId
    ? {
        sequence: qraSequenceOf(transactionId),
        isNamed: (order: TrainingOrder) => qraTransactionId(order) === transactionId,
      }
    : { orderNumber }

const amounts = ['total_fee', 'refund_fee', 'refund_fee_0'] as const

/** Makes an answer that belongs to another order or amount, where it has one. */
const spoil = (result: QraResult, fault: TrainingFault): QraResult => {
  if (fault === 'other-order' && result.out_trade_no !== undefined) {
    return { ...result, out_trade_no: `${result.out_trade_no.slice(0, -1)}_` }
  }
  if (fault !== 'other-amount') return result
  const changed = amounts.flatMap((name) =>
    result[name] === undefined ? [] : [[name, String(Number(result[name]) + 1)] as const],
  )
  return { ...result, ...Object.fromEntries(changed) }
}

function signed(
  result: QraResult,
  signType: QraSignType,
  { apiKey, privateKey }: ServerKeys,
  fault: TrainingFault,
): QraFields {
  const nonce = randomBytes(16).toString('hex')
  const fields = {
    version: '2.0',
    charset: 'UTF-8',
    sign_type: signType,
    status: '0',
    mch_id: merchantId,
    nonce_str: nonce,
    ...result,
  }
  const key: QraSigningKey = signType === 'MD5' ? { signType, apiKey } : { signType, privateKey }
  const covered = fault === 'wrong-signature' ? { ...fields, nonce_str: `${nonce}0` } : fields
  return { ...fields, sign: qraSignature(covered, key) }
}

/** Values stand in CDATA, and blanks may stand between elements (§1, field notes). */
const xmlAnswer = (fields: QraFields, fault: TrainingFault): Answer => ({
  kind: 'answer',
  status: 200,
  contentType: 'text/xml; charset=utf-8',
  body: `<xml>${Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`)
    .join('\n')}</xml>`,
  fault,
})
