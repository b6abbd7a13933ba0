import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cellsOf, layOut, type SlipColumns, type SlipLine } from './slip.ts'

const rowsOf = (columns: SlipColumns, ...lines: SlipLine[]) => layOut({ columns, lines })
const left = (text: string): SlipLine => ({ kind: 'text', text, align: 'left', emphasis: 'normal' })

test('Chinese takes two cells, ASCII one, a mark over a letter none', () => {
  assert.equal(cellsOf('示例 A1'), 7)
  assert.equal(cellsOf('。'), 2)
  assert.equal(cellsOf('a\u0301'), 1)
  assert.equal(cellsOf('𠮷'), 2)
})

test('names stand left and values right, and a pair that is too long takes two rows', () => {
  const [row] = rowsOf(32, { kind: 'pair', name: '金额', value: '12.34 元', emphasis: 'strong' })
  assert.equal(cellsOf(row?.text ?? ''), 32)
  assert.match(row?.text ?? '', /^金额 +12\.34 元$/)
  const rows = rowsOf(32, { kind: 'pair', name: '商户订单号', value: 'S0010120261125K7QX000042', emphasis: 'normal' })
  assert.deepEqual(
    rows.map(({ text, startCell }) => ({ text, startCell })),
    [
      { text: '商户订单号', startCell: 0 },
      { text: 'S0010120261125K7QX000042', startCell: 8 },
    ],
  )
})

test('large text is centred by its double width', () => {
  const [row] = rowsOf(32, { kind: 'text', text: '示例', align: 'center', emphasis: 'large' })
  assert.equal(row?.startCell, 12)
})

test('English breaks at spaces, Chinese anywhere', () => {
  assert.deepEqual(
    rowsOf(32, left('Please keep this slip, and name the order number.')).map(({ text }) => text),
    ['Please keep this slip, and name', 'the order number.'],
  )
  assert.deepEqual(
    rowsOf(32, left('一二三四五六七八九十一二三四五六七八')).map(({ text }) => text),
    ['一二三四五六七八九十一二三四五六', '七八'],
  )
})

test('no row begins with a mark that closes what stood before', () => {
  assert.deepEqual(
    rowsOf(32, left('一二三四五六七八九十一二三四五六。七')).map(({ text }) => text),
    ['一二三四五六七八九十一二三四五', '六。七'],
  )
})

test('no row is wider than the paper, and no character is lost', () => {
  const content = fc.string({ unit: fc.constantFrom('a', '1', '.', ' ', '码', '收', '。', '𠮷'), maxLength: 120 })
  fc.assert(
    fc.property(
      content,
      content,
      fc.constantFrom<SlipColumns>(32, 48),
      fc.constantFrom('normal', 'strong', 'large'),
      (text, value, columns, emphasis) => {
        const rows = rowsOf(columns, { kind: 'text', text, align: 'center', emphasis })
        const pairs = rowsOf(columns, { kind: 'pair', name: 'n', value, emphasis: 'normal' })
        for (const row of [...rows, ...pairs]) {
          const scale = row.emphasis === 'large' ? 2 : 1
          assert.ok(row.startCell + cellsOf(row.text) * scale <= columns, JSON.stringify(row))
          assert.ok(row.startCell >= 0)
        }
        const solid = (joined: string) => joined.replaceAll(' ', '')
        assert.equal(solid(rows.map((row) => row.text).join('')), solid(text))
        assert.equal(solid(pairs.map((row) => row.text).join('')), `n${solid(value)}`)
      },
    ),
  )
})
