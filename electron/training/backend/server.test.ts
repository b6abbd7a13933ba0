import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { readBooks, readBreaches } from '../books-reading.ts'
import type { Story } from '../practice-code.ts'
import { type Clock, dataFolder, filesBelow, freshCode, send } from '../raw-client.fixture.ts'
import { startTrainingServers } from '../start-training-servers.ts'
import { backendServer } from './server.ts'

type Content = Readonly<Record<string, unknown>>
type Change = {
  readonly keyId?: string
  readonly key?: string
  readonly timestamp?: string
  readonly nonce?: string
  readonly body?: string
  readonly method?: string
  readonly path?: string
  readonly contentType?: string
}

let serial = 0

/** A till that signs by itself, so that a mistake in the channel's signing cannot hide here. */
async function openTill(context: TestContext) {
  const data = dataFolder(context)
  const clock: Clock = { wallMs: 1_772_326_815_000 }
  const started = await startTrainingServers({ dataDirectory: data, now: () => clock.wallMs }, [backendServer])
  context.after(() => started.close())
  const { origin, keys } = started.servers[0] ?? assert.fail('no server')
  const own = { keyId: keys['key-id.txt'] ?? '', key: keys['key.txt'] ?? '' }
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

  async function call(name: string, content: Content, change: Change = {}) {
    serial += 1
    const { keyId = own.keyId, key = own.key, timestamp = String(clock.wallMs), method = 'POST' } = change
    const { nonce = String(serial).padStart(32, 'n'), path = `/v1/${name}` } = change
    const body = change.body ?? JSON.stringify({ version: '1.0', ...content })
    const text = `scantill-v1-request\n${keyId}\n${timestamp}\n${nonce}\nPOST\n/v1/${name}\n${sha(body)}`
    const headers = {
      'content-type': change.contentType ?? 'application/json',
      'scantill-key-id': keyId,
      'scantill-timestamp': timestamp,
      'scantill-nonce': nonce,
      'scantill-signature': createHmac('sha256', key).update(text).digest('hex'),
    }
    const answer = await send({ url: `${origin}${path}`, method, headers, body, ca: started.certificateAuthority })
    if (answer === 'cut') return { status: 0, said: 'cut', json: {} as Content, isSigned: false }
    const of = (header: string) => answer.headers[`scantill-${header}`] ?? ''
    const answered = `scantill-v1-answer\n${own.keyId}\n${of('timestamp')}\n${nonce}\nPOST\n/v1/${name}\n${answer.status}\n${sha(answer.body)}`
    const isSigned = of('signature') === createHmac('sha256', own.key).update(answered).digest('hex')
    const json = (answer.body.startsWith('{') ? JSON.parse(answer.body) : {}) as Content // by the contract
    const said = [json['code'] === 'ok' ? undefined : json['code'], json['field'], json['state'], json['reason']]
    return { status: answer.status, said: said.filter((part) => part !== undefined).join(' '), json, isSigned }
  }

  const payContent = (orderNumber: string, story: Story, more: Content = {}): Content => ({
    orderNumber,
    amountFen: 1234,
    currency: 'CNY',
    paymentCode: freshCode('wechat', story),
    subject: '示例便利店',
    ...more,
  })
  const breaches = () => readBreaches(data).map(({ breach, subject }) => `${breach} ${subject}`)
  return { call, payContent, breaches, clock, data, started, own }
}

test('each breach at the door is refused in its order, noted, and signed where a key is certain', async (context) => {
  const till = await openTill(context)
  const query = { orderNumber: 'N1' }
  const far = String(till.clock.wallMs + 300_001)
  const rows: readonly (readonly [Change, number, string, boolean])[] = [
    [{ keyId: 'nobody', key: 'x', timestamp: far }, 401, 'unknown-key scantill-key-id', false],
    [{ key: 'x', timestamp: far }, 401, 'bad-signature scantill-signature', false],
    [{ nonce: 'short' }, 401, 'bad-signature scantill-signature', false],
    [{ timestamp: '1772326815' }, 401, 'bad-signature scantill-signature', false],
    [{ timestamp: far, body: 'no json' }, 401, 'clock-off scantill-timestamp', true],
    [{ timestamp: String(till.clock.wallMs - 300_001) }, 401, 'clock-off scantill-timestamp', true],
    [{ contentType: 'text/plain' }, 400, 'bad-request content-type', true],
    [{ body: 'no json' }, 400, 'bad-request body', true],
    [{ body: '\uFEFF{"version":"1.0","orderNumber":"N1"}' }, 400, 'bad-request body', true],
    [{ body: '{"version":"1.0","orderNumber":"N1","orderNumber":"N1"}' }, 400, 'bad-request body', true],
    [{ body: '{"orderNumber":"N1"}' }, 400, 'bad-request version', true],
    [{ body: '{"version":"1.1","orderNumber":"N1"}' }, 400, 'unsupported-version version', true],
  ]
  for (const [change, status, said, isSigned] of rows) {
    const answer = await till.call('query', query, change)
    assert.deepEqual([answer.status, answer.said, answer.isSigned], [status, said, isSigned])
  }
  assert.deepEqual(
    till.breaches(),
    rows.map(([, , said]) => said),
  )
  const off = await till.call('query', query, { timestamp: far })
  assert.equal(off.json['serverTimeMs'], till.clock.wallMs)
  const edge = await till.call('query', query, { timestamp: String(till.clock.wallMs + 300_000) })
  assert.equal(edge.said, 'not-found')
  assert.equal((await till.call('query', query, { path: '/v1/query?x=1' })).status, 404)
  assert.equal((await till.call('query', query, { method: 'PUT' })).status, 405)
})

test('a nonce counts once in ten minutes', async (context) => {
  const till = await openTill(context)
  const nonce = 'once0000000000000000'
  assert.equal((await till.call('query', { orderNumber: 'N1' }, { nonce })).said, 'not-found')
  const again = await till.call('query', { orderNumber: 'N1' }, { nonce })
  assert.deepEqual([again.status, again.said, again.isSigned], [409, 'nonce-used scantill-nonce', true])
  till.clock.wallMs += 600_001
  assert.equal((await till.call('query', { orderNumber: 'N1' }, { nonce })).said, 'not-found')
})

test('each breach of a member’s rule is refused and named, and reaches no book', async (context) => {
  const till = await openTill(context)
  const good = till.payContent('N1', 'pays-at-once')
  const changes: readonly (readonly [Content, string])[] = [
    [{ orderNumber: undefined }, 'orderNumber'],
    [{ orderNumber: 'N-1' }, 'orderNumber'],
    [{ orderNumber: 'N'.repeat(33) }, 'orderNumber'],
    [{ amountFen: 0 }, 'amountFen'],
    [{ amountFen: 12.5 }, 'amountFen'],
    [{ amountFen: '1234' }, 'amountFen'],
    [{ currency: 'USD' }, 'currency'],
    [{ paymentCode: '12' }, 'paymentCode'],
    [{ paymentCode: undefined }, 'paymentCode'],
    [{ subject: '' }, 'subject'],
    [{ subject: 'x'.repeat(129) }, 'subject'],
    [{ storeId: '一店' }, 'storeId'],
    [{ tillId: null }, 'tillId'],
    [{ more: 1 }, 'unlisted'],
  ]
  for (const [change, field] of changes) {
    const answer = await till.call('pay', { ...good, ...change })
    assert.deepEqual([answer.status, answer.said, answer.isSigned], [400, `bad-request ${field}`, true])
    assert.ok(!JSON.stringify(answer.json).includes(String(good['paymentCode'])))
  }
  const refund = { orderNumber: 'N1', refundNumber: 'N1R1', amountFen: 1 }
  assert.equal((await till.call('refund', { ...refund, refundNumber: '' })).said, 'bad-request refundNumber')
  assert.equal((await till.call('refund', { ...refund, amountFen: -1 })).said, 'bad-request amountFen')
  assert.equal((await till.call('bill', { date: '2026-02-30' })).said, 'bad-request date')
  assert.equal(till.breaches().length, changes.length + 3)
  assert.deepEqual(readBooks(till.data, till.clock.wallMs), [])
})

test('a payment code is in no file after its request', async (context) => {
  const till = await openTill(context)
  const pay = till.payContent('N1', 'pays-at-once')
  assert.equal((await till.call('pay', pay)).said, 'paid')
  const code = String(pay['paymentCode'])
  for (const bytes of filesBelow(till.data)) assert.ok(!bytes.includes(code))
})

test('an order number is one payment, a refund number one refund', async (context) => {
  const till = await openTill(context)
  const pay = till.payContent('N1', 'pays-at-once')
  assert.equal((await till.call('pay', pay)).said, 'paid')
  assert.equal((await till.call('pay', pay)).said, 'paid')
  for (const change of [{ amountFen: 1235 }, { subject: 'x' }, { paymentCode: freshCode('wechat', 'pays-at-once') }]) {
    const other = await till.call('pay', { ...pay, ...change })
    assert.deepEqual([other.status, other.said, other.isSigned], [409, 'order-number-reused', true])
  }
  const refund = { orderNumber: 'N1', refundNumber: 'N1R1', amountFen: 1000, reason: '退货' }
  assert.equal((await till.call('refund', refund)).said, 'accepted')
  assert.equal((await till.call('refund', refund)).said, 'accepted')
  assert.equal((await till.call('refund', { ...refund, amountFen: 1 })).said, 'refund-number-reused')
  const rest = { ...refund, refundNumber: 'N1R2' }
  assert.equal((await till.call('refund', rest)).said, 'refused not-enough-left')
  assert.equal((await till.call('revoke', { orderNumber: 'N1' })).said, 'not-revocable')
  assert.equal((await till.call('refund-query', refund)).said, 'bad-request unlisted')
  const asked = { orderNumber: 'N1', refundNumber: 'N1R1' }
  assert.equal((await till.call('refund-query', asked)).said, 'processing')
  till.clock.wallMs += 1_000
  const done = await till.call('refund-query', asked)
  assert.deepEqual([done.said, done.json['amountFen']], ['done', 1000])
  assert.equal((await till.call('query', { orderNumber: 'N1' })).said, 'paid')
  const [book] = readBooks(till.data, till.clock.wallMs)
  assert.deepEqual([book?.chargedFen, book?.refundedFen], [1234, 1000])
})

test('a refund’s own trouble is told in the contract’s words', async (context) => {
  const till = await openTill(context)
  await till.call('pay', till.payContent('N1', 'pays-at-once'))
  const refund = (trigger: string) =>
    till.call('refund', {
      orderNumber: 'N1',
      refundNumber: `N1${trigger.replace('-', '')}`,
      amountFen: 1,
      reason: `practice: ${trigger}`,
    })
  assert.equal((await refund('balance-low')).said, 'person-needed merchant-balance-low')
  assert.equal((await refund('system-error')).said, 'unknown')
  assert.equal((await refund('answer-lost')).said, 'cut')
  assert.equal((await refund('abnormal')).said, 'accepted')
  till.clock.wallMs += 1_000
  assert.equal((await till.call('refund-query', { orderNumber: 'N1', refundNumber: 'N1abnormal' })).said, 'abnormal')
  till.clock.wallMs += 91 * 86_400_000
  assert.equal((await refund('slow')).said, 'refused window-over')
})

test('faults spoil the answer alone', async (context) => {
  const till = await openTill(context)
  const pay = till.payContent('N1', 'pays-at-once')
  till.started.setFaults(() => 'wrong-signature')
  assert.equal((await till.call('pay', pay)).isSigned, false)
  till.started.setFaults(() => 'other-order')
  const other = await till.call('query', { orderNumber: 'N1' })
  assert.deepEqual([other.json['orderNumber'], other.isSigned], ['N10', true])
  till.started.setFaults(() => 'other-amount')
  const amount = await till.call('query', { orderNumber: 'N1' })
  assert.deepEqual([amount.json['amountFen'], amount.isSigned], [1235, true])
  till.started.setFaults(() => 'none')
  assert.equal((await till.call('query', { orderNumber: 'N1' })).said, 'paid')
})
