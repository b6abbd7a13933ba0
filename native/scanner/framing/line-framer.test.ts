import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createLineFramer, type LineSettings, lineBytesMax, unterminatedMs } from './line-framer.ts'
import { countedDigits, framedBy, latin1 } from './reports.fixture.ts'

const usual: LineSettings = { terminator: 'any', silenceMs: 100, prefix: '', suffix: '' }
const lineOf = (settings: Partial<LineSettings> = {}) => framedBy(createLineFramer({ ...usual, ...settings }))

const someTexts = fc.array(fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 40 }), {
  minLength: 1,
  maxLength: 8,
})

for (const [terminator, end] of [
  ['any', '\r'],
  ['any', '\n'],
  ['any', '\r\n'],
  ['any', '\t'],
  ['any', '\r\r'],
  ['cr', '\r'],
  ['lf', '\n'],
  ['crlf', '\r\n'],
  ['tab', '\t'],
] as const) {
  test(`codes that end with ${JSON.stringify(end)} are cut apart wherever the pieces break (${terminator})`, () => {
    fc.assert(
      fc.property(someTexts, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (texts, sizes) => {
        const line = lineOf({ terminator })
        const stream = latin1(texts.map((text) => `${text}${end}`).join(''))
        for (let offset = 0, turn = 0; offset < stream.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1
          line.send(stream.subarray(offset, offset + size))
          line.wait(1)
          offset += size
        }
        assert.deepEqual([line.texts(), line.drops()], [texts, []])
      }),
    )
  })
}

test('without a terminator silence ends a code, and a gap below it does not', () => {
  const line = lineOf({ terminator: 'none', silenceMs: 50 })
  line.send(latin1(countedDigits(9)))
  line.wait(49)
  line.send(latin1(countedDigits(9, 9)))
  line.wait(49)
  assert.deepEqual(line.texts(), [])
  line.wait(1)
  assert.deepEqual(line.texts(), [countedDigits(18)])
})

test('where a terminator is expected, a part of a code is never a code', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 23 }), (length) => {
      const line = lineOf()
      line.send(latin1(countedDigits(24).slice(0, length)))
      line.wait(unterminatedMs)
      line.send(latin1(`${countedDigits(18)}\r`))
      assert.deepEqual([line.texts(), line.drops()], [[countedDigits(18)], ['no-terminator']])
    }),
  )
})

test('half a code, the cable out and in again: the next code is whole', () => {
  const line = lineOf()
  line.send(latin1(countedDigits(7)))
  line.unplug()
  line.send(latin1(`${countedDigits(18)}\r`))
  assert.deepEqual([line.texts(), line.drops()], [[countedDigits(18)], ['torn']])
})

test('prefix and suffix are stripped; a code that lacks one of them has lost a part', () => {
  const line = lineOf({ prefix: '\u0002', suffix: '#' })
  line.send(latin1(`\u0002${countedDigits(18)}#\r\n`), latin1(`${countedDigits(17)}#\r`), latin1('\u000212345678\r'))
  assert.deepEqual([line.texts(), line.drops()], [[countedDigits(18)], ['torn', 'torn']])
})

test('without a terminator the suffix ends a code at once', () => {
  const line = lineOf({ terminator: 'none', prefix: '\u0002', suffix: '\u0003\u0004' })
  line.send(latin1(`\u0002${countedDigits(18)}\u0003\u0004\u0002${countedDigits(16)}\u0003\u0004`))
  assert.deepEqual(line.texts(), [countedDigits(18), countedDigits(16)])
  line.send(latin1(`\u0002${countedDigits(10)}`))
  line.wait(100)
  assert.deepEqual(line.drops(), ['torn'])
})

test('10 kB without an end is told once, and the code behind its end is whole', () => {
  const line = lineOf()
  for (let sent = 0; sent < 10_000; sent += 100) line.send(latin1(countedDigits(100)))
  line.send(latin1(`\r${countedDigits(18)}\r`))
  assert.deepEqual([line.texts(), line.drops()], [[countedDigits(18)], ['too-long']])
  assert.ok(lineBytesMax < 10_000)
})

test('a wrong line speed is noise, with and without something that looks like an end', () => {
  const line = lineOf()
  line.send(Uint8Array.from([0x00, 0xf8, 0x80, 0x1c, 0xff, 0x0d]), Uint8Array.from([0xe0, 0x00, 0xfe]))
  line.wait(unterminatedMs)
  assert.deepEqual([line.texts(), line.drops()], [[], ['noise', 'noise']])
})

test('the digits behind a line of text in the same code are no code of their own', () => {
  const line = lineOf()
  line.send(latin1(`BEGIN:VCARD\r\n${countedDigits(18)}\r\nEND\r\n`))
  line.wait(1_000)
  line.send(latin1(`${countedDigits(18)}\r`))
  assert.deepEqual(line.texts(), ['BEGIN:VCARD', countedDigits(18)])
  assert.deepEqual(line.drops(), ['line-inside-a-code', 'line-inside-a-code'])
})

test('an identifier in front is the symbology, not a part of the code', () => {
  const line = lineOf()
  line.send(latin1(`]C0${countedDigits(18)}\r`))
  assert.deepEqual([line.texts(), line.symbologies()], [[countedDigits(18)], ['C0']])
})

test('whatever bytes come, the framer neither throws nor scans an empty text', () => {
  const terminator = fc.constantFrom('any', 'cr', 'lf', 'crlf', 'tab', 'none')
  fc.assert(
    fc.property(terminator, fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 30 }), (end, pieces) => {
      const line = lineOf({ terminator: end })
      for (const piece of pieces) {
        line.send(piece)
        line.wait(piece.length * 3)
      }
      return line.texts().every((text) => text !== '')
    }),
  )
})

test('each scan tells what ended it and how long it took', () => {
  const line = lineOf()
  line.send(latin1('28'), latin1(`${countedDigits(16)}\r\n`))
  line.wait(50)
  line.send(latin1('1234567'))
  line.wait(9)
  line.send(latin1('8\t'))
  const ends = line.framings.flatMap((each) => (each.kind === 'scan' ? [[each.scan.end, each.scan.tookMs]] : []))
  assert.deepEqual(ends, [
    ['crlf', 0],
    ['tab', 9],
  ])
})
