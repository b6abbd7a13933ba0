import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wechatPolicy } from '../channels/wechat/policy.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { ChannelId, MaskedCode, PaymentCode, SaleId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { createAgenda } from './agenda.ts'
import { createFileStorage } from './file-storage.ts'
import { createGenerator } from './generator.ts'
import { createMachineTime } from './machine-time.ts'
import { simulate, usualOptions } from './store-day.ts'
import type { CommitFate } from './till-storage.ts'

/** A data folder with real files, and processes on it whose commits end as they are told. */
function folder(seed: number) {
  const agenda = createAgenda(Date.UTC(2026, 10, 23, 10))
  const machine = createMachineTime(agenda)
  const storage = createFileStorage({ generator: createGenerator(seed), isUnsynced: false })
  const bugs: string[] = []
  let next: CommitFate = { kind: 'done', afterMs: 1 }
  const open = () => {
    const process = machine.process()
    const opened = storage.open({
      fate: () => next,
      after: process.after,
      isAlive: process.isAlive,
      kill: () => {
        process.kill()
        storage.abandon()
      },
      onCommit: () => undefined,
      onBug: (message) => bugs.push(message),
      wallMs: machine.wallMs,
    })
    return { opened, process }
  }
  const create = async (ledger: Ledger, count: number, fate: CommitFate = { kind: 'done', afterMs: 1 }) => {
    next = fate
    // Never answered where the process dies first.
    void ledger.createOrder({
      saleId: `sale ${count}` as SaleId,
      storeId: 'S001',
      tillId: '01',
      channel: 'wechat' as ChannelId,
      wallet: 'wechat',
      amountFen: fen(100),
      maskedCode: '13************0001' as MaskedCode,
      paymentCode: `13${String(count).padStart(16, '0')}` as PaymentCode,
      policy: wechatPolicy,
      at: { wallMs: machine.wallMs(), monotonicMs: 0 },
    })
    await agenda.run(agenda.nowMs() + 10)
  }
  return { storage, open, create, bugs }
}

test('after a power cut all that was committed is there, and of the commit that was cut all or nothing', async () => {
  const { storage, open, create, bugs } = folder(7)
  try {
    let orders = 0
    const left = new Set<number>()
    for (let round = 0; round < 40; round += 1) {
      const { opened } = open()
      assert.ok(opened.ok, JSON.stringify(opened))
      await create(opened.value, round * 2)
      orders = storage.disk.orders.size
      const hash = storage.disk.entries.at(-1)?.hash
      const entries = storage.disk.entries.length
      await create(opened.value, round * 2 + 1, { kind: 'torn-page', afterMs: 1 })
      const again = open()
      assert.ok(again.opened.ok, JSON.stringify(again.opened))
      assert.equal(storage.disk.entries[entries - 1]?.hash, hash)
      const more = storage.disk.entries.length - entries
      assert.ok(more === 0 || more === 3, `${more} entries of a commit of three`)
      left.add(more)
      assert.deepEqual(storage.verify(), [])
      again.process.kill()
      storage.abandon()
    }
    assert.ok(orders >= 40)
    assert.deepEqual([...left].sort(), [0, 3], 'some cuts lose the commit and some do not')
    assert.deepEqual(bugs, [])
  } finally {
    storage.end()
  }
})

test('a second process on the same data folder is refused by the lock of the real ledger', () => {
  const { storage, open } = folder(1)
  try {
    assert.ok(open().opened.ok)
    const { opened } = open()
    assert.ok(!opened.ok && opened.problem.kind === 'in-use')
  } finally {
    storage.end()
  }
})

test('a store day over real files holds, and the same seed gives the same bytes (I14)', async () => {
  const options = { ...usualOptions, seed: 10, customersPerDay: 20, realLedger: 'all' } as const
  const [first, again] = [await simulate(options), await simulate(options)]
  assert.equal(again.digest, first.digest)
  assert.ok(first.orders > 20)
  assert.deepEqual(first.breaches, [])
})
