import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { dataFolder } from '../ledger/fixtures/data-folder.ts'
import { failedAnswer, newOrder, paidAnswer } from '../ledger/fixtures/test-orders.ts'
import { openTestWriter } from '../ledger/fixtures/test-writer.ts'
import type { SaleId, StaffNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { type HistoryOptions, listHistory } from './history.ts'
import { keptTerminal } from './terminal.fixture.ts'

/** A ledger with a paid and a failed order, and the command on it. */
function ledger(context: TestContext) {
  const data = dataFolder(context)
  const writer = openTestWriter(context, data)
  const paid = writer.create(newOrder({ cashier: 7 as StaffNumber }))
  writer.append(paid, paidAnswer(paid))
  const failed = writer.create(newOrder({ saleId: 'sale-2' as SaleId, amountFen: fen(99_900) }))
  writer.append(failed, failedAnswer())
  const list = async (options: HistoryOptions) => {
    const lines: Readonly<Record<string, unknown>>[] = []
    const said: string[] = []
    const terminal = keptTerminal()
    const exitCode = await listHistory(
      {
        place: { dataDirectory: data, configFile: null, environment: {} },
        output: { line: (json) => lines.push(json), say: (sentence) => said.push(sentence) },
        terminal,
        interrupted: terminal.interrupted,
      },
      options,
    )
    return { exitCode, said, numbers: lines.map(({ orderNumber }) => orderNumber), lines }
  }
  return { data, list, paid: paid.orderNumber, failed: failed.orderNumber }
}

test('each filter of orders leaves its own', async (context) => {
  const { list, paid, failed } = ledger(context)
  const cases: readonly (readonly [HistoryOptions, readonly string[]])[] = [
    [{ from: '2026-03-18', to: '20260318' }, [failed, paid]],
    [{ to: '2026-03-17' }, []],
    [{ cashier: '7' }, [paid]],
    [{ cashier: '0' }, [failed]],
    [{ least: '12.35' }, [failed]],
    [{ most: '12.34', wallet: 'wechat', channel: 'wechat' }, [paid]],
    [{ number: failed, status: 'failed,paid' }, [failed]],
    [{ number: failed, status: 'paid' }, []],
  ]
  for (const [options, expected] of cases) {
    const { exitCode, numbers } = await list(options)
    assert.deepEqual([exitCode, numbers], [0, expected], JSON.stringify(options))
  }
})

test('what cannot be read is named by its option', async (context) => {
  const { list } = ledger(context)
  const cases: readonly (readonly [HistoryOptions, RegExp])[] = [
    [{ from: 'yesterday' }, /^--from: /],
    [{ cashier: 'Wang' }, /^--cashier: /],
    [{ digits: '12' }, /^--digits: /],
    [{ status: 'lost', to: '20260318' }, /^--status: expected one of created, /],
    [{ least: '1.234' }, /^--least: too-many-decimals/],
  ]
  for (const [options, words] of cases) {
    const { exitCode, said } = await list(options)
    assert.equal(exitCode, 2)
    assert.match(said.join('\n'), words)
  }
})

test('a file holds the same, and one that cannot be written is named', async (context) => {
  const { data, list, paid, failed } = ledger(context)
  const csv = join(data, 'day.csv')
  const { exitCode, lines } = await list({ csv, most: '20' })
  assert.deepEqual([exitCode, lines], [0, [{ type: 'result', kind: 'exported', path: csv, rows: 1 }]])
  const text = readFileSync(csv, 'utf8')
  assert.ok(text.includes(paid) && !text.includes(failed))
  const refused = await list({ xlsx: join(csv, 'in-a-file.xlsx') })
  assert.equal(refused.exitCode, 4)
  assert.match(refused.said.join(), /in-a-file\.xlsx could not be written/)
})
