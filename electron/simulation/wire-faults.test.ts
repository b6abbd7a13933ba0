import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChannelId, OrderNumber, PaymentCode, RefundNumber, TransactionId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { serverManners, serverNames } from '../training/server-name.ts'
import type { ChooseWireFault, OrderTruth, RefundTruth, WireFault } from '../training/wire-fault.ts'
import { createAgenda } from './agenda.ts'
import { createPhones, type Intent } from './customers.ts'
import type { Door } from './door.ts'
import { createFaults, faultKinds } from './faults.ts'
import { createGenerator } from './generator.ts'
import { openSimulatedChannel, wireFaultTables } from './simulated-channel.ts'
import type { StoreChannel } from './store-channels.ts'
import { joinedTellings, neverTold } from './wire-faults.ts'

const channels: readonly StoreChannel[] = serverNames.map((channel) => ({
  channel,
  codes: serverManners[channel].wallets[0],
}))

/** What an answer may be taken for, whatever the wire says, by how the order stands. */
const mayMean = {
  none: ['failed', 'failed-unless-query-differs', 'unknown', 'awaiting-payer', 'not-found'],
  open: ['failed-unless-query-differs', 'unknown', 'awaiting-payer', 'unpaid', 'revoke-needed', 'not-found'],
  paid: ['paid', 'failed-unless-query-differs', 'unknown', 'awaiting-payer', 'unpaid', 'revoke-needed', 'not-found'],
  closed: ['closed', 'unknown', 'not-found'],
  // The loop believes no "paid" once a revoke may have arrived.
  refunded: ['closed', 'unknown', 'paid', 'not-found'],
} as const satisfies Readonly<Record<OrderTruth, readonly string[]>>

const refundMayMean = {
  none: ['unknown', 'not-found', 'unproven'],
  processing: ['accepted', 'unproven', 'unknown', 'processing', 'person-needed', 'abnormal', 'not-found'],
  done: ['done', 'accepted', 'unproven', 'unknown', 'processing', 'person-needed', 'abnormal', 'not-found'],
  ended: ['closed', 'abnormal', 'unknown'],
} as const satisfies Readonly<Record<RefundTruth, readonly string[]>>

const intentOf = (truth: OrderTruth): Intent => {
  if (truth === 'none') return { kind: 'balance-low' }
  return truth === 'paid' || truth === 'refunded' ? { kind: 'at-once' } : { kind: 'never' }
}

/** A counter at which one request of an order is answered with one fault of the channel's table. */
function counter(one: StoreChannel, intent: Intent) {
  const agenda = createAgenda(Date.UTC(2026, 10, 23, 10))
  const phones = createPhones(createGenerator(1))
  const { door, wallet } = openSimulatedChannel(one, {
    agenda,
    phones,
    faults: createFaults(0, new Set(faultKinds)),
    generator: createGenerator(2),
    world: { doubtfulFailuresShowAtOnce: true, latestAfterTimeoutMs: 0 },
    tell: (_orderNumber, message) => assert.fail(message),
  })
  const shown = phones.show(one.codes, intent, 'sale', agenda.nowMs())
  const order = {
    orderNumber: 'S0010120261123SIM1000001' as OrderNumber,
    amountFen: fen(1_234),
    payStartedWallMs: agenda.nowMs(),
  }
  const refund = {
    ...order,
    channel: one.channel as string as ChannelId,
    refundNumber: `${order.orderNumber}R01` as RefundNumber,
    amountFen: fen(1_234),
    orderAmountFen: fen(1_234),
    transactionId: null as TransactionId | null,
    reason: 'goods returned',
    refundStartedWallMs: agenda.nowMs(),
  }
  let nonces = 0
  const context = () => {
    nonces += 1
    return { wallMs: agenda.nowMs(), nonce: String(nonces).padStart(32, '0') }
  }
  const { channel } = door
  let choose: ChooseWireFault | undefined
  const send = (request: Parameters<Door['read']>[0]) => door.answer(door.read(request), wallet, null, choose)
  const calls = {
    pay: () => {
      const request = {
        ...order,
        paymentCode: shown.code as PaymentCode, // the phone's code as a scan would read it
        subject: 'shop',
        store: { id: 'S001', name: 'shop' },
        till: { id: '01' },
        callerAddress: '192.0.2.1',
      }
      return channel.pay.decode(order, send(channel.pay.encode(request, context())))
    },
    query: () => {
      const outcome = channel.query.decode(order, send(channel.query.encode(order, context())))
      if (outcome.kind === 'paid') refund.transactionId = outcome.transactionId
      return outcome
    },
    revoke: () => channel.revoke.decode(order, send(channel.revoke.encode(order, context()))),
    refund: () => channel.refund.decode(refund, send(channel.refund.encode(refund, context()))),
    'refund-query': () => channel.queryRefund.decode(refund, send(channel.queryRefund.encode(refund, context()))),
  }
  return {
    agenda,
    wallet,
    calls,
    /** Makes a call whose answer is the fault's; false where the server had no occasion for it. */
    tell(fault: WireFault): { readonly kind: string; readonly wasTold: boolean } {
      let wasTold = false
      choose = (table, saidBy) => {
        const found = saidBy === fault.saidBy ? table.find(({ name }) => name === fault.name) : undefined
        wasTold ||= found !== undefined
        return found
      }
      const { kind } = calls[fault.call]()
      choose = undefined
      return { kind, wasTold }
    },
  }
}

for (const one of channels) {
  test(`${one.channel}: none of its own answers is taken for more than is true`, async () => {
    const table = wireFaultTables.get(one.channel) ?? []
    assert.ok(table.length > 30)
    for (const fault of table) {
      // One standing each, the first: a row that is for payments only has no other.
      switch (fault.call) {
        case 'refund':
        case 'refund-query':
          if (fault.truths[0]) await refundIsNotBelieved(one, fault, fault.truths[0])
          break
        case 'pay':
        case 'query':
        case 'revoke':
          if (fault.truths[0]) orderIsNotBelieved(one, fault, fault.truths[0])
      }
    }
  })

  test(`${one.channel}: its table has each name once, and every row has a source and can be told`, () => {
    const table = wireFaultTables.get(one.channel) ?? []
    assert.deepEqual(new Set(table.map(({ name }) => name)).size, table.length)
    for (const { name, source, truths, weight, lastsAs } of table) {
      assert.ok(source !== '' && truths.length > 0, name)
      assert.ok(weight > 0 || table.some((other) => other.lastsAs === name), name)
      assert.ok(lastsAs === undefined || table.some((other) => other.name === lastsAs), name)
    }
  })
}

function orderIsNotBelieved(one: StoreChannel, fault: WireFault, truth: OrderTruth): void {
  const at = counter(one, intentOf(truth))
  const isEnded = truth === 'closed' || truth === 'refunded'
  if (fault.call !== 'pay') at.calls.pay()
  // The wallet revokes before its answer is spoilt; for a query it must have done so before.
  const { canRevoke } = at.wallet.manners
  if (isEnded && fault.call === 'query' && canRevoke) at.calls.revoke()
  const { kind, wasTold } = at.tell(fault)
  const what = `${one.channel}: ${fault.name}, ${truth}: ${kind}`
  assert.ok(wasTold, what)
  if (fault.call === 'revoke') {
    // Whatever the answer meant, the query behind it tells what became of the order.
    assert.equal(at.calls.query().kind === 'closed', isEnded, what)
    return
  }
  // Without a revoke nothing was ended here.
  const allowed: readonly string[] = isEnded && !canRevoke ? mayMean.open : mayMean[truth]
  // At the door nothing came to be, and a query may find that out.
  const isRefusal = fault.saidBy === 'door' && fault.call === 'pay' && kind.startsWith('failed')
  assert.ok(isRefusal || allowed.includes(kind), what)
  if (kind === 'failed-unless-query-differs' && truth !== 'none') assert.ok(fault.isDoubtedFailure, what)
}

async function refundIsNotBelieved(one: StoreChannel, fault: WireFault, truth: RefundTruth): Promise<void> {
  const at = counter(one, { kind: 'at-once' })
  at.calls.pay()
  assert.equal(at.calls.query().kind, 'paid')
  if (fault.call === 'refund-query') at.calls.refund()
  if (truth === 'done') await at.agenda.run(at.agenda.nowMs() + 3_600_000)
  const { kind, wasTold } = at.tell(fault)
  const what = `${one.channel}: ${fault.name}, ${truth}: ${kind}`
  assert.ok(wasTold, what)
  // A wallet that refunds at once has none under way, and a refund that is sent here does not fail.
  const isPossible = truth !== 'ended' && !(at.wallet.manners.refundsAtOnce && truth === 'processing')
  const allowed: readonly string[] = refundMayMean[isPossible ? truth : 'done']
  assert.ok(allowed.includes(kind), what)
}

test('a fault that was never told is found once its time has come, and not where its kind is off', () => {
  const [fault] = wireFaultTables.get('unionpay') ?? []
  assert.ok(fault)
  const telling = (told: number, expected: number) => ({ [fault.name]: { told, expected } })
  assert.deepEqual(neverTold([fault], telling(0, 11), 100, new Set()), [])
  assert.deepEqual(neverTold([fault], telling(0, 13), 100, new Set()), [fault.name])
  assert.deepEqual(neverTold([fault], telling(1, 13), 100, new Set()), [])
  assert.deepEqual(neverTold([fault], {}, 4_000, new Set()), [fault.name])
  assert.deepEqual(neverTold([fault], {}, 4_000, new Set(['own-pay-answer'])), [])
  const joined = joinedTellings({ unionpay: telling(1, 2) }, { unionpay: telling(3, 4), qra: {} })
  assert.deepEqual(joined, { unionpay: telling(4, 6), qra: {} })
})
