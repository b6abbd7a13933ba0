// `node bench/bill-reader.ts WAY FILE LINES`: reads one made bill in one way in a process of its own, so that its peak
// memory is its own too; prints a line of JSON. Started by bench/bills/bill-throughput.ts.
import { createHash } from 'node:crypto'
import { closeSync, createReadStream, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { parse } from 'csv-parse'
import { inferSchema, initParser } from 'udsv'
import { wechatBillFormat } from '../electron/channels/wechat-bill.ts'
import { fen } from '../electron/till/money.ts'
import { createBookTable } from '../electron/till/reconcile/book-table.ts'
import { createBillMatch } from '../electron/till/reconcile/match.ts'
import { madeAmountFen, madeDate, madeNumber } from './bills/made-bill.ts'

const [way = '', file = '', lineText = ''] = process.argv.slice(2)
const lines = Number(lineText)

/** The process's own peak. What `resourceUsage` tells begins on Linux with what the process that started this one held. */
function peakKilobytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
}

/** Hash, read, cut, match, say, write; the ledger's side is in memory before. */
function ours(): () => number {
  const table = createBookTable(lines)
  for (let place = 0; place < lines; place++) {
    const number = madeNumber(place)
    const amountFen = fen(madeAmountFen(place))
    table.add(
      { expectation: 'paid', number, orderNumber: number, amountFen, fromWallMs: 0, toWallMs: 0, revokeWasSent: false },
      'inside',
    )
  }
  return () => {
    const match = createBillMatch(table, {
      day: Number(madeDate),
      own: { storeId: 'S001', tillId: '01' },
      elsewhere: () => 'no-bill',
      foreignRefundIsRevoke: false,
    })
    const reader = wechatBillFormat.openReader({ date: madeDate, merchantId: '1600000000' }, match.take)
    const hash = createHash('sha256')
    const handle = openSync(file, 'r')
    const buffer = Buffer.allocUnsafe(1_048_576)
    for (let got = readSync(handle, buffer); got > 0; got = readSync(handle, buffer)) {
      const piece = buffer.subarray(0, got)
      hash.update(piece)
      reader.push(piece)
    }
    closeSync(handle)
    const reading = reader.end()
    const result = match.finish(reading.ok)
    writeFileSync(`${file}.run`, JSON.stringify({ sha256: hash.digest('hex'), ...result }))
    return result.matched
  }
}

/** The detail lines as one string: uDSV does not end on the shorter lines of the summary. */
function udsv(): () => number {
  const text = readFileSync(file, 'utf8')
  const detail = text.slice(0, text.indexOf('\r\n总交易单数'))
  return () => initParser(inferSchema(detail)).stringArrs(detail).length
}

function csvParse(): () => Promise<number> {
  return async () => {
    let rows = 0
    const rowsOf = createReadStream(file).pipe(parse({ quote: null, relax_column_count: true }))
    for await (const _row of rowsOf) rows++
    return rows
  }
}

const ways: Readonly<Record<string, () => () => number | Promise<number>>> = { ours, udsv, 'csv-parse': csvParse }
const run = ways[way]?.()
if (run === undefined) throw new Error(`no such way: ${way}`)
const before = process.cpuUsage()
const startedMs = performance.now()
const rows = await run()
const elapsedMs = performance.now() - startedMs
const { user, system } = process.cpuUsage(before)
const peakMb = peakKilobytes() / 1_024
process.stdout.write(JSON.stringify({ way, rows, elapsedMs, cpuMs: (user + system) / 1_000, peakMb }))
