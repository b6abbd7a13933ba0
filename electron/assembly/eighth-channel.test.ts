import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { OrderView } from '../api/contract.ts'
import { channelsPage } from '../channels/page.ts'
import { channelDefinitions } from '../channels/registry.ts'
import type { OrderNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { makePracticeCode } from '../training/practice-code.ts'
import { assembleTill, settingsAt } from './assemble.ts'
import { type EighthAnswer, eighthDefinition, eighthProof } from './eighth-channel.fixture.ts'
import { noGuns } from './no-guns.fixture.ts'
import { orderView } from './order-view.ts'
import { createAnnouncer, createTillService } from './service.ts'
import { systemClock } from './system-time.ts'

// A channel is a folder and a line in the registry. Here is one that nobody knows; the line is given as a parameter.

const definitions = [...channelDefinitions, eighthDefinition]
const secret = randomBytes(16).toString('hex')

/** A data folder with the channel in its configuration; the secret is in the environment. */
function placeOf(context: TestContext, channel: object = {}) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'eighth-'))
  context.after(() => rmSync(dataDirectory, { recursive: true, force: true }))
  const configured = {
    id: 'mine',
    kind: 'eighth',
    baseUrl: 'http://127.0.0.1:9',
    secret: { env: 'EIGHTH' },
    ...channel,
  }
  writeFileSync(join(dataDirectory, 'config.json'), JSON.stringify({ channels: [configured], scanners: [] }))
  return { dataDirectory, configFile: null, environment: { EIGHTH: secret } }
}

/** Its system: everything up to 10 yuan is paid at once, the rest waits until it is revoked. */
async function startSystem(context: TestContext): Promise<{ readonly baseUrl: string; readonly calls: string[] }> {
  const calls: string[] = []
  const ended = new Set<string>()
  const system = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      assert.equal(request.headers['x-proof'], eighthProof(secret, text))
      const { orderNumber, amountFen } = JSON.parse(text) as EighthAnswer // the fixture encoded it
      const call = (request.url ?? '').slice(1)
      calls.push(call)
      if (call === 'revoke') ended.add(orderNumber)
      const state = ended.has(orderNumber) ? 'ended' : amountFen <= 1_000 ? 'paid' : 'waiting'
      const body = JSON.stringify({ orderNumber, amountFen, state } satisfies EighthAnswer)
      response.writeHead(200, { 'x-proof': eighthProof(secret, body) }).end(body)
    })
  })
  await new Promise<void>((resolve) => {
    system.listen(0, '127.0.0.1', () => resolve())
  })
  context.after(() => {
    system.close()
    system.closeAllConnections()
  })
  const { port } = system.address() as AddressInfo // a TCP server that listens has one
  return { baseUrl: `http://127.0.0.1:${port}`, calls }
}

test('the schema and the settings are made of its definition, and complain by its fields', async (context) => {
  const complaints = async (channel: object) => {
    const reading = await settingsAt({ ...placeOf(context, channel), definitions })
    return reading.ok ? [] : reading.problems.map(({ field, message }) => `${field}: ${message}`)
  }
  assert.deepEqual(await complaints({}), [])
  assert.match(String(await complaints({ baseURL: '' })), /^channels\[0\]\.baseURL: "baseURL" is not a field here$/)
  assert.match(String(await complaints({ secret: 'as text' })), /^channels\[0\]\.secret: .*never stand here as text/)
  const short = placeOf(context)
  const refused = await settingsAt({ ...short, environment: { EIGHTH: 'short' }, definitions })
  assert.deepEqual(refused.ok ? [] : refused.problems.map(({ field, message }) => [field, message]), [
    ['channels[0].secret', 'is too short'],
  ])
  const unknown = await settingsAt(placeOf(context))
  assert.match(
    JSON.stringify(unknown),
    /expected a \\"kind\\" that this till has: wechat, /,
    'the registry has no such kind',
  )
})

test('the page prints it beside the others', () => {
  const page = channelsPage(definitions)
  assert.ok(
    page.includes(
      '| `eighth` | unionpay | reversal (冲正) | 100 ms | 1 days old | a query | none | – | – | none | yes |',
    ),
  )
  assert.ok(page.includes('### `eighth`'))
  assert.ok(page.includes('| windowMs | 800 | eighth.md §1: 800 ms |'))
  assert.ok(!channelsPage().includes('eighth'))
})

test('a whole till routes to it, takes a payment, takes one back, and knows its words and its limit', async (context) => {
  const { baseUrl, calls } = await startSystem(context)
  const announcer = createAnnouncer()
  const assembly = await assembleTill(
    { ...placeOf(context, { baseUrl }), definitions },
    {
      onChange: (order) => announcer.tell('order.changed', orderView(order, systemClock.now())),
      onReadiness: () => undefined,
    },
  )
  assert.ok(assembly.ok, JSON.stringify(assembly))
  const service = createTillService(assembly.till, 'browser', announcer, noGuns)
  context.after(() => service.close())
  const snapshot = await service.call('till.snapshot', null)
  assert.deepEqual(
    [snapshot.mode, snapshot.wallets, snapshot.channelRevokes],
    ['live', ['unionpay'], { mine: 'reversal' }],
  )

  const scan = async (amountText: string, serial: number) => {
    const code = makePracticeCode('unionpay', 'pays-at-once', String(serial).padStart(10, '0'))
    const ended = new Promise<OrderView>((resolve) => {
      service.on('order.changed', (order) => {
        if (['paid', 'failed', 'revoked', 'attention'].includes(order.status) && order.inFlight === 'none')
          resolve(order)
      })
    })
    const started = await service.call('sale.scan', { amountText, scan: code, saleId: null, anotherCustomer: false })
    return { started, ended }
  }
  const paid = await (await scan('8.00', 1)).ended
  assert.deepEqual([paid.status, paid.channel, paid.amountFen], ['paid', 'mine', 800])
  assert.deepEqual(
    calls.filter((call) => call === 'pay'),
    ['pay'],
  )
  const wish = {
    orderNumber: paid.orderNumber as OrderNumber,
    amountFen: fen(100),
    reason: 'returned',
    by: 'cashier',
  } as const
  assert.deepEqual(await assembly.till.runner.refund(wish), {
    kind: 'refused',
    problem: 'channel-has-no-refund',
    leftFen: 800,
  })
  assert.ok(!calls.includes('refund'), 'a channel without a refund is never asked for one')
  const revoked = await (await scan('18.00', 2)).ended
  assert.deepEqual([revoked.status, revoked.revokeEffect], ['revoked', 'closed'])
  assert.deepEqual(calls.slice(-2), ['revoke', 'query'], 'believed after a query')
  assert.equal((await scan('50.01', 3)).started.kind, 'amount-refused', 'above its own limit')
})
