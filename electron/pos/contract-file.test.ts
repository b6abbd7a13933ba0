import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { orderStatuses } from '../till/order/order.ts'
import { refundStatuses } from '../till/refund/refund.ts'
import { failureStatuses } from './failure-codes.ts'
import { failureWords } from './failure-words.ts'
import { posFolder, practiceCode, send } from './pos-till.fixture.ts'
import { readCollection, readRefund } from './requests.ts'

const contract = readFileSync(new URL('../../docs/pos-api.yaml', import.meta.url), 'utf8')
const document = parseDocument(contract, { strict: true, uniqueKeys: true })
type Tree = { readonly [name: string]: Tree }
const tree = document.toJS() as Tree // checked piece by piece below
const schemas = JSON.parse(
  JSON.stringify(tree.components?.schemas ?? {}).replaceAll('#/components/schemas/', '#/$defs/'),
) as Record<string, object>
const schemaOf = (name: string): z.ZodType => z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs: schemas } as never)
const listOf = (name: string, member?: string): unknown => {
  const schema = tree.components?.schemas?.[name]
  return (member === undefined ? schema : schema?.properties?.[member])?.enum
}

test('the contract is well-formed, its references lead somewhere, and its lists are those of the tables', () => {
  assert.deepEqual([...document.errors, ...document.warnings], [])
  assert.equal(String(tree.openapi), '3.1.0')
  const references = [...contract.matchAll(/\$ref: "#\/([^"]+)"/g)].map(([, path = '']) => path)
  assert.ok(references.length > 50)
  for (const path of new Set(references)) {
    const end = path.split('/').reduce<Tree | undefined>((at, name) => at?.[name], tree)
    assert.ok(end !== undefined, path)
  }
  const codes = Object.keys(failureStatuses)
  assert.deepEqual(listOf('Failure', 'code'), codes)
  const rows = [...contract.matchAll(/^ +\| `([a-z-]+)` \| (\d{3}) \|/gm)]
  assert.deepEqual(Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)])), failureStatuses)
  const before = ['waiting-for-scan', 'cancelled', 'refused-at-counter']
  assert.deepEqual(listOf('Status'), [...before, ...orderStatuses])
  assert.deepEqual(listOf('Refund', 'status'), [...refundStatuses])
  for (const words of Object.values(failureWords)) assert.deepEqual(Object.keys(words), codes)
})

test('payment codes stand in one request and nowhere else', () => {
  const holders = Object.keys(schemas).filter((name) => JSON.stringify(schemas[name]).includes('"paymentCode"'))
  assert.deepEqual(holders, ['CollectionRequest'])
})

test('what the contract lets in as a request is what the till reads', () => {
  const bodies: readonly object[] = [
    { reference: 'A', amountFen: 1 },
    { reference: 'A', amount: '1.00', subject: 'x', cashier: 'y', paymentCode: '1', anotherCustomer: true },
    { reference: '', amountFen: 1 },
    { reference: 'A/B', amountFen: 1 },
    { reference: 'A'.repeat(65), amountFen: 1 },
    { reference: 'A', amountFen: -1 },
    { reference: 'A', amountFen: '1' },
    { reference: 'A', amountFen: 1, subject: 'x'.repeat(41) },
    { reference: 'A', amountFen: 1, other: 1 },
  ]
  const collection = schemaOf('CollectionRequest')
  for (const body of bodies) {
    assert.equal(readCollection(body).ok, collection.safeParse(body).success, JSON.stringify(body))
  }
  const refund = schemaOf('RefundRequest')
  for (const body of [
    { refundReference: 'A', amountFen: 1, reason: 'x' },
    { refundReference: 'A', amount: '1', reason: 'x' },
    { refundReference: 'A', amountFen: 1 },
    { refundReference: 'A', amountFen: 1, reason: '' },
    { amountFen: 1, reason: 'x' },
  ]) {
    assert.equal(readRefund('A', body).ok, refund.safeParse(body).success, JSON.stringify(body))
  }
})

test('every answer of the running till is as the contract says', async (context) => {
  const { open } = posFolder(context, {}, { windowMs: 60_000, revokeMinAgeMs: 30_000 })
  const { call, ended, url, host, authorization } = await open()
  const seen = new Set<string>()
  const asked = async (schema: string, path: string, method: 'get' | 'post', where: string, body?: object) => {
    const answer = await call(method.toUpperCase(), where, body)
    const isGood = answer.status < 300
    const listed = tree.paths?.[path]?.[method]?.responses ?? {}
    assert.ok(Object.hasOwn(listed, isGood ? String(answer.status) : 'default'), `${path} ${answer.status}`)
    const checked = schemaOf(isGood ? schema : 'Failure').safeParse(answer.body)
    assert.ok(checked.success, `${path} ${JSON.stringify(answer.body)} ${checked.error?.message}`)
    assert.match(String(answer.headers['content-type']), /^application\/json/)
    seen.add(`${path} ${isGood ? answer.status : 'default'}`)
    return answer.body ?? assert.fail()
  }
  const one = '/collections/{reference}'
  const collect = (body: object) => asked('Collection', '/collections', 'post', '/collections', body)
  await asked('Health', '/health', 'get', '/health')
  await collect({ reference: 'C-1', amountFen: 5, subject: '茶', cashier: '李' })
  await asked('Collection', one, 'get', '/collections/C-1')
  await asked('Collection', `${one}/cancel`, 'post', '/collections/C-1/cancel')
  await collect({ reference: 'C-1', amountFen: 5 })
  await collect({ reference: 'C-1', amountFen: 6 })
  await collect({ reference: 'C-2', amountFen: 7, paymentCode: practiceCode('password-never') })
  await asked('Collection', one, 'get', '/collections/C-2')
  await asked('Collection', `${one}/cancel`, 'post', '/collections/C-2/cancel')
  await collect({ reference: 'C-3', amountFen: 8, paymentCode: practiceCode('pays-at-once') })
  await ended('C-3')
  const refund = (body: object) => asked('Refund', `${one}/refunds`, 'post', '/collections/C-3/refunds', body)
  await refund({ refundReference: 'D', amountFen: 8, reason: '退' })
  await refund({ refundReference: 'D', amountFen: 8, reason: '退' })
  await refund({ refundReference: 'E', amountFen: 8, reason: '退' })
  await asked('Collection', one, 'get', '/collections/C-3')
  await asked('Collection', one, 'get', '/collections/C-4')
  await asked('Standing', `${one}/events`, 'get', '/collections/C-4/events')
  const stream = await send(url, { method: 'GET', path: '/collections/C-3/events', headers: { host, authorization } })
  const standings = [...stream.text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data) as unknown)
  assert.ok(standings.length >= 3)
  for (const standing of standings) assert.ok(schemaOf('Standing').safeParse(standing).success)
  assert.deepEqual([...seen].toSorted(), [
    '/collections 200',
    '/collections 201',
    '/collections default',
    '/collections/{reference} 200',
    '/collections/{reference} default',
    '/collections/{reference}/cancel 200',
    '/collections/{reference}/cancel default',
    '/collections/{reference}/events default',
    '/collections/{reference}/refunds 200',
    '/collections/{reference}/refunds 201',
    '/collections/{reference}/refunds default',
    '/health 200',
  ])
})
