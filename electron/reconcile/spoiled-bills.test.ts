import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { alipayBillFormat } from '../channels/alipay/bill.ts'
import type { BillFormat, BillReading } from '../channels/bill-reading.ts'
import { unionpayBillFormat } from '../channels/unionpay/bill.ts'
import { wechatBillFormat } from '../channels/wechat-bill.ts'
import { fen } from '../till/money.ts'
import { type BillRecord, recordOf } from '../till/reconcile/bill-record.ts'
import { createBookTable } from '../till/reconcile/book-table.ts'
import { createBillMatch } from '../till/reconcile/match.ts'
import { alipayBillArchive, alipayBillDetail } from '../training/alipay-bill.ts'
import type { Movement } from '../training/movements.ts'
import { fileContent, unionpayBillArchive } from '../training/unionpay/bill.ts'
import { wechatBillText } from '../training/wechat-bill.ts'
import { readBillFile } from './read-bill.ts'
import { fileDifferences, isWholeBill } from './run.ts'

const sample = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}`, import.meta.url))
const merchant = { appId: 'wxpractice', merchantId: '1600000000' }
const date = '20260318'
const dayStartMs = Date.UTC(2026, 2, 17, 16)
const numberOf = (place: number): string => `S0010120260318AB12${String(place).padStart(6, '0')}`
const movements: readonly Movement[] = Array.from({ length: 8 }, (_, place) => ({
  kind: 'charge',
  order: { orderNumber: numberOf(place), sequence: place + 1, openedAtMs: dayStartMs + place * 3_600_000 },
  refundNumber: null,
  amountFen: 1_000 + place * 37,
  atMs: dayStartMs + place * 3_600_000 + 5_000,
}))

function read(format: BillFormat, bytes: Uint8Array, piece = 7, merchantId: string | null = null) {
  const records: BillRecord[] = []
  const reader = format.openReader({ date, merchantId }, (line) => records.push(recordOf(line)))
  for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.slice(at, at + piece))
  return { reading: reader.end(), records }
}

/** What a day says about one spoiled file, as the service says it: causes in order, the file's own last. */
function causes(format: BillFormat, bytes: Uint8Array): readonly string[] | string {
  const table = createBookTable()
  for (const { order, amountFen, atMs } of movements) {
    const { orderNumber: number } = order
    table.add(
      {
        expectation: 'paid',
        number,
        orderNumber: number,
        amountFen: fen(amountFen),
        fromWallMs: atMs,
        toWallMs: atMs,
        revokeWasSent: false,
      },
      'inside',
    )
  }
  const match = createBillMatch(table, {
    day: Number(date),
    own: { storeId: 'S001', tillId: '01' },
    elsewhere: () => 'no-bill',
    foreignRefundIsRevoke: false,
  })
  const reader = format.openReader({ date, merchantId: null }, match.take)
  reader.push(bytes)
  const reading: BillReading = reader.end()
  if (!reading.ok) return reading.problem
  const { findings } = reading
  const result = match.finish((duplicates) => isWholeBill(findings, duplicates))
  const gap = result.differences.reduce((sum, { differenceFen }) => sum + differenceFen, 0)
  assert.equal(result.billNetFen - result.bookNetFen, gap)
  return [...result.differences, ...fileDifferences(findings, result.duplicatedLines)].map(({ cause }) => cause)
}

const wechatBytes = Buffer.from(wechatBillText(movements, merchant))
const alipayBytes = alipayBillDetail(movements, dayStartMs, dayStartMs)
const files = [
  { format: wechatBillFormat, lines: wechatBytes.toString('latin1').split('\r\n'), first: 1 },
  { format: alipayBillFormat, lines: alipayBytes.toString('latin1').split('\r\n'), first: 5 },
] as const
const bytesOf = (lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1')

test('two thousand spoiled bills: each is named by what was done to it', () => {
  const spoilings = ['none', 'lost', 'doubled', 'moved', 'torn', 'broken-header', 'cut-off'] as const
  const place = fc.integer({ min: 0, max: movements.length - 1 })
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.constantFrom(...spoilings), place, place, (file, spoiling, at, to) => {
      const lines = [...file.lines]
      const target = file.first + at
      const line = lines[target] ?? ''
      const expected = ((): readonly string[] | string => {
        switch (spoiling) {
          case 'none':
            return []
          case 'lost':
            lines.splice(target, 1)
            return ['bill-incomplete', 'bill-incomplete']
          case 'doubled':
            lines.splice(target, 0, line)
            return ['duplicated-line']
          case 'moved':
            lines.splice(target, 1)
            lines.splice(file.first + to, 0, line)
            return []
          case 'torn':
            lines[target] = line.slice(0, Math.floor(line.length / 2))
            return ['bill-incomplete', 'bill-incomplete']
          case 'broken-header': {
            // What is left of Chinese text that went through the wrong encoding once.
            const header = file.first - 1
            lines[header] = (lines[header] ?? '').replace(/[^\x20-\x7e]/g, '\u00ef\u00bf\u00bd')
            return 'not-a-bill or wrong-encoding'
          }
          case 'cut-off': {
            const kept = target + 1
            lines.splice(kept)
            return [...Array.from({ length: movements.length - 1 - at }, () => 'bill-incomplete'), 'bill-incomplete']
          }
        }
      })()
      const said = causes(file.format, bytesOf(lines))
      if (typeof expected === 'string')
        assert.ok(said === 'wrong-encoding' || said === 'not-a-bill' || said === 'other-bill', String(said))
      else assert.deepEqual(said, expected)
    }),
    { numRuns: 2_000 },
  )
})

test('the samples are read as their comments say, however the bytes come', () => {
  for (const piece of [1, 64, 5_000]) {
    const wechat = wechatBillFormat.openReader({ date: '20260301', merchantId: '1600000001' }, () => undefined)
    const bytes = sample('wechat-bill-all.csv')
    for (let at = 0; at < bytes.length; at += piece) wechat.push(bytes.subarray(at, at + piece))
    const reading = wechat.end()
    assert.ok(reading.ok)
    assert.deepEqual(reading.findings.gaps, [])
    assert.deepEqual(reading.findings.counted, {
      lines: 8,
      charges: 5,
      returns: 3,
      chargedFen: 52_149,
      returnedFen: 18_850,
      feeFen: 197,
    })
  }
  const alipay = read(alipayBillFormat, sample('alipay-bill-detail.csv'))
  assert.ok(alipay.reading.ok)
  assert.deepEqual(alipay.reading.findings.stated, {
    lines: null,
    charges: 5,
    returns: 3,
    chargedFen: 25_730,
    returnedFen: 5_290,
    feeFen: null,
  })
  assert.deepEqual(alipay.reading.findings.gaps, [])
  assert.equal(alipay.records.filter(({ kind }) => kind === 'revoke').length, 1)
})

const odd: readonly (readonly [string, BillFormat, Uint8Array, string])[] = [
  ['nothing', wechatBillFormat, new Uint8Array(0), 'empty'],
  ['an error page', wechatBillFormat, Buffer.from('<!DOCTYPE html><html><body>502</body></html>'), 'web-page'],
  ['a refusal', wechatBillFormat, Buffer.from('<xml><return_code>FAIL</return_code></xml>'), 'error-answer'],
  ['fund flow', wechatBillFormat, Buffer.from('记账时间,微信支付业务单号,资金流水单号\r\n'), 'other-bill'],
  ['the summary', alipayBillFormat, sample('alipay-bill-summary.csv'), 'other-bill'],
  ['another day', wechatBillFormat, sample('wechat-bill-all.csv'), 'wrong-day'],
  [
    'another day',
    alipayBillFormat,
    Buffer.from(
      sample('alipay-bill-detail.csv').toString('latin1').replace('03\u00d4\u00c218', '03\u00d4\u00c219'),
      'latin1',
    ),
    'wrong-day',
  ],
  ['a README', alipayBillFormat, Buffer.from('# Scantill\n'), 'other-bill'],
  ['a README', unionpayBillFormat, Buffer.from('# Scantill\n'), 'not-a-bill'],
  [
    'a file that a spreadsheet saved',
    wechatBillFormat,
    Buffer.from(wechatBytes.toString().replaceAll('`', '').replaceAll('2026-03-18', '2026/3/18')),
    'spreadsheet-copy',
  ],
]

for (const [name, format, bytes, problem] of odd) {
  test(`${name} is no ${format.extension} bill: ${problem}`, () => {
    assert.deepEqual(read(format, bytes).reading, { ok: false, problem })
  })
}

test('another merchant’s bill is refused, and a single line of one is kept aside by the match', () => {
  assert.deepEqual(read(wechatBillFormat, wechatBytes, 100, '1600000009').reading, {
    ok: false,
    problem: 'wrong-merchant',
  })
})

test('lines that cannot be read are named by their number', () => {
  const [header = '', first = '', second = '', ...rest] = wechatBytes.toString().split('\r\n')
  const spoiled = [
    header,
    first.replaceAll('`10.00', '`1e3'),
    '`a'.repeat(10_000),
    `\`x${',`y'.repeat(10_000)}`,
    second.replace('2026-03-18', '2026-13-18'),
    second.replace('SUCCESS', 'SURPRISE'),
    second.replaceAll('`10.37', '`-0.01'),
    second.replace('练习,不收钱', '茶, 水,`糖'),
    ...rest,
  ]
  const { reading, records } = read(wechatBillFormat, Buffer.from(spoiled.join('\r\n')), 4_096)
  assert.ok(reading.ok)
  const named = reading.findings.badLines.map(({ lineNumber, problem }) => [lineNumber, problem])
  assert.deepEqual(named, [
    [2, 'amount'],
    [3, 'columns'],
    [4, 'columns'],
    [5, 'time'],
    [6, 'kind'],
    [7, 'amount'],
  ])
  assert.equal(records[0]?.lineNumber, 8)
  assert.equal(records[0]?.amountFen, 1_037)
})

test('files come plain, as gzip, as zip and as a zip that is deflated once more; a damaged one is told', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'scantill-bills-'))
  context.after(() => rm(folder, { recursive: true }))
  const path = join(folder, 'bill')
  const outcome = async (format: BillFormat, bytes: Uint8Array, sha1: string | null = null) => {
    await writeFile(path, bytes)
    let lines = 0
    const reading = await readBillFile(path, { format }, { date, merchantId: null }, { sha1 }, () => () => lines++)
    return reading.ok ? lines : reading.problem
  }
  const zip = alipayBillArchive(movements, dayStartMs, dayStartMs)
  const settlement = unionpayBillArchive(movements, date, { merchantId: '777290058110048', terminalId: '01080209' })
  assert.equal(await outcome(wechatBillFormat, wechatBytes), 8)
  assert.equal(await outcome(wechatBillFormat, gzipSync(wechatBytes)), 8)
  assert.equal(await outcome(wechatBillFormat, gzipSync(wechatBytes).subarray(0, 200)), 'archive-damaged')
  assert.equal(await outcome(wechatBillFormat, wechatBytes, '0'.repeat(40)), 'wrong-hash')
  assert.equal(await outcome(alipayBillFormat, zip), 8)
  assert.equal(await outcome(alipayBillFormat, sample('alipay-bill-20260318.csv.zip')), 8)
  assert.equal(await outcome(alipayBillFormat, zip.subarray(0, zip.length - 30)), 'archive-damaged')
  const flipped = Buffer.from(zip)
  flipped[200] = (flipped[200] ?? 0) ^ 0xff
  assert.equal(await outcome(alipayBillFormat, flipped), 'archive-damaged')
  assert.equal(await outcome(unionpayBillFormat, Buffer.from(fileContent(settlement), 'base64')), 8)
})
