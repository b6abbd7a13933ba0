import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readFlatXml, writeFlatXml } from './flat-xml.ts'

const problemOf = (text: string): string => {
  const reading = readFlatXml(text)
  return reading.ok ? 'none' : reading.problem
}
const fieldsOf = (text: string): Record<string, string> => {
  const reading = readFlatXml(text)
  assert.ok(reading.ok)
  return { ...reading.fields }
}

test('every value is a string, with all its digits, blanks and zeros', () => {
  const text =
    '<xml>\n<id>4200000000202603010000000001</id><n>007</n><e>1e5</e><b>true</b><c><![CDATA[ <x>&amp; ]]></c><d/></xml>'
  assert.deepEqual(fieldsOf(text), {
    id: '4200000000202603010000000001',
    n: '007',
    e: '1e5',
    b: 'true',
    c: ' <x>&amp; ',
    d: '',
  })
})

test('entities and character references are resolved outside CDATA, and CDATA pieces are joined', () => {
  assert.deepEqual(fieldsOf('<xml><a>&lt;&#65;&#x4e2d;</a><b><![CDATA[]]]]><![CDATA[>]]></b></xml>'), {
    a: '<A中',
    b: ']]>',
  })
})

test('doctypes and entity declarations are refused in any spelling, also inside a value', () => {
  assert.equal(problemOf('<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/hostname">]><xml><a>&x;</a></xml>'), 'doctype')
  assert.equal(problemOf('<!doctype html><html></html>'), 'doctype')
  assert.equal(problemOf('<! DOCTYPE xml><xml/>'), 'doctype')
  assert.equal(problemOf('<xml><!ENTITY x "y"><a>1</a></xml>'), 'doctype')
})

test('what is no flat message is refused by name', () => {
  assert.equal(problemOf(''), 'not-xml')
  assert.equal(problemOf('<xml><a>1</a>'), 'not-xml')
  assert.equal(problemOf('<xml><a>1</b></xml>'), 'not-xml')
  assert.equal(problemOf('<xml><a><![CDATA[1]></a></xml>'), 'not-xml')
  assert.equal(problemOf('<xml><a>1</a></xml>rest'), 'not-xml')
  assert.equal(problemOf('{"return_code":"SUCCESS"}'), 'not-xml')
  assert.equal(problemOf('<html><body>504</body></html>'), 'wrong-root')
  assert.equal(problemOf('<xml><a>1</a></xml><xml><a>2</a></xml>'), 'not-xml')
  assert.equal(problemOf('<xml><a>1</a></xml><xml/>'), 'wrong-root')
  assert.equal(problemOf('<xml><a><b>1</b></a></xml>'), 'not-flat')
  assert.equal(problemOf('<xml>words<a>1</a></xml>'), 'not-flat')
  assert.equal(problemOf('<xml><a>1</a><b>2</b><a>1</a></xml>'), 'duplicate-element')
  assert.equal(problemOf(`<xml><a>${'x'.repeat(1_048_576)}</a></xml>`), 'too-large')
  assert.equal(problemOf(`<xml>${'<a>'.repeat(100_000)}`), 'not-xml')
  assert.equal(problemOf(`<xml>${'<a>'.repeat(50)}${'</a>'.repeat(50)}</xml>`), 'not-xml')
})

test('names of the object prototype cannot reach it', () => {
  assert.equal(problemOf('<xml><__proto__>1</__proto__></xml>'), 'not-xml')
  const reading = readFlatXml('<xml><a>1</a></xml>')
  assert.ok(reading.ok)
  assert.equal(Object.getPrototypeOf(reading.fields), null)
  assert.equal(Object.hasOwn(Object.prototype, 'a'), false)
})

const characters = fc
  .string({ unit: 'grapheme-composite', maxLength: 60 })
  .filter((text) => !/[\p{Cc}\uFFFE\uFFFF]/u.test(text))
const values = fc.oneof(characters, fc.constantFrom(']]>', ']]', '<xml>', '&amp;', ' 1 ', '{"a":["]]>"]}'))

test('what is written reads back the same', () => {
  const names = fc.stringMatching(/^[a-z][a-z0-9_]{0,10}$/).filter((name) => !(name in {}))
  fc.assert(
    fc.property(fc.dictionary(names, values, { noNullPrototype: true }), (fields) => {
      assert.deepEqual(fieldsOf(writeFlatXml(fields)), fields)
    }),
    { numRuns: 300 },
  )
})

test('a name that is no element name is a bug', () => {
  assert.throws(() => writeFlatXml({ 'a><b': '1' }), RangeError)
})
