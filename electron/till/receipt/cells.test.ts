import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cellsOf, wrapAtWords } from './cells.ts'

test('Chinese takes two cells, ASCII one, a mark over a letter none', () => {
  assert.equal(cellsOf('示例 A1'), 7)
  assert.equal(cellsOf('。'), 2)
  assert.equal(cellsOf('a\u0301'), 1)
  assert.equal(cellsOf('𠮷'), 2)
})

test('English breaks at spaces, Chinese anywhere', () => {
  assert.deepEqual(wrapAtWords('Please keep this slip, and name the order number.', 32), [
    'Please keep this slip, and name',
    'the order number.',
  ])
  assert.deepEqual(wrapAtWords('一二三四五六七八九十一二三四五六七八', 32), [
    '一二三四五六七八九十一二三四五六',
    '七八',
  ])
})

test('no row begins with a mark that closes what stood before', () => {
  assert.deepEqual(wrapAtWords('一二三四五六七八九十一二三四五六。七', 32), [
    '一二三四五六七八九十一二三四五',
    '六。七',
  ])
})

test('no row is wider than it may be, and no character is lost', () => {
  const content = fc.string({ unit: fc.constantFrom('a', '1', '.', ' ', '码', '收', '。', '𠮷'), maxLength: 120 })
  fc.assert(
    fc.property(content, fc.integer({ min: 2, max: 48 }), (text, cells) => {
      const rows = wrapAtWords(text, cells)
      for (const row of rows) assert.ok(cellsOf(row) <= cells, JSON.stringify(row))
      const solid = (joined: string) => joined.replaceAll(' ', '')
      assert.equal(solid(rows.join('')), solid(text))
    }),
  )
})
