// A ledger of as many orders as wanted, made by the till's own writer: every entry is journaled, chained and projected as
// a counter would have done it, only that no commit waits for the disk, and that indexes are made at the end.
import type { DatabaseSync } from 'node:sqlite'
import { wechatPolicy, wechatRefundPolicy } from '../../electron/channels/wechat/policy.ts'
import { makeDataFolder, openWriterDatabase } from '../../electron/ledger/database.ts'
import type { NewOrder } from '../../electron/ledger/ledger.ts'
import type { LedgerAnswers, LedgerCall } from '../../electron/ledger/protocol.ts'
import { randomSource } from '../../electron/ledger/random.ts'
import { type LedgerWriter, makeWriter } from '../../electron/ledger/writer.ts'
import type { ChannelId, PaymentCode, SaleId, ShiftId, StaffNumber, TransactionId } from '../../electron/till/ids.ts'
import { fen } from '../../electron/till/money.ts'
import type { OrderEvent } from '../../electron/till/order/event.ts'
import type { Order } from '../../electron/till/order/order.ts'
import { maskCode, type Wallet } from '../../electron/till/payment-code.ts'
import type { Moment } from '../../electron/till/time.ts'
import { seededRandom } from '../polling/seeded-random.ts'

export type MadeLedgerWish = {
  readonly dataDirectory: string
  readonly orders: number
  /** Orders of one day, which is one shift. */
  readonly ordersADay: number
  /** Hears how many are made; answering false stops, with a whole ledger of those. */
  readonly onProgress: (made: number) => boolean
  /** Hears of each index that is made at the end, which cannot be stopped. */
  readonly onIndex: (name: string) => void
}

export type MadeLedger = { readonly orders: number; readonly lastShiftId: ShiftId | null }

/** Orders of one commit. */
const atOnce = 1_000
/** From one opening to the next: two days, so that each morning forgets all fingerprints at once. */
const betweenDaysMs = 2 * 86_400_000
/** The day of the first order, eight in the morning in Shanghai. */
const firstMorningMs = Date.UTC(2024, 0, 1)
const openHoursMs = 14 * 3_600_000

const wallets: readonly (readonly [Wallet, string, string])[] = [
  ['wechat', 'wechat', '13'],
  ['wechat', 'wechat', '10'],
  ['alipay', 'alipay', '28'],
  ['alipay', 'alipay', '28'],
  ['unionpay', 'unionpay', '62'],
]

/** Makes the ledger in a data folder that has none. Throws where there is one, or where the disk refuses. */
export async function makeLedger(wish: MadeLedgerWish): Promise<MadeLedger> {
  const { dataDirectory, orders, ordersADay } = wish
  const random = randomSource(Buffer.alloc(32, 7))
  const folder = makeDataFolder(dataDirectory)
  if (!folder.ok) throw new Error(`the data folder cannot be made: ${folder.problem.kind}`)
  const opened = openWriterDatabase({ dataDirectory, random, wallMs: firstMorningMs, reservedBytes: 0 })
  if (!opened.ok) throw new Error(`the ledger cannot be opened: ${opened.problem.kind}`)
  const { db, head } = opened.value
  if (head.sequence !== 1) {
    db.close()
    throw new Error('there is a ledger in this data folder already: nothing was changed')
  }
  db.exec('PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF; PRAGMA cache_size = -1048576')
  // A write-ahead log writes every page twice.
  db.exec('PRAGMA journal_mode = MEMORY')
  const remakeIndexes = dropIndexes(db)
  const writer = makeWriter(opened.value, random)
  const { uniform: draw } = seededRandom(11)
  let made = 0
  let lastShiftId: ShiftId | null = null
  let goesOn = true
  try {
    for (let day = 0; made < orders && goesOn; day += 1) {
      const morningMs = firstMorningMs + day * betweenDaysMs
      lastShiftId = openShift(writer, day, morningMs)
      const ofDay = Math.min(ordersADay, orders - made)
      for (let from = 0; from < ofDay && goesOn; from += atOnce) {
        const places = Array.from({ length: Math.min(atOnce, ofDay - from) }, (_, index) => from + index)
        const isLast = made + places.length >= orders
        const news = places.map((place) => newOrder(draw, day, morningMs + (place / ofDay) * openHoursMs))
        const created = performAll(
          writer,
          news.map((order) => ({ method: 'createOrder', order }) as const),
        )
        // The last few stay as they are: a till always has some.
        const answered = isLast ? created.slice(0, -5) : created
        const answers = answered.map(({ order }) => ({ order, events: answersTo(draw, order) }))
        const settled = performAll(
          writer,
          answers.map(({ order: { orderNumber, version }, events }) => ({
            method: 'append' as const,
            orderNumber,
            expectedVersion: version,
            events,
          })),
        )
        refundSome(writer, draw, settled)
        made += places.length
        // Lets a signal be heard between two commits.
        await new Promise((resolve) => setImmediate(resolve))
        goesOn = wish.onProgress(made)
      }
      if (made < orders && goesOn) closeShift(writer, lastShiftId, morningMs + openHoursMs + 3_600_000)
    }
  } finally {
    remakeIndexes(wish.onIndex)
    db.exec('PRAGMA journal_mode = WAL')
    writer.close()
  }
  return { orders: made, lastShiftId }
}

/** What the writer itself looks things up by. */
const indexesOfTheWriter = [
  'orders_by_sale',
  'refunds_by_order',
  'refunds_open',
  'shifts_open',
  'shift_entries_by_shift',
  'shift_entries_open',
]

/** Drops all indexes that only readers need; answers what makes them again, as they were. */
function dropIndexes(db: DatabaseSync): (onIndex: MadeLedgerWish['onIndex']) => void {
  const found = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").all()
  const dropped = found.filter(({ name }) => !indexesOfTheWriter.includes(String(name)))
  for (const { name } of dropped) db.exec(`DROP INDEX ${name}`)
  return (onIndex) => {
    for (const { name, sql } of dropped) {
      onIndex(String(name))
      db.exec(String(sql))
    }
  }
}

type Draw = () => number

const momentAt = (wallMs: number): Moment => ({ wallMs: Math.floor(wallMs), monotonicMs: Math.floor(wallMs) })

function newOrder(draw: Draw, day: number, wallMs: number): NewOrder {
  const [wallet, channel, prefix] = wallets[Math.floor(draw() * wallets.length)] ?? ['wechat', 'wechat', '13']
  const code = prefix + Array.from({ length: wallet === 'unionpay' ? 17 : 16 }, () => Math.floor(draw() * 10)).join('')
  return {
    saleId: `sale-${day}-${Math.floor(draw() * 2 ** 48).toString(36)}` as SaleId,
    storeId: 'S001',
    tillId: '01',
    channel: channel as ChannelId,
    wallet,
    // Many small amounts, few large ones.
    amountFen: fen(100 + Math.floor(draw() ** 3 * 100_000)),
    maskedCode: maskCode(code),
    paymentCode: code as PaymentCode,
    policy: wechatPolicy,
    cashier: (1 + Math.floor(draw() * 8)) as StaffNumber,
    at: momentAt(wallMs),
  }
}

/** Mostly paid at once; some ask for the password first; some fail. */
function answersTo(draw: Draw, { orderNumber, amountFen, createdWallMs }: Order): readonly OrderEvent[] {
  const at = momentAt(createdWallMs + 600)
  const chance = draw()
  const evidence = { httpStatus: 200 }
  if (chance < 0.04) return [{ type: 'pay-answered', at, outcome: { kind: 'failed', reason: 'balance-low', evidence } }]
  const transactionId = `4200${orderNumber.slice(-6)}${Math.floor(draw() * 10 ** 15)}` as TransactionId
  const paid = { kind: 'paid', transactionId, amountFen, evidence } as const
  if (chance > 0.2) return [{ type: 'pay-answered', at, outcome: paid }]
  const later = momentAt(createdWallMs + 6_000)
  return [
    { type: 'pay-answered', at, outcome: { kind: 'awaiting-payer', evidence: { ...evidence, code: 'USERPAYING' } } },
    { type: 'woken', at: later },
    { type: 'query-answered', at: later, outcome: paid },
  ]
}

/** One paid order in a hundred is given back, half of it or all. */
function refundSome(writer: LedgerWriter, draw: Draw, settled: readonly Order[]): void {
  const refunded = settled.filter(({ status }) => status === 'paid' && draw() < 0.01)
  const created = performAll(
    writer,
    refunded.map(({ orderNumber, amountFen, createdWallMs }) => ({
      method: 'createRefund' as const,
      refund: {
        orderNumber,
        amountFen: fen(draw() < 0.5 ? amountFen : Math.ceil(amountFen / 2)),
        reason: 'returned',
        by: 'cashier' as const,
        policy: wechatRefundPolicy,
        at: momentAt(createdWallMs + 60_000),
      },
    })),
  )
  const refunds = created.flatMap((each) => (each.kind === 'created' ? [each.refund] : []))
  performAll(
    writer,
    refunds.map(({ refundNumber, version, createdWallMs }) => ({
      method: 'appendRefund' as const,
      refundNumber,
      expectedVersion: version,
      events: [
        {
          type: 'refund-answered' as const,
          at: momentAt(createdWallMs + 900),
          outcome: { kind: 'done' as const, evidence: { httpStatus: 200 } },
        },
      ],
    })),
  )
}

function openShift(writer: LedgerWriter, day: number, wallMs: number): ShiftId {
  const cashier = (1 + (day % 8)) as StaffNumber
  const shift = { tillId: '01', cutOverHour: 4, cashier, floatFen: null, at: momentAt(wallMs) }
  const [result] = performAll(writer, [{ method: 'openShift', shift }])
  if (result?.kind !== 'opened') throw new Error('the shift did not open')
  return result.shift.shiftId
}

function closeShift(writer: LedgerWriter, shiftId: ShiftId, wallMs: number): void {
  const act = { kind: 'close', differenceReason: '', unsignedUpToFen: null } as const
  const wanted = { act, by: null, at: momentAt(wallMs) }
  const [result] = performAll(writer, [{ method: 'actOnShift', shiftId, wanted }])
  if (result?.kind !== 'done') throw new Error('the shift did not close')
}

/** All calls in one commit; each must be done. */
function performAll<Method extends keyof LedgerAnswers>(
  writer: LedgerWriter,
  calls: readonly (LedgerCall & { readonly method: Method })[],
): readonly LedgerAnswers[Method][] {
  if (calls.length === 0) return []
  return writer.perform(calls).map((outcome) => {
    if (outcome.kind !== 'done') throw new Error(`the ledger refused: ${JSON.stringify(outcome)}`)
    // The writer answers each method with its own type.
    return outcome.value as LedgerAnswers[Method]
  })
}
