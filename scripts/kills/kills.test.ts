import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, test } from 'node:test'
import { crashPoints } from '../../electron/crash-points/crash-points.ts'
import { makePracticeCode } from '../../electron/training/practice-code.ts'
import { judge } from './judge.ts'
import { openKillLab } from './kill-lab.ts'
import { killName, longPlan, shortPlan } from './plan.ts'
import { runTill } from './till-run.ts'

const lab = await openKillLab()
after(() => lab.close())

test('the short plan kills at every named point, the long one 160 times or more, also twice and again', () => {
  assert.deepEqual(
    shortPlan.map(({ point }) => point),
    crashPoints.map(({ name }) => name),
  )
  assert.ok(longPlan.length >= 160)
  assert.equal(new Set(longPlan.map(killName)).size, longPlan.length)
  for (const { name } of crashPoints) assert.ok(longPlan.some(({ point }) => point === name))
  for (const occurrence of [2, 3]) assert.ok(longPlan.some((kill) => kill.occurrence === occurrence))
  assert.ok(longPlan.some(({ againAt }) => againAt !== null))
})

describe('a real till that is killed at a named point ends its order once, as the wallet’s books say', {
  concurrency: 2,
}, () => {
  for (const kill of shortPlan) {
    test(killName(kill), async () => {
      assert.deepEqual((await lab.run(kill)).disagreements, [])
    })
  }
})

test('a kill at a point that is never reached is a disagreement', async () => {
  const never = {
    point: 'revoke.written',
    occurrence: 1,
    wallet: 'wechat',
    story: 'pays-at-once',
    againAt: null,
  } as const
  const { end, disagreements } = await lab.run(never)
  assert.equal(end, 'paid')
  assert.match(disagreements.join('\n'), /pay never came to revoke\.written:1/)
})

describe('the judge', () => {
  const folder = mkdtempSync(join(tmpdir(), 'till-judge-'))
  after(() => rmSync(folder, { recursive: true }))
  const code = makePracticeCode('alipay', 'pays-at-once', '0000000001')
  let printed: readonly string[] = []

  test('has nothing to say of a payment that went well', async () => {
    const data = join(folder, 'well')
    const { stdout, stderr } = await runTill(['pay', '--amount', '12.34'], { data, input: `${code}\n` })
    printed = [stdout, stderr]
    const { end, disagreements } = await judge({ data, printed, code })
    assert.deepEqual([end, disagreements], ['paid', []])
  })

  const wrongs: readonly (readonly [name: string, spoil: (data: string) => readonly string[], says: RegExp])[] = [
    [
      'money that the wallet does not hold',
      books('UPDATE orders SET refunded_fen = 1'),
      /1234 fen, the wallet holds 1233/,
    ],
    ['an order that the ledger does not have', books("UPDATE orders SET order_number = 'X1'"), /X1, and the ledger/],
    ['another amount', books('UPDATE orders SET amount_fen = 1'), /asked another amount/],
    [
      'a pay request that came twice',
      books('INSERT INTO requests SELECT 99, wallet, kind, order_number, at_ms, answer FROM requests'),
      /arrived 2 times/,
    ],
    [
      'a breach of the protocol',
      books("INSERT INTO breaches VALUES (1, 'alipay', 1, 'signature', 'sign')"),
      /broke the protocol/,
    ],
    [
      'an entry that was changed',
      ledger('UPDATE journal SET wall_ms = wall_ms + 1 WHERE sequence = 2', 'DROP TRIGGER journal_is_never_updated'),
      /not whole/,
    ],
    ['something shown that is not so', () => ['{"status":"failed"}'], /shown as failed, is paid/],
    ['a code that was printed', () => [code], /the payment code was printed/],
    [
      'a code in a file',
      (data) => {
        writeFileSync(join(data, 'a.log'), `x${code}`, 'utf16le')
        return []
      },
      /code stands in a\.log/,
    ],
  ]
  for (const [index, [name, spoil, says]] of wrongs.entries()) {
    test(`notices ${name}`, async () => {
      const data = join(folder, String(index))
      cpSync(join(folder, 'well'), data, { recursive: true })
      assert.ok(readdirSync(data).length > 1)
      const also = spoil(data)
      const { disagreements } = await judge({ data, printed: [...printed, ...also], code })
      assert.match(disagreements.join('\n'), says)
    })
  }

  function books(statement: string) {
    return (data: string) => change(join(data, 'training/books.sqlite'), statement)
  }
  function ledger(statement: string, before: string) {
    return (data: string) => change(join(data, 'ledger.sqlite'), statement, before)
  }
  function change(file: string, statement: string, before = ''): readonly string[] {
    const db = new DatabaseSync(file)
    db.exec(before)
    assert.ok(db.prepare(statement).run().changes > 0)
    db.close()
    return []
  }
})
