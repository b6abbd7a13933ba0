import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderNumber, PaymentCode } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { createAgenda } from './agenda.ts'
import { createPhones, type Intent } from './customers.ts'
import type { Door, Spoiling } from './door.ts'
import { createFaults, faultKinds } from './faults.ts'
import { createGenerator } from './generator.ts'
import { openSimulatedChannel } from './simulated-channel.ts'
import { directChannels, type StoreChannel } from './store-channels.ts'

const channels: readonly StoreChannel[] = [
  ...directChannels,
  { channel: 'wechat-v3', codes: 'wechat' },
  { channel: 'unionpay', codes: 'unionpay' },
  ...(['qra', 'icbc', 'backend', 'jeepay'] as const).flatMap((channel) =>
    (['wechat', 'alipay'] as const).map((codes) => ({ channel, codes })),
  ),
]

/** A channel without faults, and the till's side of its wire. */
function counter(one: StoreChannel, intent: Intent) {
  const agenda = createAgenda(Date.UTC(2026, 10, 23, 10))
  const phones = createPhones(createGenerator(1))
  const faults = createFaults(0, new Set(faultKinds))
  const breaches: string[] = []
  const { door, wallet } = openSimulatedChannel(one, {
    agenda,
    phones,
    faults,
    generator: createGenerator(2),
    world: { doubtfulFailuresShowAtOnce: true, latestAfterTimeoutMs: 0 },
    tell: (_orderNumber, message) => breaches.push(message),
  })
  const shown = phones.show(one.codes, intent, 'sale', agenda.nowMs())
  const order = {
    orderNumber: 'S0010120261123SIM1000001' as OrderNumber,
    amountFen: fen(1_234),
    payStartedWallMs: agenda.nowMs(),
  }
  let nonces = 0
  const context = () => {
    nonces += 1
    return { wallMs: agenda.nowMs(), nonce: String(nonces).padStart(32, '0') }
  }
  const { channel } = door
  const send = (request: Parameters<Door['read']>[0], spoiling: Spoiling) =>
    door.answer(door.read(request), wallet, spoiling)
  return {
    agenda,
    wallet,
    breaches,
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

for (const one of channels) {
  const name = `${one.channel} (${one.codes})`
  const isDirect = directChannels.includes(one)
  const hasRevoke = one.channel !== 'jeepay'

  test(`${name}: the till's real decoder reads what the simulated wallet signs`, async () => {
    const at = counter(one, { kind: 'types', forMs: 5_000 })
    assert.ok(['not-found', 'unknown'].includes(at.query().kind))
    assert.ok(['awaiting-payer', 'unknown'].includes(at.pay().kind))
    assert.ok(['awaiting-payer', 'unknown'].includes(at.query().kind))
    await at.agenda.run(at.agenda.nowMs() + 6_000)
    assert.equal(at.query().kind, 'paid')
    const [book] = at.wallet.books.values()
    if (hasRevoke) {
      assert.equal(at.revoke().kind, 'accepted')
      const after = at.query()
      assert.ok(after.kind === 'closed' && after.wasPaid !== 'no')
    }
    assert.deepEqual([book?.chargedFen, book?.refundedFen], [1_234, hasRevoke ? 1_234 : 0])
    assert.deepEqual(at.breaches, [])
  })

  test(`${name}: a code is taken once, for a minute, and not beyond its balance`, async () => {
    // Some channels say "accepted" of a payment that was made, and "ask" of one that was refused; none may call it paid.
    const isRefused = (kind: string): boolean => (isDirect ? kind === 'failed' : kind !== 'paid')
    const taken = counter(one, { kind: 'at-once' })
    const { kind } = taken.pay()
    assert.ok(kind === 'paid' || (!isDirect && kind !== 'failed'), kind)
    assert.equal(taken.query().kind, 'paid')
    const poor = counter(one, { kind: 'balance-low' })
    assert.ok(isRefused(poor.pay().kind))
    assert.equal(poor.wallet.books.size, 0)
    const late = counter(one, { kind: 'at-once' })
    await late.agenda.run(late.agenda.nowMs() + 61_000)
    assert.ok(isRefused(late.pay().kind))
    assert.equal(late.wallet.books.size, 0)
    assert.deepEqual(late.breaches, [])
  })

  test(`${name}: a forged or mixed-up "paid" reaches the decoder and is not believed`, () => {
    for (const spoiling of ['bad-signature', 'wrong-merchant', 'other-order', 'wrong-amount'] as const) {
      const at = counter(one, { kind: 'never' })
      assert.notEqual(at.pay().kind, 'paid')
      const { kind } = at.query(spoiling)
      assert.ok(kind === 'unknown' || (!isDirect && kind === 'awaiting-payer'), `${spoiling} ${kind}`)
    }
    const paid = counter(one, { kind: 'at-once' })
    paid.pay()
    for (const spoiling of ['bad-signature', 'other-order', 'wrong-amount'] as const) {
      assert.equal(paid.query(spoiling).kind, 'unknown', spoiling)
    }
    assert.equal(paid.query().kind, 'paid')
    const strange = counter(one, { kind: 'never' })
    strange.pay()
    if (isDirect) assert.equal(strange.query('unlisted-state').kind, 'unknown')
  })
}
