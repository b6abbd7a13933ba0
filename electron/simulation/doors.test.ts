import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderNumber, PaymentCode } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { createAgenda } from './agenda.ts'
import { createAlipayDoor } from './alipay-door.ts'
import { createPhones, type Intent } from './customers.ts'
import type { Door, Spoiling } from './door.ts'
import { createFaults, faultKinds } from './faults.ts'
import { createGenerator } from './generator.ts'
import { createWallet } from './wallet.ts'
import { createWechatDoor } from './wechat-door.ts'

const doors: readonly Door[] = [createWechatDoor(), createAlipayDoor()]

/** A wallet without faults, and the till's side of its wire. */
function counter(door: Door, intent: Intent) {
  const agenda = createAgenda(Date.UTC(2026, 10, 23, 10))
  const phones = createPhones(createGenerator(1))
  const faults = createFaults(0, new Set(faultKinds))
  const wallet = createWallet(door.name, agenda, phones, faults, createGenerator(2), {
    doubtfulFailuresShowAtOnce: true,
    latestAfterTimeoutMs: 0,
  })
  const shown = phones.show(door.name, intent, 'sale', agenda.nowMs())
  const order = {
    orderNumber: 'S0010120261123SIM1000001' as OrderNumber,
    amountFen: fen(1_234),
    payStartedWallMs: agenda.nowMs(),
  }
  const context = () => ({ wallMs: agenda.nowMs(), nonce: '0'.repeat(32) })
  const { channel } = door
  const send = (request: Parameters<Door['read']>[0], spoiling: Spoiling) =>
    door.answer(door.read(request), wallet, spoiling)
  return {
    agenda,
    wallet,
    pay: (spoiling: Spoiling = null) => {
      const request = {
        ...order,
        paymentCode: shown.code as PaymentCode, // the phone's code as a scan would read it
        subject: 'shop',
        store: { id: 'S001', name: 'shop' },
        till: { id: '01' },
        callerAddress: '192.0.2.1',
      }
      return channel.pay.decode(order, send(channel.pay.encode(request, context()), spoiling))
    },
    query: (spoiling: Spoiling = null) =>
      channel.query.decode(order, send(channel.query.encode(order, context()), spoiling)),
    revoke: () => channel.revoke.decode(order, send(channel.revoke.encode(order, context()), null)),
  }
}

for (const door of doors) {
  test(`${door.name}: the till's real decoder reads what the simulated wallet signs`, async () => {
    const at = counter(door, { kind: 'types', forMs: 5_000 })
    assert.equal(at.query().kind, 'not-found')
    assert.equal(at.pay().kind, 'awaiting-payer')
    assert.equal(at.query().kind, 'awaiting-payer')
    await at.agenda.run(at.agenda.nowMs() + 6_000)
    assert.equal(at.query().kind, 'paid')
    assert.equal(at.revoke().kind, 'accepted')
    const after = at.query()
    assert.ok(after.kind === 'closed' && after.wasPaid === 'yes')
    const [book] = at.wallet.books.values()
    assert.deepEqual([book?.chargedFen, book?.refundedFen], [1_234, 1_234])
  })

  test(`${door.name}: a code is taken once, for a minute, and not beyond its balance`, async () => {
    assert.equal(counter(door, { kind: 'at-once' }).pay().kind, 'paid')
    assert.equal(counter(door, { kind: 'balance-low' }).pay().kind, 'failed')
    const late = counter(door, { kind: 'at-once' })
    await late.agenda.run(late.agenda.nowMs() + 61_000)
    assert.equal(late.pay().kind, 'failed')
  })

  test(`${door.name}: a forged or mixed-up "paid" reaches the decoder and is not believed`, () => {
    for (const spoiling of ['bad-signature', 'wrong-merchant', 'other-order', 'wrong-amount'] as const) {
      const at = counter(door, { kind: 'never' })
      assert.equal(at.pay().kind, 'awaiting-payer')
      assert.equal(at.query(spoiling).kind, 'unknown', spoiling)
    }
    const strange = counter(door, { kind: 'never' })
    strange.pay()
    assert.equal(strange.query('unlisted-state').kind, 'unknown')
  })
}
