import { generateKeyPairSync } from 'node:crypto'
import type { RequestKind } from '../books.ts'
import { type Answer, type Arrival, htmlAnswer } from '../listener.ts'
import type { TrainingOrder } from '../stories.ts'
import type { ServerParts, TrainingServer } from '../training-server.ts'
import { saidOtherwise } from '../wire-fault.ts'
import type { OrderName, World } from '../world.ts'
import {
  type IcbcResult,
  icbcOrderId,
  icbcPayResult,
  icbcQueryResult,
  icbcReverseResult,
  icbcSequenceOf,
  refused,
} from './answer.ts'
import { type IcbcContent, icbcAmountOf, icbcRequestText, readIcbcContent } from './content.ts'
import { icbcAnswer, icbcSaid } from './envelope.ts'
import { icbcRejectQueryResult, icbcRejectResult } from './refund-answer.ts'
import { type IcbcServerIdentity, icbcServedPaths, readSignedCall } from './request.ts'
import { type IcbcSigning, type IcbcWireFault, icbcWireFaults } from './wire-faults.ts'

const files = {
  merchantPrivate: 'merchant-private.pem',
  merchantPublic: 'merchant-public.pem',
  gatewayPrivate: 'gateway-private.pem',
  gatewayPublic: 'gateway-public.pem',
} as const

/** Practice numbers of the reference's own form (icbc.md §3, §4). */
const appId = '10000000000000004097'
const merchantId = '020001010001'

/** No figure is published; longer than the till waits, so that its reversal comes first. */
const unpaidForMs = 90_000
/** How many message numbers the gateway remembers, to refuse one that comes again. */
const mostMessages = 10_000

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

/** The training bank: ICBC's QR calls as the references have them (icbc.md §1–§6). */
export const icbcTrainingServer: TrainingServer = {
  name: 'icbc',
  makeKeys: () => {
    const merchant = pair()
    const gateway = pair()
    return {
      [files.merchantPrivate]: merchant.privateKey,
      [files.merchantPublic]: merchant.publicKey,
      [files.gatewayPrivate]: gateway.privateKey,
      [files.gatewayPublic]: gateway.publicKey,
    }
  },
  handler: icbcHandler,
  wireFaults: icbcWireFaults,
  configuration: ({ origin, fileOf }) => ({
    kind: 'icbc',
    baseUrl: origin,
    appId,
    merchantId,
    privateKey: { file: fileOf(files.merchantPrivate) },
    icbcPublicKey: { file: fileOf(files.gatewayPublic) },
    signType: 'RSA2',
  }),
}

/** Remembers message numbers and tells whether one was used before. */
const messageMemory = (): ((messageId: string) => boolean) => {
  const seen = new Set<string>()
  return (messageId) => {
    if (seen.has(messageId)) return true
    seen.add(messageId)
    const [oldest] = seen
    if (seen.size > mostMessages && oldest !== undefined) seen.delete(oldest)
    return false
  }
}

function icbcHandler({ keys, world, now, chooseFault, chooseWireFault }: ServerParts): (arrival: Arrival) => Answer {
  const identity: IcbcServerIdentity = {
    appId,
    merchantId,
    merchantPublicKey: keys[files.merchantPublic] ?? '',
    gatewayPrivateKey: keys[files.gatewayPrivate] ?? '',
  }
  const isUsed = messageMemory()
  return (arrival) => {
    const kind = icbcServedPaths.get(arrival.target.split('?')[0] ?? '')
    if (kind === undefined) return htmlAnswer(404, '404 Not Found', 'none')
    if (arrival.method !== 'POST') {
      world.breach('method', 'POST')
      return htmlAnswer(405, '405 Not Allowed', 'none')
    }
    const call = readSignedCall(arrival, identity, now(), isUsed)
    if ('breach' in call) {
      const { breach, subject, messageId } = call
      world.breach(breach, subject)
      const fault = chooseFault({ wallet: 'icbc', kind, orderNumber: '' })
      return icbcAnswer(gatewayRefusal(subject, messageId), identity.gatewayPrivateKey, fault)
    }
    const { messageId, bizContent } = call
    const reading = readIcbcContent(kind, bizContent, merchantId, now())
    const orderNumber = reading.ok ? (reading.content.out_trade_no ?? '') : ''
    const fault = chooseFault({ wallet: 'icbc', kind, orderNumber })
    if (!reading.ok) {
      const { how, field } = reading.breach
      world.breach(`field-${how}`, field)
      return icbcAnswer(gatewayRefusal(field, messageId), identity.gatewayPrivateKey, fault)
    }
    let signing: IcbcSigning = 'usual'
    const say = ({ says }: IcbcWireFault, plain: IcbcResult | 'cut' | undefined): IcbcResult => {
      signing = says.signing ?? signing
      return icbcSaid(says, plain === 'cut' ? undefined : plain)
    }
    const plainly = () => resultOf(kind, reading.content, world)
    const result = saidOtherwise(icbcWireFaults, chooseWireFault, plainly, say)
    if (result === 'cut') return { kind: 'cut' }
    const turn = world.find(nameOf(reading.content))?.order.sequence ?? 0
    return icbcAnswer({ result, messageId, turn, signing }, identity.gatewayPrivateKey, fault)
  }
}

/** The one code that has been seen from the gateway itself, and it comes as a number (icbc.md §6). */
const gatewayRefusal = (subject: string, messageId: string) => ({
  result: refused('400026', `参数有误：${subject}`),
  messageId,
  turn: 2,
})

function resultOf(kind: RequestKind, content: IcbcContent, world: World): IcbcResult | 'cut' {
  switch (kind) {
    case 'pay':
      return icbcPayResult(
        world.pay({
          orderNumber: content.out_trade_no ?? '',
          amountFen: icbcAmountOf(content),
          code: content.qr_code ?? '',
          request: icbcRequestText(content),
          echo: {},
          unpaidForMs,
        }),
        merchantId,
      )
    case 'query':
      return icbcQueryResult(world.query(nameOf(content)), merchantId)
    case 'revoke':
      return icbcReverseResult(world.revoke(nameOf(content)), merchantId)
    case 'refund': {
      // No field of the call carries a reason, so a practice refund has no trouble of its own to ask for.
      const arrival = { refundNumber: content.reject_no ?? '', amountFen: icbcAmountOf(content), reason: '' }
      return icbcRejectResult(world.refund(nameOf(content), arrival), merchantId)
    }
    case 'refund-query': {
      const name = nameOf(content)
      // A refund of another order is none of this one's, whatever its number.
      const refundNumber = world.find(name) === undefined ? '' : (content.reject_no ?? '')
      return icbcRejectQueryResult(world.queryRefund(name, refundNumber), merchantId)
    }
  }
}

/** By our number where it is there, else by the bank's: the whole of it, or its last 15 digits (icbc.md §3). */
const nameOf = ({ out_trade_no: orderNumber, order_id: orderId = '' }: IcbcContent): OrderName =>
  orderNumber
    ? { orderNumber }
    : {
        sequence: icbcSequenceOf(orderId),
        isNamed: (order: TrainingOrder) => {
          const whole = icbcOrderId(order, merchantId)
          return orderId === whole || orderId === whole.slice(-15)
        },
      }
