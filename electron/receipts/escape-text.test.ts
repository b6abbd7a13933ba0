import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import receiptline from 'receiptline'
import { escapedText } from './escape-text.ts'
import { printableText } from './printable-text.ts'

/** The text between two marks, as receiptline puts it on a row that has room for it. */
const drawn = (text: string): string =>
  receiptline
    .transform(`|<${escapedText(text)}>`, { cpl: 300, encoding: 'gb18030', command: 'text', cutting: false })
    .replace(/\n$/, '')

test('markup characters stand on paper as they are', () => {
  for (const text of [
    '买|一|送一',
    '{code:123;option:qrcode}',
    '{command:\\x1bp0}',
    '\\x1b@ \\n \\\\ \\',
    '"`_^^^~',
    '---',
    '===',
    'a;b:c',
    '{{amount}}',
    '{image:AAAA}',
  ]) {
    assert.equal(drawn(text), `<${text}>`)
  }
})

test('whatever the shop typed comes out as it is, on one row', () => {
  const unit = fc.oneof(
    fc.constantFrom(...'\\{}|~_"`^=-;:nx1bB码 '),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  )
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 25 }), (text) => {
      const printable = printableText(text, 'gb18030')
      assert.equal(drawn(printable), `<${printable}>`)
    }),
    { numRuns: 100 },
  )
})

test('alone on a line it is no rule, no cut, no setting and no column', () => {
  for (const text of ['-', '==', '|', '{width:3}', ' a ', 'a|b']) {
    const row = receiptline.transform(escapedText(text), {
      cpl: 9,
      encoding: 'gb18030',
      command: 'text',
      cutting: false,
    })
    assert.equal(row.trim(), text.trim())
    assert.equal(row.split('\n').length, 2)
  }
})
