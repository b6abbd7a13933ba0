import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { zipEntries } from '../reconcile/zip-entries.ts'
import { csvText } from './csv.ts'
import { type ExportSheet, yuanOfFen } from './table.ts'
import { writeExport } from './write-export.ts'

const sheet = (rows: ExportSheet['rows']): ExportSheet => ({
  name: '交易明细',
  columns: [
    { title: '单号', kind: 'text' },
    { title: '金额(元)', kind: 'yuan' },
    { title: '笔数', kind: 'count' },
    { title: '时间', kind: 'time' },
  ],
  rows,
})

/** Noon of 2026-03-18 in Shanghai. */
const noonWallMs = Date.UTC(2026, 2, 18, 4)

async function csvOf(sheets: readonly ExportSheet[]): Promise<string> {
  let text = ''
  for await (const piece of csvText(sheets)) text += piece
  return text
}

function folder(context: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'exports-'))
  context.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('CSV begins with the mark that spreadsheets need, numbers are numbers, numbers of orders are texts', async () => {
  const transaction = '4200001234202603180000000042'
  const text = await csvOf([
    sheet([
      [transaction, -1_205, 3, noonWallMs],
      ['S0010120260318K7QX000042', 7, null, null],
    ]),
  ])
  assert.equal(
    text,
    '\u{feff}单号,金额(元),笔数,时间\r\n' +
      `"${transaction}\t",-12.05,3,2026-03-18 12:00:00\r\n` +
      'S0010120260318K7QX000042,0.07,,\r\n',
  )
})

test('no text in CSV begins a formula, whatever it is, and it can be read back', async () => {
  const names = [
    '=HYPERLINK("http://x","y")',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    '王"芳", 🧋',
    '0123',
    '12-3',
    '1E5',
  ]
  const unit = fc.constantFrom(...'=+-@|%\t\r\n ",\'019eE.:a王🧋')
  const cases = fc.oneof(fc.string({ unit, maxLength: 6 }), fc.constantFrom(...names))
  await fc.assert(
    fc.asyncProperty(cases, async (name) => {
      const text = await csvOf([sheet([[name, 0, 0, 0]])])
      const row = (parse(text, { bom: true, relax_quotes: false }) as string[][])[1] ?? []
      const [cell = ''] = row
      assert.equal(row.length, 4)
      assert.ok(cell === name || cell === `'${name}` || cell === `${name}\t`, JSON.stringify([name, cell]))
      assert.doesNotMatch(cell, /^\s*[=+\-@]/)
      assert.doesNotMatch(cell, /^\d[\d.eE+-]*$/)
    }),
    { numRuns: 50 },
  )
})

test('several sheets follow each other under their names', async () => {
  const text = await csvOf([sheet([]), { ...sheet([['a', 1, 2, null]]), name: '=x' }])
  assert.equal(
    text,
    "\u{feff}交易明细\r\n单号,金额(元),笔数,时间\r\n\r\n'=x\r\n单号,金额(元),笔数,时间\r\na,0.01,2,\r\n",
  )
})

test('fen become yuan digit by digit', () => {
  assert.deepEqual([0, 5, -5, 100, -1_234, Number.MAX_SAFE_INTEGER].map(yuanOfFen), [
    '0.00',
    '0.05',
    '-0.05',
    '1.00',
    '-12.34',
    '90071992547409.91',
  ])
})

/** The parts of a workbook by their names. */
async function partsOf(path: string): Promise<ReadonlyMap<string, string>> {
  const bytes = readFileSync(path)
  const file = {
    read: async (buffer: Buffer, offset: number, length: number, position: number) => ({
      bytesRead: bytes.copy(buffer, offset, position, position + length),
    }),
  }
  const entries = (await zipEntries(file, bytes.length)) ?? assert.fail('no zip')
  return new Map(
    entries.map(({ name, offset, packedBytes }) => [
      name,
      inflateRawSync(bytes.subarray(offset, offset + packedBytes)).toString('utf8'),
    ]),
  )
}

test('a workbook holds every sheet; texts are texts, whatever they look like, and numbers numbers', async (context) => {
  const path = join(folder(context), 'deep', 'x.xlsx')
  const rows = [
    ['4200001234202603180000000042', 1_205, 3, noonWallMs],
    ['=1+1 <&"\u{0}', null, 0, null],
  ] as const
  const second = { ...sheet([]), name: 'a/b:[c]*? and more than thirty-one characters' }
  const written = await writeExport(path, 'xlsx', [sheet(rows), second])
  assert.deepEqual(written, { kind: 'written', path, rows: 2 })
  const parts = await partsOf(path)
  const read = new XMLParser({ ignoreAttributes: false, parseTagValue: false, trimValues: false })
  for (const [name, text] of parts) assert.doesNotThrow(() => read.parse(text), name)
  const told = read.parse(parts.get('xl/worksheets/sheet1.xml') ?? '').worksheet.sheetData.row
  assert.deepEqual(told[1].c, [
    {
      '@_r': 'A2',
      '@_s': '3',
      '@_t': 'inlineStr',
      is: { t: { '#text': '4200001234202603180000000042', '@_xml:space': 'preserve' } },
    },
    { '@_r': 'B2', '@_s': '1', v: '12.05' },
    { '@_r': 'C2', v: '3' },
    { '@_r': 'D2', '@_s': '2', v: '46099.5' },
  ])
  assert.equal(told[2].c[0].is.t['#text'], '=1+1 <&"')
  assert.equal(told[2].c[1]['@_r'], 'C3')
  assert.ok(parts.has('xl/worksheets/sheet2.xml'))
  assert.match(parts.get('xl/workbook.xml') ?? '', /name="a b {2}c {4}and more than thirty-"/)
})

test('rows are taken as they are written: a workbook of many does not wait for all of them', async (context) => {
  const path = join(folder(context), 'x.xlsx')
  const many = 8_000
  let bytesBeforeTheEnd = 0
  async function* rows() {
    for (let made = 0; made < many; made += 1)
      yield [`S${(made * 2_654_435_761) % 2 ** 32}`, made, 1, noonWallMs] as const
    bytesBeforeTheEnd = statSync(`${path}.unfinished`).size
  }
  assert.deepEqual(await writeExport(path, 'xlsx', [sheet(rows())]), { kind: 'written', path, rows: many })
  assert.ok(bytesBeforeTheEnd > 10_000, `${bytesBeforeTheEnd} bytes were on the disk when the last row was made`)
})

for (const format of ['csv', 'xlsx'] as const) {
  test(`what cannot be written or read leaves no ${format} and nothing half-written`, async (context) => {
    const place = folder(context)
    const path = join(place, `x.${format}`)
    mkdirSync(path)
    assert.deepEqual(await writeExport(path, format, [sheet([])]), { kind: 'not-written', path, problem: 'disk-error' })
    assert.deepEqual(readdirSync(place), [`x.${format}`])
    const full = join('/dev/full', `x.${format}`)
    assert.equal((await writeExport(full, format, [sheet([])])).kind, 'not-written')

    async function* torn() {
      yield ['a', 1, 2, 3] as const
      throw new Error('the ledger is gone')
    }
    const other = join(place, `y.${format}`)
    await assert.rejects(writeExport(other, format, [sheet(torn())]), /the ledger is gone/)
    assert.deepEqual(readdirSync(place), [`x.${format}`])
  })
}
