import { randomBytes } from 'node:crypto'
import {
  type BackendCall,
  type BackendCode,
  backendCodes,
  backendVersion,
  unsignedBackendCodes,
} from '../../channels/backend/codes.ts'
import type { JsonFields } from '../../channels/backend/json.ts'
import { backendAnswerText, backendHeaders, backendPath, backendSignature } from '../../channels/backend/sign.ts'
import { fen } from '../../till/money.ts'
import { billDates } from '../bill-dates.ts'
import type { RequestKind } from '../books.ts'
import type { TrainingFault } from '../fault.ts'
import { type Answer, type Arrival, htmlAnswer } from '../listener.ts'
import type { ServerParts, TrainingServer } from '../training-server.ts'
import { flatlySaid, saidOtherwise } from '../wire-fault.ts'
import type { World } from '../world.ts'
import {
  type BackendResult,
  backendPayResult,
  backendQueryResult,
  backendRefundQueryResult,
  backendRefundResult,
  backendRevokeResult,
} from './answer.ts'
import { backendBillRows } from './bill.ts'
import { backendContentBreach } from './content.ts'
import {
  type BackendIdentity,
  backendCallOf,
  type NonceMemory,
  openNonceMemory,
  readBackendRequest,
} from './request.ts'
import { type BackendWireFault, backendWireFaults } from './wire-faults.ts'

/** The files that the keys lie in, and that a till's configuration names. */
const keyFile = 'key.txt'
const keyIdFile = 'key-id.txt'

/** A back end closes an order that nobody paid in time (docs/backend-api.yaml, "pay"). */
const unpaidForMs = 120_000

/** The contract's reference implementation (docs/backend-api.yaml): it plays the stories of the practice codes. */
export const backendServer: TrainingServer = {
  name: 'backend',
  makeKeys: () => ({
    [keyIdFile]: 'training-till',
    [keyFile]: randomBytes(24).toString('hex'),
  }),
  handler: (parts) => {
    const identity = { keyId: parts.keys[keyIdFile] ?? '', key: parts.keys[keyFile] ?? '' }
    const nonces = openNonceMemory()
    return (arrival) => answerTo(arrival, parts, identity, nonces)
  },
  wireFaults: backendWireFaults,
  configuration: ({ origin, fileOf, keys }) => ({
    kind: 'backend',
    baseUrl: origin,
    keyId: keys[keyIdFile] ?? '',
    key: { file: fileOf(keyFile) },
  }),
}

const kindOf = (call: BackendCall): RequestKind => (call === 'bill' ? 'query' : call)

function answerTo(arrival: Arrival, parts: ServerParts, identity: BackendIdentity, nonces: NonceMemory): Answer {
  const call = backendCallOf(arrival.target)
  if (call === undefined) {
    parts.world.breach('path', 'v1')
    return htmlAnswer(404, '404 Not Found', 'none')
  }
  if (arrival.method !== 'POST') {
    parts.world.breach('method', 'POST')
    return htmlAnswer(405, '405 Not Allowed', 'none')
  }
  const reading = readBackendRequest(arrival, call, identity, nonces, parts.now())
  const fields = reading.fields
  const fault = parts.chooseFault({
    wallet: 'backend',
    kind: kindOf(call),
    orderNumber: fields?.text('orderNumber') ?? '',
  })
  const plainly = (): BackendResult | 'cut' =>
    reading.ok ? resultOf(call, reading.fields, parts) : refusalOf(reading.refusal, parts)
  const choose = reading.ok ? parts.chooseWireFault : undefined
  const result = saidOtherwise(backendWireFaults, choose, plainly, say)
  if (result === 'cut') return { kind: 'cut' }
  return signedAnswer({ arrival, call, fields, result, fault, identity, nowMs: parts.now() })
}

const say = ({ says }: BackendWireFault, plain: BackendResult | 'cut' | undefined): BackendResult =>
  flatlySaid(says, plain === 'cut' ? undefined : plain)

const refusalOf = (
  { code, field, message }: { readonly code: BackendCode; readonly field: string; readonly message: string },
  { world, now }: ServerParts,
): BackendResult => {
  world.breach(code, field)
  return { code, field, message, ...(code === 'clock-off' ? { serverTimeMs: now() } : {}) }
}

function resultOf(call: BackendCall, fields: JsonFields, parts: ServerParts): BackendResult | 'cut' {
  const { world } = parts
  const breach = backendContentBreach(call, fields)
  if (breach !== undefined) {
    world.breach(`field-${breach.how}`, breach.field)
    return { code: 'bad-request', field: breach.field, message: `${breach.field} is ${breach.how}` }
  }
  const orderNumber = fields.text('orderNumber') ?? ''
  const refundNumber = fields.text('refundNumber') ?? ''
  const amountFen = fen(fields.whole('amountFen') ?? 0)
  switch (call) {
    case 'pay':
      return payResultOf(fields, world)
    case 'query':
      return backendQueryResult(world.query({ orderNumber }))
    case 'revoke':
      return backendRevokeResult(world.revoke({ orderNumber }))
    case 'refund': {
      const arrival = { refundNumber, amountFen, reason: fields.text('reason') ?? '' }
      return backendRefundResult(world.refund({ orderNumber }, arrival), amountFen)
    }
    case 'refund-query':
      return backendRefundQueryResult(world.queryRefund({ orderNumber }, refundNumber))
    case 'bill':
      return billResultOf(fields.text('date') ?? '', parts)
  }
}

function billResultOf(date: string, { world, now }: ServerParts): BackendResult {
  const day = billDates(date, now())
  if (day === undefined) return { state: 'not-ready', date }
  const rows = backendBillRows(world.movements(day.fromMs, day.toMs))
  return rows.length === 0 ? { state: 'none', date } : { state: 'ready', date, rows }
}

function payResultOf(fields: JsonFields, world: World): BackendResult | 'cut' {
  const { names } = fields
  const request = names.toSorted().map((name) => [name, fields.text(name) ?? fields.whole(name)])
  return backendPayResult(
    world.pay({
      orderNumber: fields.text('orderNumber') ?? '',
      amountFen: fen(fields.whole('amountFen') ?? 0),
      code: fields.text('paymentCode') ?? '',
      request: JSON.stringify(request),
      echo: {},
      unpaidForMs,
    }),
  )
}

/** Makes an answer that belongs to another order or amount, where it has one. */
const spoil = (body: BackendResult, fault: TrainingFault): BackendResult => {
  const { orderNumber, amountFen } = body
  if (fault === 'other-order' && typeof orderNumber === 'string') return { ...body, orderNumber: `${orderNumber}0` }
  if (fault === 'other-amount' && typeof amountFen === 'number') return { ...body, amountFen: amountFen + 1 }
  return body
}

type Signing = {
  readonly arrival: Arrival
  readonly call: BackendCall
  readonly fields: JsonFields | undefined
  readonly result: BackendResult
  readonly fault: TrainingFault
  readonly identity: BackendIdentity
  readonly nowMs: number
}

/** Numbers are repeated only where they are ones: a text of another form could be a payment code in the wrong place. */
const numbersOf = (fields: JsonFields | undefined): BackendResult => {
  const numbers = ['orderNumber', 'refundNumber'].map((name) => [name, fields?.text(name) ?? ''] as const)
  return Object.fromEntries(numbers.filter(([, value]) => /^[A-Za-z0-9]{1,64}$/.test(value)))
}

function signedAnswer({ arrival, call, fields, result, fault, identity, nowMs }: Signing): Answer {
  const code = codeOf(result)
  const status = backendCodes[code]
  const content: BackendResult = { version: backendVersion, code: 'ok', ...numbersOf(fields), ...result }
  const isUnsigned = unsignedBackendCodes.some((unsigned) => unsigned === code)
  const body = JSON.stringify(
    isUnsigned ? { version: backendVersion, ...result } : { ...spoil(content, fault), training: true },
  )
  const answer = { kind: 'answer', status, contentType: 'application/json; charset=utf-8', body, fault } as const
  if (isUnsigned) return answer
  const { keyId, key } = identity
  const timestamp = String(nowMs)
  const nonce = arrival.headers[backendHeaders.nonce] ?? ''
  const path = backendPath(call)
  const text = backendAnswerText({ keyId, timestamp, nonce, method: 'POST', path, status, body })
  const signingKey = fault === 'wrong-signature' ? key.split('').reverse().join('') : key
  return {
    ...answer,
    headers: {
      [backendHeaders.keyId]: keyId,
      [backendHeaders.timestamp]: timestamp,
      [backendHeaders.nonce]: nonce,
      [backendHeaders.signature]: backendSignature(text, signingKey),
    },
  }
}

const codeOf = ({ code = 'ok' }: BackendResult): BackendCode => {
  const known = (Object.keys(backendCodes) as readonly BackendCode[]).find((each) => each === code) // the literal's keys
  if (known === undefined) throw new TypeError('the training back end has no such code')
  return known
}
