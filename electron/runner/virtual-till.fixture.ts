import type { Channel, HttpRequest, HttpResponse } from '../channels/channel.ts'
import type { LedgerProblem } from '../ledger/ledger.ts'
import type { ChannelId, OrderNumber, PaymentCode, SaleId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { Order } from '../till/order/order.ts'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../till/outcome.ts'
import type { ChannelPolicy } from '../till/policy.ts'
import type { RefundOutcome, RefundQueryOutcome } from '../till/refund/outcome.ts'
import type { RefundPolicy } from '../till/refund/policy.ts'
import type { Refund } from '../till/refund/refund.ts'
import type { AwayNow } from './line-watch.ts'
import { type MemoryLedger, memoryLedger } from './memory-ledger.fixture.ts'
import type { ExchangeResult } from './ports.ts'
import { createRunner, type Runner, type RunnerParts, type ScanToCharge } from './runner.ts'
import { type VirtualTime, virtualTime } from './virtual-time.fixture.ts'

export type RequestKind = 'pay' | 'query' | 'revoke' | 'refund' | 'queryRefund'
type Unheard = Exclude<ExchangeResult['kind'], 'answered'>

/** What the world does with one request: an outcome that the channel decodes, or nothing that can be decoded. */
export type Scripted<Outcome> = { readonly afterMs?: number } & (
  | { readonly outcome: Outcome }
  | { readonly unheard: Unheard }
  /** The channel's decoder has a bug and throws. */
  | { readonly decoderBug: string }
)

/** The answers in their order, for each kind of request; the last one is given again and again. */
export type Script = {
  pay: readonly Scripted<PayOutcome>[]
  query: readonly Scripted<QueryOutcome>[]
  revoke: readonly Scripted<RevokeOutcome>[]
  refund?: readonly Scripted<RefundOutcome>[]
  queryRefund?: readonly Scripted<RefundQueryOutcome>[]
}

/** What happened, in the order in which it happened: `commit`, `send`, `show` and `trouble`. */
export type Happening = { readonly atMs: number; readonly what: string; readonly orderNumber: string }

export const policy: ChannelPolicy = {
  queryAgesMs: [5_000, 8_000, 11_000],
  pollMs: 3_000,
  windowMs: 20_000,
  revokeMinAgeMs: 15_000,
  revokeRetryMs: [2_000, 4_000],
  requestTimeoutMs: 6_000,
  revokeUntil: { kind: 'age', ageMs: 7 * 24 * 3_600_000 },
}

export const refundPolicy: RefundPolicy = {
  refundWindowMs: 90 * 86_400_000,
  refundsPerOrder: 50,
  refundRetryMs: [10_000, 20_000, 30_000],
  refundAskMs: [10_000, 20_000, 30_000],
  requestTimeoutMs: 6_000,
}

export const evidence = {}
export const refundDone = { outcome: { kind: 'done', evidence } } as const
export const refundAccepted = { outcome: { kind: 'accepted', evidence } } as const
export const refundProcessing = { outcome: { kind: 'processing', evidence } } as const
export const paid = {
  outcome: { kind: 'paid', transactionId: '4200000001' as never, amountFen: fen(1234), evidence },
} as const
export const awaiting = { outcome: { kind: 'awaiting-payer', evidence } } as const
export const notFound = { outcome: { kind: 'not-found', evidence } } as const
export const closed = { outcome: { kind: 'closed', wasPaid: 'no', evidence } } as const
export const returned = { outcome: { kind: 'closed', wasPaid: 'yes', evidence } } as const
export const unclear = { outcome: { kind: 'unknown', reason: 'system-error', evidence } } as const
export const refused = { outcome: { kind: 'failed', reason: 'balance-low', evidence } } as const
export const doubtfulRefusal = {
  outcome: { kind: 'failed-unless-query-differs', reason: 'code-invalid', evidence },
} as const
export const accepted = { outcome: { kind: 'accepted', effect: 'unstated', evidence } } as const
export const tryAgain = { outcome: { kind: 'try-again', reason: 'system-error', evidence } } as const

/** A till in a world of its own: virtual time, a ledger in memory, a channel that does as the script says. */
export type VirtualTill = {
  readonly time: VirtualTime
  readonly ledger: MemoryLedger
  readonly happenings: Happening[]
  script: Script
  /** Where codes of this wallet go; a changed configuration may have no such channel any more. */
  channelIsConfigured: boolean
  /** Whose account the channels are; null says nothing of it. */
  account: string | null
  hasSecondChannel: boolean
  /** What the watch of the lines says of the channel at the moment of a scan. */
  away: AwayNow | null
  /** How long a connection takes before the first byte of a request leaves. */
  connectMs: number
  /** Called for every change that is shown; a test may make it fail. */
  onShow: (order: Order) => void
  onShowRefund: (refund: Refund) => void
  runner(): Runner
  /** Kills the process: its alarms, answers and writes are gone; later starts another on the same ledger. */
  restart(downForMs?: number): Promise<void>
  /** Scans a code for 12.34 yuan, unless the request says otherwise. */
  take(scan: string, request?: Partial<ScanToCharge>): ReturnType<Runner['take']>
  /** The texts of everything that happened since the last call of this, without times. */
  log(): readonly string[]
  readonly codesSeenByEncoder: string[]
  readonly troubles: (LedgerProblem | null)[]
  alarmsSet(): number
}

const startWallMs = Date.UTC(2026, 10, 23, 4)
const channelId = 'wechat' as ChannelId
/** The second choice for the wallet's codes; there only where a test says so. */
export const secondChannelId = 'second' as ChannelId

/** A scan of another code each time. */
export const scanOf = (serial: number): string => `13${String(serial).padStart(16, '0')}`

export function virtualTill(script: Partial<Script> = {}): VirtualTill {
  const time = virtualTime(startWallMs)
  const happenings: Happening[] = []
  let told = 0
  const note = (what: string, orderNumber: string): void => {
    happenings.push({ atMs: time.wallMs() - startWallMs, what, orderNumber })
  }
  const ledger = memoryLedger(
    (orderNumber, event) => note(`commit ${event.type}`, orderNumber),
    (refundNumber, event) => note(`commit refund ${event.type}`, refundNumber),
  )
  const counts = new Map<string, number>()
  const codesSeenByEncoder: string[] = []
  const troubles: (LedgerProblem | null)[] = []
  let sales = 0

  const encode =
    (kind: RequestKind) =>
    (order: { readonly orderNumber: OrderNumber; readonly paymentCode?: PaymentCode }): HttpRequest => {
      if (order.paymentCode !== undefined) codesSeenByEncoder.push(order.paymentCode)
      const url = `test://${kind}/${order.orderNumber}`
      return { method: 'POST', url, headers: {}, body: '', clientCertificate: kind === 'revoke' }
    }
  const encodeRefund =
    (kind: RequestKind) =>
    ({ refundNumber }: { readonly refundNumber: string }): HttpRequest => {
      const url = `test://${kind}/${refundNumber}`
      return { method: 'POST', url, headers: {}, body: '', clientCertificate: kind === 'refund' }
    }
  // The body is an outcome that the script made of the right kind; a real decoder checks what it reads.
  const decode = (_order: unknown, response: HttpResponse): never => {
    const said = JSON.parse(new TextDecoder().decode(response.body)) as Scripted<never>
    if ('decoderBug' in said) throw new Error(said.decoderBug)
    return ('outcome' in said ? said.outcome : undefined) as never
  }
  const channel: Channel = {
    id: channelId,
    connection: {},
    pay: { encode: encode('pay'), decode },
    query: { encode: encode('query'), decode },
    revoke: { encode: encode('revoke'), decode },
    refund: { encode: encodeRefund('refund'), decode },
    queryRefund: { encode: encodeRefund('queryRefund'), decode },
  }

  const scriptedFor = (kind: RequestKind, orderNumber: string): Scripted<unknown> => {
    const key = `${kind} ${orderNumber}`
    const place = counts.get(key) ?? 0
    counts.set(key, place + 1)
    const answers: readonly Scripted<unknown>[] = till.script[kind] ?? [refundDone]
    return answers[place] ?? answers.at(-1) ?? { unheard: 'no-answer' }
  }

  const start = () => {
    const process = time.process()
    const opened = ledger.open()
    let isKilled = false
    const parts: RunnerParts = {
      ledger: opened.ledger,
      clock: process.clock,
      alarms: process.alarms,
      nonce: () => '0'.repeat(32),
      merchant: {
        store: { id: 'S001', name: 'shop' },
        till: { id: '01' },
        callerAddress: '127.0.0.1',
        subject: 'shop',
      },
      channels: {
        find: (id) =>
          (id === channelId && till.channelIsConfigured) || (id === secondChannelId && till.hasSecondChannel)
            ? {
                channel: { ...channel, id },
                amountLimitFen: fen(id === channelId ? 100_000 : 50_000),
                ...(till.account === null ? {} : { account: till.account }),
              }
            : undefined,
      },
      exchange: (_channel, request, requestTimeoutMs, onWire) =>
        new Promise((resolve) => {
          const [, kind, orderNumber] = /^test:\/\/(\w+)\/(\w+)$/.exec(request.url) ?? []
          // The fixture's own encoder made the address.
          note(`send ${kind}`, orderNumber ?? '')
          const said = scriptedFor(kind as RequestKind, orderNumber ?? '')
          const { connectMs } = till
          if (!('unheard' in said && said.unheard === 'not-sent')) {
            if (connectMs === 0) onWire?.('before-write')
            else time.after(connectMs, () => onWire?.('before-write'))
          }
          const answer = (result: ExchangeResult) => () => {
            if (!isKilled) resolve(result)
          }
          if ('unheard' in said) {
            const delayMs = said.unheard === 'not-sent' ? 50 : requestTimeoutMs
            time.after(said.afterMs ?? delayMs, answer({ kind: said.unheard, reason: 'refused', detail: 'test' }))
            return
          }
          const body = new TextEncoder().encode(JSON.stringify(said))
          time.after(said.afterMs ?? 100, answer({ kind: 'answered', response: { status: 200, headers: {}, body } }))
        }),
      routes: { wechat: [channelId, secondChannelId] },
      policyOf: () => policy,
      confirmAway: async (id) => (till.away?.channel === id ? till.away : null),
      refundPolicyOf: () => refundPolicy,
      newSaleId: () => {
        sales += 1
        return `sale-${sales}` as SaleId
      },
      onChange: (order) => {
        note(`show ${order.status}`, order.orderNumber)
        till.onShow(order)
      },
      onRefundChange: (refund) => {
        note(`show refund ${refund.status}`, refund.refundNumber)
        till.onShowRefund(refund)
      },
      onTrouble: (problem) => {
        if (problem) note(`trouble ${problem.kind}`, '')
        troubles.push(problem)
      },
    }
    return {
      runner: createRunner(parts),
      alarmsSet: process.alarmsSet,
      kill() {
        isKilled = true
        opened.kill()
        process.kill()
      },
    }
  }

  const till: VirtualTill = {
    time,
    ledger,
    happenings,
    script: {
      pay: [awaiting],
      query: [awaiting],
      revoke: [tryAgain],
      refund: [refundDone],
      queryRefund: [refundDone],
      ...script,
    },
    channelIsConfigured: true,
    account: null,
    hasSecondChannel: false,
    away: null,
    connectMs: 0,
    onShow: () => undefined,
    onShowRefund: () => undefined,
    runner: () => running.runner,
    async restart(downForMs = 0) {
      running.kill()
      await time.pass(downForMs)
      running = start()
      await running.runner.resume()
    },
    take: (scan, request) =>
      running.runner.take({ scan, amountFen: fen(1234), saleId: null, anotherCustomer: false, ...request }),
    log() {
      const fresh = happenings.slice(told).map(({ what }) => what)
      told = happenings.length
      return fresh
    },
    codesSeenByEncoder,
    troubles,
    alarmsSet: () => running.alarmsSet(),
  }
  let running = start()
  return till
}
