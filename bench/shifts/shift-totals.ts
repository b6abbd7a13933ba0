// The totals of a shift of many orders, against adding its orders up one by one in the same run.
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { wechatPolicy } from '../../electron/channels/wechat/policy.ts'
import type { LedgerResult, NewOrder } from '../../electron/ledger/ledger.ts'
import { openLedger, openLedgerReader } from '../../electron/ledger/open-ledger.ts'
import type { ChannelId, PaymentCode, SaleId, ShiftId, StaffNumber, TransactionId } from '../../electron/till/ids.ts'
import { fen } from '../../electron/till/money.ts'
import { maskCode } from '../../electron/till/payment-code.ts'
import { markdownTable } from '../figures/markdown-table.ts'
import { ascending, quantile } from '../figures/quantiles.ts'

export type ShiftTotalsFigures = {
  readonly orders: number
  readonly totalsMs: readonly number[]
  readonly pageMs: readonly number[]
  readonly oneByOneMs: readonly number[]
}

/** How many orders are created at once: they share commits. */
const atOnce = 250
const pageSize = 50

/** Fills a shift with paid orders, then reads its totals, its oldest page, and all its orders, in turn. */
export async function measureShiftTotals(run: {
  readonly directory: string
  readonly orders: number
  readonly samples: number
}): Promise<ShiftTotalsFigures> {
  const folder = await mkdtemp(join(run.directory, 'shift-totals-'))
  try {
    const shiftId = await fill(folder, run.orders)
    return await measure(folder, shiftId, run)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function fill(folder: string, orders: number): Promise<ShiftId> {
  const ledger = unwrap(await openLedger({ dataDirectory: folder }))
  const at = { wallMs: Date.now(), monotonicMs: 1 }
  const shift = { tillId: '01', cutOverHour: 4, cashier: 1 as StaffNumber, floatFen: null, at }
  const opened = unwrap(await ledger.openShift(shift))
  for (let from = 0; from < orders; from += atOnce) {
    const places = Array.from({ length: Math.min(atOnce, orders - from) }, (_, index) => from + index)
    await Promise.all(
      places.map(async (place) => {
        const { order } = unwrap(await ledger.createOrder(newOrder(place, at.wallMs)))
        const { orderNumber, version, amountFen } = order
        const transactionId = `4200${place}` as TransactionId
        const outcome = { kind: 'paid', transactionId, amountFen, evidence: { httpStatus: 200 } } as const
        unwrap(await ledger.append(orderNumber, version, [{ type: 'pay-answered', at, outcome }]))
      }),
    )
  }
  await ledger.close()
  return opened.shift.shiftId
}

async function measure(
  folder: string,
  shiftId: ShiftId,
  { orders, samples }: { readonly orders: number; readonly samples: number },
): Promise<ShiftTotalsFigures> {
  const reader = unwrap(await openLedgerReader({ dataDirectory: folder }))
  const timed = async (times: number[], work: () => Promise<number>): Promise<number> => {
    const startedMs = performance.now()
    const value = await work()
    times.push(performance.now() - startedMs)
    return value
  }
  const times = { totalsMs: [] as number[], pageMs: [] as number[], oneByOneMs: [] as number[] }
  const oldestPage = { limit: pageSize, before: pageSize * 4 }
  for (let sample = 0; sample < samples; sample += 1) {
    const told = await timed(times.totalsMs, async () => unwrap(await reader.shiftSums(shiftId)).totals.soldFen)
    await timed(times.pageMs, async () => unwrap(await reader.shiftOrders(shiftId, oldestPage)).items.length)
    const added = await timed(times.oneByOneMs, async () => {
      const all = unwrap(await reader.orders({ shiftId }))
      return all.reduce((sum, { status, amountFen }) => (status === 'paid' ? sum + amountFen : sum), 0)
    })
    if (told !== added) throw new Error(`the totals say ${told}, the orders ${added}`)
  }
  await reader.close()
  return { orders, ...times }
}

function newOrder(place: number, wallMs: number): NewOrder {
  const code = `13${String(place).padStart(16, '0')}`
  return {
    saleId: `sale-${place}` as SaleId,
    storeId: 'S001',
    tillId: '01',
    channel: (place % 3 === 0 ? 'alipay' : 'wechat') as ChannelId,
    wallet: place % 3 === 0 ? 'alipay' : 'wechat',
    amountFen: fen(100 + (place % 5_000)),
    maskedCode: maskCode(code),
    paymentCode: code as PaymentCode,
    policy: wechatPolicy,
    cashier: (1 + (place % 4)) as StaffNumber,
    at: { wallMs: wallMs + (place % 12) * 3_600_000, monotonicMs: 1 },
  }
}

function unwrap<Value>(result: LedgerResult<Value>): Value {
  if (!result.ok) throw new Error(`the ledger refused: ${result.problem.kind}`)
  return result.value
}

/** The figures as a table of a text page. */
export function shiftTotalsTable({ orders, totalsMs, pageMs, oneByOneMs }: ShiftTotalsFigures): string {
  const row = (name: string, times: readonly number[]): readonly string[] => {
    const sorted = ascending(times)
    return [name, quantile(sorted, 0.5).toFixed(2), quantile(sorted, 0.99).toFixed(2)]
  }
  const table = markdownTable(
    [`${orders} orders`, 'p50 ms', 'p99 ms'],
    [
      row('totals of the shift', totalsMs),
      row(`a page of ${pageSize} orders at its far end`, pageMs),
      row('all its orders, added up', oneByOneMs),
    ],
  )
  const ratio = quantile(ascending(totalsMs), 0.5) / quantile(ascending(oneByOneMs), 0.5)
  return [table, '', `- totals / all orders, added up: **${ratio.toFixed(3)}**`].join('\n')
}
