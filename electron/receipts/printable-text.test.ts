import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { encodedText, printableText } from './printable-text.ts'

const decoded = (bytes: string): string =>
  new TextDecoder('gb18030', { fatal: true }).decode(Buffer.from(bytes, 'latin1'))

test('what a GBK printer would garble is replaced before it is laid out', () => {
  const gbk = (text: string) => printableText(text, 'gbk')
  assert.equal(gbk('镕 ￥ “引号” ① ㎡ é'), '镕 ￥ “引号” ① ㎡ é')
  assert.equal(gbk('¥12'), '￥12', 'hardware.md §6: four bytes, garbage on GBK')
  assert.equal(gbk('可乐® Señor'), '可乐(R) Senor')
  assert.equal(gbk('㐂 𠮷 😀'), '□ □ □')
})

test('a GB18030 printer keeps rare Chinese characters, and no emoji', () => {
  assert.equal(printableText('㐂 𠮷 😀 한', 'gb18030'), '㐂 𠮷 □ □')
  assert.equal(printableText('㐂 𠮷 😀 한', 'screen'), '㐂 𠮷 😀 한')
})

test('no text turns the direction, overprints, or breaks the line', () => {
  assert.equal(printableText('a\u202eb\u200d\u0000c\r\nd\te\u2028f', 'screen'), 'ab c  d e f')
  assert.equal(printableText('  \ufeff  ', 'gbk'), '')
  assert.equal(printableText('a\ud800b', 'gbk'), 'a□b', 'half a character')
  assert.equal(printableText('\ue000', 'screen'), '□')
})

test('a name of 5,000 characters is cut and says so', () => {
  for (const name of ['长'.repeat(5_000), 'x'.repeat(5_000), '😀'.repeat(5_000)]) {
    const cut = Array.from(printableText(name, 'gbk'))
    assert.equal(cut.length, 400)
    assert.equal(cut.at(-1), '…')
  }
})

test('whatever was typed, the bytes are two a character in GBK, no command, and read back as the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      for (const drawing of ['gbk', 'gb18030'] as const) {
        const printable = printableText(text, drawing)
        const bytes = encodedText(printable)
        assert.equal(decoded(bytes), printable)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
        assert.doesNotMatch(bytes, /[\x00-\x1f\x7f]/)
        if (drawing === 'gbk') {
          const cells = Array.from(printable).reduce((sum, each) => sum + (each < '\x80' ? 1 : 2), 0)
          assert.equal(bytes.length, cells)
        }
      }
    }),
    { numRuns: 60 },
  )
})
