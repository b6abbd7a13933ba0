import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { mixedLedger, origin } from '../evidence/evidence.fixture.ts'
import { verifyEvidence } from '../evidence/verify-evidence.ts'
import type { LedgerReader } from '../ledger/ledger.ts'
import { closureView, evidenceCalls } from './evidence-calls.ts'
import { systemClock } from './system-time.ts'

const exportFrom = (reader: LedgerReader, dataDirectory: string) =>
  evidenceCalls({ reader, dataDirectory, settings: { ...origin, mode: 'training' } }, systemClock)['evidence.export']

test('an export says the verdict, where both files are, and where the chain ended', async (context) => {
  const { reader, data, order } = await mixedLedger(context)
  const { orderNumber } = order
  const result = await exportFrom(reader, data)({ orderNumber })
  assert.ok(result.kind === 'done')
  assert.ok(result.closure.isClosed)
  assert.equal(result.closure.verdict.kind, 'paid-and-verified')
  const journal = await reader.journalOf(orderNumber)
  assert.ok(journal.ok)
  assert.deepEqual(result.closure, closureView(journal.value), 'the screen and the export say the same')
  assert.equal(dirname(result.htmlPath), join(data, 'evidence'))
  assert.ok(existsSync(result.htmlPath))
  const bytes = readFileSync(result.jsonPath)
  assert.deepEqual(verifyEvidence(bytes).findings, [])
  const links = await reader.linksAt([result.headSequence, result.headSequence + 1])
  assert.ok(links.ok)
  assert.deepEqual(
    links.value.map(({ hash }) => hash),
    [result.headHash],
    'the end of the chain',
  )
})

test('what cannot be exported is told apart', async (context) => {
  const { reader, writer, data, order } = await mixedLedger(context)
  const { orderNumber } = order
  const act = exportFrom(reader, data)
  assert.deepEqual(await act({ orderNumber: 'NOSUCHORDER1' }), { kind: 'no-such-order' })
  writeFileSync(join(data, 'evidence'), 'a file')
  assert.deepEqual(await act({ orderNumber }), { kind: 'disk-error', path: join(data, 'evidence') })

  const journal = await reader.journalOf(orderNumber)
  assert.ok(journal.ok)
  assert.equal(closureView(journal.value)?.isClosed, true)
  const { sequence } = journal.value[2] ?? { sequence: 0 }
  const triggers = writer.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all()
  for (const { name } of triggers) writer.db.exec(`DROP TRIGGER ${String(name)}`)
  writer.db.exec(`UPDATE journal SET payload = '{' WHERE sequence = ${sequence}`)
  assert.deepEqual(await act({ orderNumber }), { kind: 'unreadable', sequence })
  const torn = await reader.journalOf(orderNumber)
  assert.ok(torn.ok)
  assert.equal(closureView(torn.value), null, 'no verdict rests on a record that nobody can read')
  await reader.close()
  assert.deepEqual(await act({ orderNumber }), { kind: 'ledger-trouble', problem: 'closed' })
})
