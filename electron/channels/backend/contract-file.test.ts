import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseDocument } from 'yaml'
import * as codes from './codes.ts'
import { backendAnswerText, backendHeaders, backendPath, backendRequestText, backendSignature } from './sign.ts'

const docs = (name: string): string => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')
const contract = docs('backend-api.yaml')
const document = parseDocument(contract, { strict: true, uniqueKeys: true })
type Tree = { readonly [name: string]: Tree }
const tree = document.toJS() as Tree // checked piece by piece below
const schema = (name: string): unknown => (tree.components?.schemas?.[name] as { enum?: unknown } | undefined)?.enum

test('the contract is well-formed YAML, and every reference in it leads somewhere', () => {
  assert.deepEqual([...document.errors, ...document.warnings], [])
  assert.equal(String(tree.openapi), '3.1.0')
  const references = [...contract.matchAll(/\$ref: "#\/([^"]+)"/g)].map(([, path = '']) => path)
  assert.ok(references.length > 80)
  for (const path of new Set(references)) {
    const end = path.split('/').reduce<Tree | undefined>((at, name) => at?.[name], tree)
    assert.ok(end !== undefined, path)
  }
})

test('the contract’s calls, codes, states and reasons are those of the tables', () => {
  assert.deepEqual(Object.keys(tree.paths ?? {}), codes.backendCalls.map(backendPath))
  const lists = {
    Code: Object.keys(codes.backendCodes),
    PayState: codes.backendPayStates,
    QueryState: codes.backendQueryStates,
    RevokeState: codes.backendRevokeStates,
    RefundState: codes.backendRefundStates,
    RefundQueryState: codes.backendRefundQueryStates,
    BillState: codes.backendBillStates,
    FailureReason: codes.backendFailureReasons,
    RefundReason: codes.backendRefundReasons,
    PersonReason: codes.backendPersonReasons,
    WasPaid: codes.backendWasPaid,
    Effect: codes.backendEffects,
  }
  for (const [name, list] of Object.entries(lists)) assert.deepEqual(schema(name), [...list], name)
  const rows = [...contract.matchAll(/^ +\| `([a-z-]+)` \| (\d{3}) \| (yes|no) \|/gm)]
  assert.deepEqual(Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)])), codes.backendCodes)
  const unsigned = rows.filter(([, , , isSigned]) => isSigned === 'no').map(([, code]) => code)
  assert.deepEqual(unsigned, [...codes.unsignedBackendCodes])
  assert.match(contract, new RegExp(`up to ${codes.backendClockWindowMs / 1000} seconds`))
  assert.match(contract, new RegExp(`remembered for ${(2 * codes.backendClockWindowMs) / 1000} seconds`))
})

test('payment codes stand in the pay request and nowhere else', () => {
  const schemas = tree.components?.schemas ?? {}
  const holders = Object.keys(schemas).filter((name) => schemas[name]?.properties?.paymentCode !== undefined)
  assert.deepEqual(holders, ['PayRequest'])
})

/** The fenced blocks of the page, in their order. */
const blocks = [...docs('backend-how-to.md').matchAll(/```text\n([\s\S]*?)\n```/g)].map(([, text = '']) => text)

test('the figures of the worked signature are right', () => {
  const [keys = '', requestBody = '', requestText = '', requestSign = '', body = '', text = '', sign = ''] = blocks
  const keyId = /^key id: (.*)$/m.exec(keys)?.[1] ?? ''
  const key = /^key: (.*)$/m.exec(keys)?.[1] ?? ''
  const [, , timestamp = '', nonce = ''] = requestText.split('\n')
  const parts = { keyId, nonce, method: 'POST', path: '/v1/query' }
  assert.equal(backendRequestText({ ...parts, timestamp, body: requestBody }), requestText)
  assert.equal(backendSignature(requestText, key), requestSign)
  // Once more without our own code.
  assert.equal(createHmac('sha256', key).update(requestText).digest('hex'), requestSign)
  const answeredAt = text.split('\n')[2] ?? ''
  assert.equal(backendAnswerText({ ...parts, timestamp: answeredAt, status: 200, body }), text)
  assert.equal(backendSignature(text, key), sign)
  for (const header of Object.values(backendHeaders)) assert.ok(docs('backend-how-to.md').includes(header))
})
