import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { startFakePrinter } from '../../native/printer/fake-printer.fixture.ts'
import { genericProfile } from '../../native/printer/printer-profile.ts'
import { wechatPolicy } from '../channels/wechat/policy.ts'
import type { Settings } from '../settings/settings.ts'
import type { ChannelId, OrderNumber, TransactionId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { caseFacts } from '../till/order/case.ts'
import type { OrderCreated } from '../till/order/event.ts'
import type { Order } from '../till/order/order.ts'
import { createOrder } from '../till/order/step.ts'
import type { Refund } from '../till/refund/refund.ts'
import type { DocumentFacts } from './print-documents.ts'
import { drawingProfile, openPrintingEquipment } from './printing-equipment.ts'

const startWallMs = Date.UTC(2026, 10, 23, 4)
const at = (ageMs: number) => ({ wallMs: startWallMs + ageMs, monotonicMs: 1_000_000 + ageMs })
const printedWallMs = at(60_000).wallMs

const order: Order = createOrder({
  type: 'created',
  at: at(0),
  orderNumber: 'S0010120261123K7QX000042' as OrderNumber,
  saleId: 'sale-1' as OrderCreated['saleId'],
  channel: 'wechat' as ChannelId,
  wallet: 'wechat',
  amountFen: fen(1234),
  maskedCode: '13************3456' as OrderCreated['maskedCode'],
  policy: wechatPolicy,
})
const transactionId = '4200000000202611230000000001' as TransactionId
const paid: Order = { ...order, status: 'paid', transactionId }
const revoked: Order = { ...order, status: 'revoked', revokeEffect: 'closed' }
const attention: Order = { ...order, status: 'attention' }
const refund = {
  refundNumber: `${order.orderNumber}R01`,
  orderNumber: order.orderNumber,
  status: 'done',
  amountFen: fen(100),
  orderAmountFen: fen(1234),
  wallet: 'wechat',
  transactionId,
  statusSinceWallMs: printedWallMs,
  reason: 'returned',
} as unknown as Refund // what its receipt tells

async function openCounter(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'equipment-'))
  const fake = await startFakePrinter()
  const address = { kind: 'tcp', host: fake.host, port: fake.port } as const
  const printer = { name: 'counter', address, profile: 'generic-58', transport: genericProfile }
  const settings = {
    mode: 'training',
    store: { id: 'S001', name: '示例便利店' },
    till: { id: '01' },
    language: 'zh-CN',
    printers: [{ ...printer, paperMm: null, encoding: null, fallback: null, silenceMeansPrinted: true }],
  } as unknown as Settings // what printing looks at
  const { printers, render } = await openPrintingEquipment(settings, folder)
  const counter = printers[0] ?? assert.fail('no printer')
  context.after(async () => {
    await counter.device.close()
    await fake.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { fake, counter, render }
}

test('each document goes to the configured printer with what the ledger knows, and a copy says so', async (context) => {
  const { fake, counter, render } = await openCounter(context)
  assert.deepEqual([counter.name, counter.fallback, counter.silenceIsEnough], ['counter', null, true])
  const documents: readonly (readonly [facts: DocumentFacts, copy: number, says: RegExp])[] = [
    [{ kind: 'sale', order: paid }, 1, /12\.34/],
    [{ kind: 'sale', order: paid }, 2, /补打/],
    [{ kind: 'revocation', order: revoked }, 1, new RegExp(order.orderNumber)],
    [{ kind: 'refund', order: paid, refund }, 1, new RegExp(refund.refundNumber)],
    [{ kind: 'case-slip', order: attention, facts: caseFacts(attention, [], at(60_000)) }, 1, /请先不要再付/],
    [{ kind: 'test-page' }, 1, /generic-58/],
  ]
  const { signal } = new AbortController()
  for (const [facts, copy, says] of documents) {
    const before = fake.text().length
    const bytes = await render({ facts, copy, printedWallMs, printer: 'counter' })
    assert.ok(bytes !== null)
    assert.equal((await counter.device.print(bytes, signal)).kind, 'printed')
    const printed = fake.text().slice(before).replaceAll('\n', '')
    assert.match(printed, says)
    assert.equal(/补打/.test(printed), copy > 1)
  }
})

test('what has no document yet, or nothing to tell, makes none', async (context) => {
  const { render } = await openCounter(context)
  const untold = { ...revoked, revokeEffect: null }
  assert.equal(
    await render({ facts: { kind: 'revocation', order: untold }, copy: 1, printedWallMs, printer: 'x' }),
    null,
  )
  assert.equal(
    await render({ facts: { kind: 'shift-report', shiftId: 'x' }, copy: 1, printedWallMs, printer: 'x' }),
    null,
  )
})

test('paper and encoding of the configuration overrule the model’s', () => {
  const name = (profile: string, paperMm: 58 | 80 | null, encoding: 'gb18030' | 'gbk' | null) =>
    drawingProfile({ profile, paperMm, encoding }).name
  assert.equal(name('epson-tm-t20', null, null), 'epson-tm-t20')
  assert.equal(name('epson-tm-t20', 80, 'gb18030'), 'epson-tm-t20')
  assert.equal(name('epson-tm-t20', 58, null), 'generic-58')
  assert.equal(name('generic-80', null, 'gbk'), 'generic-80-gbk')
  assert.equal(name('of-another-shop', 58, null), 'generic-58')
  assert.equal(name('of-another-shop', null, null), 'generic-80')
})
