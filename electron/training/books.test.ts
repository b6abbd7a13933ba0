import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { fen } from '../till/money.ts'
import { booksFile, openBooks, trainingFolder } from './books.ts'
import { readBooks, readBreaches, readRequests } from './books-reading.ts'
import { dataFolder, freshCode } from './raw-client.fixture.ts'
import { openOrder } from './stories.ts'

const wallMs = 1_772_326_815_000

const opening = {
  wallet: 'wechat',
  orderNumber: 'N1',
  sequence: 1,
  amountFen: fen(1234),
  story: 'password-then-pays',
  expiresAtMs: wallMs + 47_000,
} as const

test('what was written is read back, also by readers while the books are open', (context) => {
  const data = dataFolder(context)
  const books = openBooks(data)
  const { order } = openOrder(opening, wallMs)
  const marks = { request: 'the request', code: freshCode('wechat', 'password-then-pays'), echo: { attach: 'x' } }
  books.transaction(() => {
    books.insert(order, marks)
    books.recordRequest('wechat', 'pay', 'N1', wallMs, 'confirming')
    books.recordBreach('wechat', wallMs, 'signature', 'sign')
  })
  assert.deepEqual(books.find('wechat', 'N1'), { order, echo: { attach: 'x' } })
  assert.deepEqual(books.findBySequence('wechat', 1), books.find('wechat', 'N1'))
  assert.equal(books.find('alipay', 'N1'), undefined)
  assert.deepEqual(books.compare(order, marks), { sameRequest: true, sameCode: true })
  assert.deepEqual(books.compare(order, { ...marks, request: 'another' }), { sameRequest: false, sameCode: true })
  const line = { type: 'book', wallet: 'wechat', orderNumber: 'N1', amountFen: 1234, refundedFen: 0 }
  assert.deepEqual(readBooks(data, wallMs), [{ ...line, chargedFen: 0, state: 'confirming' }])
  assert.deepEqual(readBooks(data, wallMs + 3_000), [{ ...line, chargedFen: 1234, state: 'paid' }])
  books.close()
  assert.equal(readBooks(data, wallMs).length, 1)
  assert.deepEqual(
    readRequests(data).map(({ kind }) => kind),
    ['pay'],
  )
  assert.deepEqual(
    readBreaches(data).map(({ subject }) => subject),
    ['sign'],
  )
})

test('a transaction that throws leaves nothing behind', (context) => {
  const books = openBooks(dataFolder(context))
  context.after(() => books.close())
  const code = freshCode('wechat', 'pays-at-once')
  const failing = () =>
    books.transaction(() => {
      books.spendCode(code)
      throw new Error('in the middle')
    })
  assert.throws(failing, /in the middle/)
  assert.equal(
    books.transaction(() => books.spendCode(code)),
    true,
  )
  assert.equal(
    books.transaction(() => books.spendCode(code)),
    false,
  )
})

test('books of another version of the program are refused, and left as they are', (context) => {
  const data = dataFolder(context)
  mkdirSync(trainingFolder(data))
  const newer = new DatabaseSync(booksFile(data))
  newer.exec('PRAGMA user_version = 99')
  newer.close()
  assert.throws(() => openBooks(data), /version 99/)
  assert.throws(() => readBooks(data), /version 99/)
})
