import type { Channel, EncodingContext, HttpRequest, HttpResponse } from '../channels/channel.ts'
import type { ChannelDefinition, ChannelValues } from '../channels/definition.ts'
import { findDefinition } from '../channels/registry.ts'
import type { ChannelId } from '../till/ids.ts'
import type { TrainingFault } from '../training/fault.ts'
import type { Answer, Arrival } from '../training/listener.ts'
import type { TrainingServer } from '../training/training-server.ts'
import type { ChooseWireFault } from '../training/wire-fault.ts'
import { answerOf, type Door, type ReadRequest, type Spoiling } from './door.ts'
import { createTrainingWorld } from './training-world.ts'

/** What a training server can put wrong in an answer. */
const faultOf = {
  'other-order': 'other-order',
  'wrong-amount': 'other-amount',
  // Another merchant's answer is signed for another merchant: for our key it is a stranger's.
  'wrong-merchant': 'wrong-signature',
  'bad-signature': 'wrong-signature',
} as const satisfies Readonly<Record<Exclude<NonNullable<Spoiling>, 'unlisted-state'>, TrainingFault>>

type Keys = Readonly<Record<string, string>>

// Made once for each process: the keys have no part in what happens.
const keysOf = new Map<TrainingServer, Keys>()

function keysFor(server: TrainingServer): Keys {
  const made = keysOf.get(server) ?? server.makeKeys()
  keysOf.set(server, made)
  return made
}

/**
 * A channel's wire as its training server speaks it, over a simulated wallet; the till's side is opened by the channel's
 * definition from the server's own configuration. The server checks every request as strictly as in training; whatever
 * it calls a breach is told, unless the till's clock was wrong or the network sent the request twice. One door serves one
 * wallet of one run.
 */
export function createTrainingDoor(
  server: TrainingServer,
  nowMs: () => number,
  tell: (orderNumber: string, message: string) => void,
): Door {
  const keys = keysFor(server)
  const origin = `https://${server.name}.simulation.invalid`
  const opened = openChannel(server, origin, keys, nowMs())
  const world = createTrainingWorld(server.name, nowMs, tell)
  let fault: TrainingFault = 'none'
  let choose: ChooseWireFault | undefined
  const handle = server.handler({
    keys,
    world,
    now: nowMs,
    chooseFault: () => fault,
    chooseWireFault: (table, saidBy) => choose?.(table, saidBy),
  })
  const wire = rememberingChannel(opened)

  return {
    cannotSpoil: ['unlisted-state'],
    name: server.name,
    wireFaults: server.wireFaults,
    channel: wire.channel,
    read: wire.read,
    answer(request, wallet, spoiling, chooseWireFault) {
      if (spoiling === 'unlisted-state') throw new Error('a training server has no unlisted state to say')
      choose = chooseWireFault
      fault = spoiling === null ? 'none' : faultOf[spoiling]
      world.serves(request, wallet, fault === 'wrong-signature')
      return responseOf(handle(arrivalOf(wire.sent(request))))
    },
    // What stands before the server says so, and signs nothing.
    tooMany: () => answerOf('{"message":"too many requests"}', 429),
    // The server itself compares the times.
    badTime: () => null,
  }
}

/** The till's definition of a training server's channel. */
export function definitionOfServer(server: TrainingServer, keys = keysFor(server)): ChannelDefinition {
  const { kind, api } = server.configuration({ origin: 'https://simulation.invalid', fileOf: (name) => name, keys })
  const definition = findDefinition(kind, typeof api === 'string' ? api : undefined)
  if (definition === undefined) throw new TypeError(`no channel of the registry speaks to the training ${server.name}`)
  return definition
}

function openChannel(server: TrainingServer, origin: string, keys: Keys, wallMs: number): Channel {
  const definition = definitionOfServer(server, keys)
  const given = server.configuration({ origin, fileOf: (name) => name, keys })
  const opening = definition.open(valuesOf(definition, given, keys), { id: server.name as string as ChannelId, wallMs })
  if (!opening.ok) throw new TypeError(`${server.name}: ${opening.problems.map(({ field }) => field).join(', ')}`)
  return opening.channel
}

/** The configuration with every reference resolved, as the settings would do it. */
function valuesOf({ fields }: ChannelDefinition, given: Readonly<Record<string, unknown>>, keys: Keys): ChannelValues {
  const resolved = (value: unknown): string =>
    typeof value === 'object' && value !== null && 'file' in value ? (keys[String(value.file)] ?? '') : String(value)
  const texts: Record<string, string> = {}
  const lists: Record<string, readonly string[]> = {}
  for (const [name, field] of Object.entries(fields)) {
    const value = given[name]
    if (Array.isArray(value)) lists[name] = value.map(resolved)
    else if (value !== undefined && field.kind === 'secrets') lists[name] = [resolved(value)]
    else if (value !== undefined) texts[name] = resolved(value)
    else if ('default' in field && field.default !== undefined) texts[name] = field.default
  }
  return { texts, lists }
}

/**
 * The channel, which remembers what each of its requests was made of: the line needs to know it, and the server reads
 * the wire itself (`training-world.ts` holds the two against each other).
 */
function rememberingChannel(channel: Channel) {
  const readings = new WeakMap<HttpRequest, ReadRequest>()
  const wires = new WeakMap<ReadRequest, HttpRequest>()
  const kept = (
    made: HttpRequest,
    { wallMs: claimedWallMs }: EncodingContext,
    read: Pick<ReadRequest, 'kind' | 'orderNumber'> & Partial<Pick<ReadRequest, 'pay' | 'refund'>>,
  ): HttpRequest => {
    const { pay = null, refund = null } = read
    const reading: ReadRequest = { ...read, pay, refund, claimedWallMs }
    readings.set(made, reading)
    wires.set(reading, made)
    return made
  }
  const remembering: Channel = {
    ...channel,
    pay: {
      ...channel.pay,
      encode: (request, context) => {
        const { orderNumber, amountFen, paymentCode: code } = request
        return kept(channel.pay.encode(request, context), context, {
          kind: 'pay',
          orderNumber,
          pay: { amountFen, code },
        })
      },
    },
    query: {
      ...channel.query,
      encode: (order, context) =>
        kept(channel.query.encode(order, context), context, { kind: 'query', orderNumber: order.orderNumber }),
    },
    revoke: {
      ...channel.revoke,
      encode: (order, context) =>
        kept(channel.revoke.encode(order, context), context, { kind: 'revoke', orderNumber: order.orderNumber }),
    },
    refund: {
      ...channel.refund,
      encode: (refund, context) => {
        const { orderNumber, refundNumber, amountFen } = refund
        return kept(channel.refund.encode(refund, context), context, {
          kind: 'refund',
          orderNumber,
          refund: { refundNumber, amountFen },
        })
      },
    },
    queryRefund: {
      ...channel.queryRefund,
      encode: (refund, context) => {
        const { orderNumber, refundNumber } = refund
        return kept(channel.queryRefund.encode(refund, context), context, {
          kind: 'refund-query',
          orderNumber,
          refund: { refundNumber, amountFen: null },
        })
      },
    },
  }
  return {
    channel: remembering,
    read(request: HttpRequest): ReadRequest {
      const reading = readings.get(request)
      if (reading === undefined) throw new Error('a request that the channel did not make')
      return reading
    },
    sent(reading: ReadRequest): HttpRequest {
      const request = wires.get(reading)
      if (request === undefined) throw new Error('a reading of no request')
      return request
    },
  }
}

function arrivalOf({ method, url, headers, body }: HttpRequest): Arrival {
  const { pathname, search } = new URL(url)
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    method,
    target: `${pathname}${search}`,
    contentType: lower['content-type'] ?? '',
    headers: lower,
    body: new TextEncoder().encode(body),
    merchantCertificate: true,
  }
}

function responseOf(answer: Answer): HttpResponse {
  if (answer.kind === 'cut') throw new Error('the simulated world cuts no connection in a server')
  const { status, contentType, headers = {}, body } = answer
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  return { ...answerOf(body, status), headers: { 'content-type': contentType, ...Object.fromEntries(lower) } }
}
