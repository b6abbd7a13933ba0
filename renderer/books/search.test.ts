import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSearch } from './search.ts'

const read = (text: string) => {
  const { meant, fields } = readSearch(text)
  return [meant, Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))]
}

test('one field finds by amount, time, last digits and number', () => {
  assert.deepEqual(read('  '), ['nothing', {}])
  assert.deepEqual(read('1,234.50'), ['amount', { leastAmount: '1234.50', mostAmount: '1234.50' }])
  assert.deepEqual(read('¥12'), ['amount', { leastAmount: '12', mostAmount: '12' }])
  assert.deepEqual(read('14:05'), ['time', { firstMinute: 845, lastMinute: 845 }])
  assert.deepEqual(read('4071'), ['digits', { lastDigits: '4071' }])
  assert.deepEqual(read('S0010120260520'), ['number', { number: 'S0010120260520' }])
  assert.deepEqual(read('4200001234202605201234567890'), ['number', { number: '4200001234202605201234567890' }])
})

test('what cannot be meant finds nothing and everything: it is said to be unclear', () => {
  for (const text of ['24:10', '12:77', '张三', "x'; drop table", '=1+1'])
    assert.equal(readSearch(text).meant, 'unclear')
})
