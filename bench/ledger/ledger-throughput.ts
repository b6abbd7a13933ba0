// P3: durable transitions of orders a second.
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { wechatPolicy } from '../../electron/channels/wechat/policy.ts'
import type { Ledger, LedgerResult, NewOrder } from '../../electron/ledger/ledger.ts'
import { openLedger } from '../../electron/ledger/open-ledger.ts'
import type { ChannelId, PaymentCode, SaleId } from '../../electron/till/ids.ts'
import { fen } from '../../electron/till/money.ts'
import type { OrderEvent } from '../../electron/till/order/event.ts'
import type { Order } from '../../electron/till/order/order.ts'
import { maskCode } from '../../electron/till/payment-code.ts'
import type { Moment } from '../../electron/till/time.ts'
import { markdownTable } from '../figures/markdown-table.ts'
import { ascending, quantile } from '../figures/quantiles.ts'

/** Times of single operations, and the rate of all of them together. */
export type Timing = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number }

export type LedgerThroughput = {
  /** Appends a line the size of a journal entry and calls fdatasync, one after the other. */
  readonly rawAppendFdatasync: Timing
  /** The same with fsync, and the size of a new order. */
  readonly rawWriteFsync: Timing
  readonly createOrder: Timing
  readonly appendAlone: Timing
  /** Transitions of many orders at once, which share commits. */
  readonly appendConcurrent: Timing
  /** Concurrent transitions per second over raw appends per second; the goal is 0.85 or more. */
  readonly concurrentToRaw: number
  readonly aloneToRaw: number
  /** p99 of a new order over p99 of the raw write + fsync; the goal is 1.5 or less. */
  readonly createOrderP99ToRaw: number
}

export type LedgerThroughputOptions = {
  /** Where the files are made; the ratios hold for that disk. */
  readonly directory: string
  /** Every subject is measured once a round, in turn, so that a slow moment of the disk hits all of them. */
  readonly rounds: number
  readonly operationsPerRound: number
  readonly concurrentOrders: number
}

/** Measures durable writes of the ledger against raw ones in the same run; only the ratios say something. */
export async function measureLedgerThroughput(options: LedgerThroughputOptions): Promise<LedgerThroughput> {
  const { rounds, operationsPerRound, concurrentOrders } = options
  const folder = await mkdtemp(join(options.directory, 'ledger-throughput-'))
  const ledger = unwrap(await openLedger({ dataDirectory: join(folder, 'data') }))
  const appendFile = await open(join(folder, 'append.raw'), 'a')
  const writeFile = await open(join(folder, 'write.raw'), 'a')
  const entry = Buffer.alloc(600, 'x')
  const newOrderEntries = Buffer.alloc(1_400, 'x')
  const samples = {
    rawAppendFdatasync: new Samples(),
    rawWriteFsync: new Samples(),
    createOrder: new Samples(),
    appendAlone: new Samples(),
    appendConcurrent: new Samples(),
  }
  try {
    const orders: Order[] = []
    for (let index = 0; index < concurrentOrders; index += 1) orders.push(await makeOrder(ledger))
    // The first round is not counted: files grow, statements are prepared, code is compiled.
    for (let round = 0; round <= rounds; round += 1) {
      const counted = round > 0
      const measure = (name: keyof typeof samples, lanes: readonly (() => Promise<unknown>)[]): Promise<void> =>
        (counted ? samples[name] : new Samples()).measure(lanes, Math.ceil(operationsPerRound / lanes.length))
      await measure('rawAppendFdatasync', [
        async () => {
          await appendFile.appendFile(entry)
          await appendFile.datasync()
        },
      ])
      await measure('rawWriteFsync', [
        async () => {
          await writeFile.write(newOrderEntries)
          await writeFile.sync()
        },
      ])
      await measure('createOrder', [() => makeOrder(ledger)])
      await measure('appendAlone', [transitionOf(ledger, orders, 0)])
      await measure(
        'appendConcurrent',
        orders.map((_, index) => transitionOf(ledger, orders, index)),
      )
    }
  } finally {
    await ledger.close()
    await appendFile.close()
    await writeFile.close()
    await rm(folder, { recursive: true, force: true })
  }
  const rawAppendFdatasync = samples.rawAppendFdatasync.timing()
  const rawWriteFsync = samples.rawWriteFsync.timing()
  const createOrder = samples.createOrder.timing()
  const appendAlone = samples.appendAlone.timing()
  const appendConcurrent = samples.appendConcurrent.timing()
  return {
    rawAppendFdatasync,
    rawWriteFsync,
    createOrder,
    appendAlone,
    appendConcurrent,
    concurrentToRaw: appendConcurrent.perSecond / rawAppendFdatasync.perSecond,
    aloneToRaw: appendAlone.perSecond / rawAppendFdatasync.perSecond,
    createOrderP99ToRaw: createOrder.p99Ms / rawWriteFsync.p99Ms,
  }
}

class Samples {
  readonly #timesMs: number[] = []
  #elapsedMs = 0

  /** Runs each lane `turns` times; lanes run at once, a lane's own turns one after the other. */
  async measure(lanes: readonly (() => Promise<unknown>)[], turns: number): Promise<void> {
    const startedMs = performance.now()
    await Promise.all(
      lanes.map(async (lane) => {
        for (let turn = 0; turn < turns; turn += 1) {
          const turnStartedMs = performance.now()
          await lane()
          this.#timesMs.push(performance.now() - turnStartedMs)
        }
      }),
    )
    this.#elapsedMs += performance.now() - startedMs
  }

  timing(): Timing {
    const sorted = ascending(this.#timesMs)
    const perSecond = (sorted.length / this.#elapsedMs) * 1_000
    return { perSecond, p50Ms: quantile(sorted, 0.5), p99Ms: quantile(sorted, 0.99) }
  }
}

function unwrap<Value>(result: LedgerResult<Value>): Value {
  if (!result.ok) throw new Error(`the ledger refused: ${result.problem.kind}`)
  return result.value
}

const now = (): Moment => ({ wallMs: Date.now(), monotonicMs: Math.floor(performance.now()) })

let codes = 0

async function makeOrder(ledger: Ledger): Promise<Order> {
  codes += 1
  const code = `13${String(codes).padStart(16, '0')}`
  const order: NewOrder = {
    saleId: `sale-${codes}` as SaleId,
    storeId: 'S001',
    tillId: '01',
    channel: 'wechat' as ChannelId,
    wallet: 'wechat',
    amountFen: fen(1_234),
    maskedCode: maskCode(code),
    paymentCode: code as PaymentCode,
    policy: wechatPolicy,
    at: now(),
  }
  return unwrap(await ledger.createOrder(order)).order
}

/** Appends one answer that leaves the order waiting, so that the same orders serve as long as it takes. */
function transitionOf(ledger: Ledger, orders: Order[], index: number): () => Promise<void> {
  return async () => {
    const order = orders[index]
    if (!order) throw new RangeError(`there is no order ${index}`)
    const outcome = { kind: 'awaiting-payer', evidence: { httpStatus: 200, code: 'USERPAYING' } } as const
    const at: Moment = { wallMs: Date.now(), monotonicMs: order.payStarted.monotonicMs + 1 }
    const type = order.status === 'paying' ? 'pay-answered' : 'query-answered'
    const event: OrderEvent = { type, at, outcome }
    orders[index] = unwrap(await ledger.append(order.orderNumber, order.version, [event]))
  }
}

/** The figures as a table of a text page. */
export function ledgerThroughputTable(figures: LedgerThroughput): string {
  const rows: readonly (readonly [string, Timing])[] = [
    ['raw append + fdatasync, one after the other', figures.rawAppendFdatasync],
    ['raw write + fsync, one after the other', figures.rawWriteFsync],
    ['createOrder, one after the other', figures.createOrder],
    ['append, one order', figures.appendAlone],
    ['append, many orders at once', figures.appendConcurrent],
  ]
  const table = markdownTable(
    ['subject', 'per second', 'p50 ms', 'p99 ms'],
    rows.map(([name, { perSecond, p50Ms, p99Ms }]) => [name, perSecond.toFixed(0), p50Ms.toFixed(3), p99Ms.toFixed(3)]),
  )
  return [
    table,
    '',
    `- many orders at once / raw append + fdatasync: **${figures.concurrentToRaw.toFixed(2)}** (goal ≥ 0.85)`,
    `- one order / raw append + fdatasync: ${figures.aloneToRaw.toFixed(2)}`,
    `- createOrder p99 / raw write + fsync p99: ${figures.createOrderP99ToRaw.toFixed(2)}`,
  ].join('\n')
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      directory: { type: 'string', default: tmpdir() },
      rounds: { type: 'string', default: '5' },
      operations: { type: 'string', default: '400' },
      orders: { type: 'string', default: '16' },
    },
  })
  const figures = await measureLedgerThroughput({
    directory: values.directory,
    rounds: Number(values.rounds),
    operationsPerRound: Number(values.operations),
    concurrentOrders: Number(values.orders),
  })
  console.log(ledgerThroughputTable(figures))
}
