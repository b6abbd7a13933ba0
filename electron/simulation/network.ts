import type { ExchangeResult } from '../runner/ports.ts'
import type { Agenda } from './agenda.ts'
import { answerOf, type Door, type ReadRequest, type Spoiling } from './door.ts'
import type { FaultKind, Faults } from './faults.ts'
import type { Generator } from './generator.ts'
import type { Wallet, WorldAssumptions } from './wallet.ts'
import type { WireFaults } from './wire-faults.ts'

/** How long a request and its answer are under way, and what the till's transport makes of it. */
export type Delivery = { readonly afterMs: number; readonly result: ExchangeResult }

/** The line between a till and a wallet. */
export type Network = {
  /** Carries one request; calls back once with what the till's transport will say, and when counted from now. */
  carry(
    door: Door,
    wallet: Wallet,
    request: ReadRequest,
    timeoutMs: number,
    arrives: (delivery: Delivery) => void,
  ): void
}

const portal = '<!DOCTYPE html><html><head><title>Wi-Fi login</title></head><body>Please log in<br></body></html>'
const proxyPage = '<html><body><h1>502 Bad Gateway</h1></body></html>'

const neverLeft = ['connection-refused', 'dns-failure', 'tls-failure', 'reset-before-send'] as const
const reasonOf = {
  'connection-refused': 'refused',
  'dns-failure': 'dns',
  'tls-failure': 'tls',
  'reset-before-send': 'reset',
} as const satisfies Record<(typeof neverLeft)[number], string>

const onTheWay = [
  'reset-after-send',
  'no-answer',
  'slow-answer',
  'answer-after-we-gave-up',
  'half-answer',
  'other-orders-answer',
  'captive-portal',
  'proxy-502',
  'http-202',
  'rate-limit',
  'doubled-request',
  'doubled-answer',
  'late-request',
] as const satisfies readonly FaultKind[]

const spoilings = ['wrong-amount', 'wrong-merchant', 'bad-signature', 'unlisted-state'] as const

const spoilingsOf = ({ cannotSpoil }: Door) => spoilings.filter((each) => !cannotSpoil.includes(each))

/** A wallet refuses a request whose time is off by more (the gateway's exact figure is not documented). */
const toleratedSkewMs = 15 * 60_000

/** Makes the lines of a store; `late` is told of each request that reached a wallet after its till gave it up. */
export function createNetwork(
  agenda: Agenda,
  faults: Faults,
  generator: Generator,
  world: WorldAssumptions,
  wireFaults: WireFaults,
  late: (request: ReadRequest) => void,
): Network {
  /** What the wallet's server answers, with what may be wrong in it. */
  const served = (door: Door, wallet: Wallet, request: ReadRequest, spoiling: Spoiling, mayBeOwn = false) => {
    const skewMs = request.claimedWallMs === null ? 0 : Math.abs(request.claimedWallMs - agenda.nowMs())
    const refusal = skewMs > toleratedSkewMs ? door.badTime(request) : null
    if (refusal) {
      faults.happened('clock-skew-rejection')
      return refusal
    }
    const wrong = spoiling ?? faults.oneOf(spoilingsOf(door), generator)
    const choose = mayBeOwn && wrong === null ? wireFaults.chooserFor(door.name, request, wallet) : undefined
    return door.answer(request, wallet, wrong, choose)
  }

  const carry: Network['carry'] = (door, wallet, request, timeoutMs, arrives) => {
    const lost = faults.oneOf(neverLeft, generator)
    if (lost) {
      const afterMs = generator.integer(5, 3_000)
      arrives({ afterMs, result: { kind: 'not-sent', reason: reasonOf[lost], detail: 'simulated' } })
      return
    }
    const fault = faults.oneOf(onTheWay, generator)
    const thereMs = generator.integer(15, 120)
    const backMs = generator.integer(15, 200)
    const gaveUp: Delivery = {
      afterMs: timeoutMs,
      result: { kind: 'no-answer', reason: 'timeout', detail: 'simulated' },
    }
    const answered = (response: ReturnType<typeof answerOf>, laterMs = 0): Delivery => {
      const afterMs = thereMs + backMs + laterMs
      return afterMs > timeoutMs ? gaveUp : { afterMs, result: { kind: 'answered', response } }
    }
    /** The request reaches the server; what it answers may be only known then. */
    const serve = (
      spoiling: Spoiling,
      deliver: (response: ReturnType<typeof answerOf>) => Delivery,
      mayBeOwn = false,
    ): void => {
      agenda.after(thereMs, () => {
        const { afterMs, result } = deliver(served(door, wallet, request, spoiling, mayBeOwn))
        arrives({ afterMs: Math.max(0, afterMs - thereMs), result })
      })
    }
    switch (fault) {
      case null:
        // A channel's own faults are told where the line leaves the answer alone: one thing wrong at a time.
        return serve(null, (response) => answered(response), true)
      case 'slow-answer':
        return serve(null, (response) => answered(response, generator.integer(1_000, 120_000)))
      case 'answer-after-we-gave-up':
        return serve(null, () => gaveUp)
      case 'no-answer':
        if (generator.chance(0.5)) return serve(null, () => gaveUp)
        return arrives(gaveUp)
      case 'reset-after-send':
        return serve(null, () => ({
          afterMs: thereMs + generator.integer(1, 50),
          result: { kind: 'no-answer', reason: 'reset', detail: 'simulated' },
        }))
      case 'half-answer':
        return serve(null, (response) => {
          const length = generator.integer(0, response.body.length - 1)
          return answered({ ...response, body: response.body.subarray(0, length) })
        })
      case 'other-orders-answer':
        return serve('other-order', (response) => answered(response))
      case 'captive-portal':
        return arrives(answered(answerOf(portal)))
      case 'proxy-502':
        if (generator.chance(0.5)) return arrives(answered(answerOf(proxyPage, 502)))
        return serve(null, () => answered(answerOf(proxyPage, 502)))
      case 'http-202':
        return serve(null, (response) => answered({ ...response, status: 202 }))
      case 'rate-limit':
        return arrives(answered(door.tooMany(request)))
      case 'doubled-request': {
        const isSecondHeard = generator.chance(0.5)
        const secondAfterMs = generator.integer(1, 300)
        return serve(null, (first) => {
          if (!isSecondHeard) agenda.after(secondAfterMs, () => void served(door, wallet, request, null))
          return isSecondHeard ? answered(served(door, wallet, request, null), secondAfterMs) : answered(first)
        })
      }
      case 'doubled-answer':
        return serve(null, (response) => answered({ ...response, body: Buffer.concat([response.body, response.body]) }))
      case 'late-request':
        agenda.after(timeoutMs + generator.integer(100, world.latestAfterTimeoutMs), () => {
          void served(door, wallet, request, null)
          late(request)
        })
        return arrives(gaveUp)
    }
  }
  return { carry }
}
