import assert from 'node:assert/strict'
import { test } from 'node:test'
import { receiptProfileNames, receiptProfileOf, receiptProfiles } from './receipt-profiles.ts'

test('a row of every profile has room for its columns', () => {
  for (const name of receiptProfileNames) {
    const { columns, dots, paper, source } = receiptProfiles[name]
    assert.ok(columns * 12 <= dots && dots - columns * 12 < 12, name)
    assert.equal(dots === 384, paper === 58, name)
    assert.ok(source.length > 20, name)
  }
})

test('the configuration may correct paper and encoding of a profile', () => {
  assert.equal(receiptProfileOf({ profile: 'no-such-printer' }), undefined)
  assert.equal(receiptProfileOf({ profile: 'toString' }), undefined)
  assert.deepEqual(receiptProfileOf({ profile: 'epson-tm-t88', paper: 80 }), receiptProfiles['epson-tm-t88'])
  const corrected = receiptProfileOf({ profile: 'generic-80', paper: 58, encoding: 'gbk' })
  assert.deepEqual(corrected, {
    ...receiptProfiles['generic-80'],
    paper: 58,
    columns: 32,
    dots: 384,
    encoding: 'gbk',
  })
})
