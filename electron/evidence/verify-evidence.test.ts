import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { linksBeside } from '../ledger/chain.ts'
import { newOrder } from '../ledger/fixtures/test-orders.ts'
import { entryHash } from '../ledger/journal.ts'
import type { JournalEntry } from '../ledger/ledger.ts'
import type { SaleId } from '../till/ids.ts'
import { digestOf, type EvidenceDocument, evidenceText } from './document.ts'
import { addForeign, mixedLedger, origin } from './evidence.fixture.ts'
import { exportEvidence, findEvidence } from './export-evidence.ts'
import { type EvidenceFinding, verifyAgainstLedger, verifyEvidence } from './verify-evidence.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const kinds = (findings: readonly EvidenceFinding[]) => [...new Set(findings.map(({ kind }) => kind))].sort()

async function evidence(context: TestContext, foreignBetween?: number) {
  const ledger = await mixedLedger(context, foreignBetween)
  const found = await findEvidence(ledger.reader, ledger.order.orderNumber, origin)
  assert.ok(found.kind === 'found')
  return { ...ledger, document: found.document }
}

/** The document changed, with a digest that fits: what somebody makes who knows the format. */
const forged = (document: EvidenceDocument, change: Partial<EvidenceDocument>): Uint8Array =>
  bytesOf(evidenceText({ ...document, ...change }))

test('an export is sound by itself and against its ledger, and tells the verdict', async (context) => {
  const { document, reader, order } = await evidence(context)
  const bytes = bytesOf(evidenceText(document))
  const verified = verifyEvidence(bytes)
  assert.deepEqual(verified.findings, [])
  assert.equal(verified.orderNumber, order.orderNumber)
  assert.equal(verified.closure?.verdict.kind, 'paid-and-verified')
  assert.equal(verified.entries, 5)
  assert.equal(verified.omitted, 0)
  assert.equal(document.chain.length, 5 + 2 * 3)
  assert.deepEqual(await verifyAgainstLedger(bytes, reader), { ok: true, value: { findings: [], later: 0 } })
})

test('each single changed byte of an exported file is found', async (context) => {
  const { document } = await evidence(context)
  const bytes = bytesOf(evidenceText(document))
  assert.ok(bytes.length > 3_000)
  for (let at = 0; at < bytes.length; at += 1) {
    const change = 1 + randomInt(255)
    const changed = bytes.slice()
    changed[at] = (changed[at] ?? 0) ^ change
    assert.ok(verifyEvidence(changed).findings.length > 0, `byte ${at} ^ ${change}`)
  }
})

test('a byte that is missing, doubled or added is found', async (context) => {
  const { document } = await evidence(context)
  const bytes = bytesOf(evidenceText(document))
  for (let at = randomInt(9); at < bytes.length; at += 9) {
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)]
    const doubled = new Uint8Array([...head, bytes[at] ?? 0, ...tail])
    const without = new Uint8Array([...head, ...bytes.subarray(at + 1)])
    for (const changed of [doubled, without]) {
      assert.ok(verifyEvidence(changed).findings.length > 0, `byte ${at}`)
    }
  }
  for (const added of ['\n', ' ', '\ufeff']) {
    assert.ok(verifyEvidence(bytesOf(added + evidenceText(document))).findings.length > 0)
    assert.ok(verifyEvidence(bytesOf(evidenceText(document) + added)).findings.length > 0)
  }
})

test('a forger who makes a fitting digest is still found by the hashes, the links and the verdict', async (context) => {
  const { document } = await evidence(context)
  const [created, ...others] = document.entries
  assert.ok(created)
  const dearer: JournalEntry = { ...created, payload: created.payload.replace('1234', '9234') }
  const last = document.entries.at(-1)
  assert.ok(last)
  const cases: readonly (readonly [Partial<EvidenceDocument>, EvidenceFinding['kind']])[] = [
    [{ entries: [dearer, ...others] }, 'entry'],
    [{ entries: [{ ...dearer, hash: entryHash(dearer) }, ...others] }, 'link'],
    [{ entries: document.entries.slice(0, -1) }, 'verdict'],
    [{ entries: [created, ...others.slice(1)] }, 'verdict'],
    [{ entries: document.entries.toReversed() }, 'entry'],
    [{ chain: document.chain.filter(({ sequence }) => sequence !== last.sequence) }, 'link'],
    [{ chain: document.chain.filter(({ sequence }) => sequence !== last.sequence - 2) }, 'link'],
    [{ chain: document.chain.toReversed() }, 'link'],
    [{ chain: document.chain.map((link) => ({ ...link, previousHash: '0'.repeat(64) })) }, 'link'],
    [{ closure: { ...document.closure, restsOn: [1] } }, 'verdict'],
    [{ closure: { ...document.closure, verdict: { kind: 'never-left' } } }, 'verdict'],
    [{ order: { ...document.order, status: 'failed' } }, 'verdict'],
    [{ order: { ...document.order, orderNumber: `${document.order.orderNumber}9` } }, 'entry'],
    [{ ledger: { ...document.ledger, mark: 'ZZZZ' } }, 'entry'],
    [{ ledger: { ...document.ledger, headBefore: { sequence: 3, hash: '1'.repeat(64) } } }, 'link'],
    [{ ledger: { ...document.ledger, headAfter: { sequence: 3, hash: '1'.repeat(64) } } }, 'link'],
  ]
  for (const [change, kind] of cases) {
    const found = kinds(verifyEvidence(forged(document, change)).findings)
    assert.ok(found.includes(kind), `${JSON.stringify(Object.keys(change))}: ${found.join(', ')}`)
    assert.ok(!found.includes('digest') && !found.includes('form'))
  }
})

test('a whole order that was made up is sound by itself, and the ledger finds it: that is what --data is for', async (context) => {
  const { document, reader } = await evidence(context)
  let previousHash = document.ledger.headBefore.hash
  const madeUp = document.chain.map((link) => {
    const entry = document.entries.find(({ sequence }) => sequence === link.sequence)
    const content = entry ? { ...entry, payload: entry.payload.replaceAll('1234', '9234'), previousHash } : null
    const made = { ...link, previousHash, hash: content ? entryHash(content) : digestOf(previousHash) }
    previousHash = made.hash
    return { link: made, entry: content ? { ...content, hash: made.hash } : null }
  })
  const bytes = forged(document, {
    order: {
      ...document.order,
      amountFen: 9234 as EvidenceDocument['order']['amountFen'],
      transactionId: document.order.transactionId?.replaceAll('1234', '9234') ?? null,
    },
    closure: {
      ...document.closure,
      verdict: {
        ...document.closure.verdict,
        transactionId: document.order.transactionId?.replaceAll('1234', '9234') ?? null,
      } as EvidenceDocument['closure']['verdict'],
    },
    entries: madeUp.flatMap(({ entry }) => (entry ? [entry] : [])),
    chain: madeUp.map(({ link }) => link),
  })
  assert.deepEqual(verifyEvidence(bytes).findings, [])
  const against = await verifyAgainstLedger(bytes, reader)
  assert.ok(against.ok)
  assert.deepEqual(kinds(against.value.findings), ['ledger'])
})

test('another ledger says so', async (context) => {
  const { document } = await evidence(context)
  const { reader } = await mixedLedger(context)
  const elsewhere = await verifyAgainstLedger(bytesOf(evidenceText(document)), reader)
  assert.ok(elsewhere.ok)
  assert.deepEqual(kinds(elsewhere.value.findings), ['ledger'])
})

test('entries that came after the export are counted and are no fault; a tampered entry of the ledger is', async (context) => {
  const { document, reader, writer, order } = await evidence(context)
  const bytes = bytesOf(evidenceText(document))
  writer.append(order, { type: 'parked', at: { wallMs: origin.exportedWallMs + 1, monotonicMs: 200_000 } })
  assert.deepEqual(await verifyAgainstLedger(bytes, reader), { ok: true, value: { findings: [], later: 1 } })
  writer.db.exec(`DROP TRIGGER IF EXISTS journal_no_update`)
  const triggers = writer.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all()
  for (const { name } of triggers) writer.db.exec(`DROP TRIGGER ${String(name)}`)
  const { sequence } = document.entries[2] ?? { sequence: 0 }
  writer.db.exec(`UPDATE journal SET payload = replace(payload, 'USERPAYING', 'SUCCESS') WHERE sequence = ${sequence}`)
  const against = await verifyAgainstLedger(bytes, reader)
  assert.ok(against.ok)
  assert.deepEqual(against.value.findings, [{ kind: 'ledger', sequence, detail: 'the ledger’s entry is another' }])
})

test('of very many foreign entries in between those in the middle are left out, and it is said how many', async (context) => {
  const { document, reader } = await evidence(context, linksBeside)
  const bytes = bytesOf(evidenceText(document))
  const verified = verifyEvidence(bytes)
  assert.deepEqual(verified.findings, [])
  // Three entries a foreign order: its sale's, and two of its own.
  assert.equal(verified.omitted, 3 * linksBeside - 2 * linksBeside)
  assert.deepEqual(await verifyAgainstLedger(bytes, reader), { ok: true, value: { findings: [], later: 0 } })
})

test('what is no evidence is refused with the field, and never quoted', () => {
  const secret = '134567890123456789'
  for (const text of [
    '',
    '{',
    '[]',
    '{}',
    `{"format":"${secret}"}`,
    secret,
    JSON.stringify({ format: 1, [secret]: 2 }),
  ]) {
    const { findings } = verifyEvidence(bytesOf(text))
    assert.deepEqual(kinds(findings), ['unreadable'])
    assert.ok(!JSON.stringify(findings).includes(secret))
  }
  assert.deepEqual(kinds(verifyEvidence(new Uint8Array([0xff, 0xfe])).findings), ['unreadable'])
})

test('an export writes both files whole, with the page escaped and without scripts, and no former one is lost', async (context) => {
  const { reader, order } = await mixedLedger(context)
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const exportedWallMs of [origin.exportedWallMs, origin.exportedWallMs + 1_000]) {
    const done = await exportEvidence(reader, order.orderNumber, { ...origin, exportedWallMs }, join(folder, 'out'))
    assert.ok(done.kind === 'exported')
    assert.deepEqual(verifyEvidence(readFileSync(done.jsonPath)).findings, [])
    const page = readFileSync(done.htmlPath, 'utf8')
    for (const { hash } of done.document.entries) assert.ok(page.includes(hash))
    assert.match(page, /TRAINING: no real money/)
    assert.match(page, /can no longer charge anyone/)
    assert.match(page, /不会再向任何人扣款/)
    assert.ok(page.includes('示例便利店 &lt;1&gt;') && !page.includes('<1>'))
    assert.doesNotMatch(page, /<script|<img|<link|https?:|javascript:/i)
    assert.match(page, /till verify-evidence --file S00101\w+-\d{14}\.json/)
  }
  assert.equal(readdirSync(join(folder, 'out')).length, 4)
})

test('an order that is not there, and a folder that cannot be written, are told', async (context) => {
  const { reader, order, data } = await mixedLedger(context)
  assert.deepEqual(await findEvidence(reader, 'S0010120260318ZZZZ000001', origin), { kind: 'no-such-order' })
  writeFileSync(join(data, 'evidence'), 'a file')
  const refused = await exportEvidence(reader, order.orderNumber, origin, join(data, 'evidence'))
  assert.equal(refused.kind, 'not-written')
})

test('no payment code is in an export', async (context) => {
  const { reader, writer } = await mixedLedger(context)
  const made = newOrder({ saleId: 'secret' as SaleId })
  const order = writer.create(made)
  addForeign(writer)
  const found = await findEvidence(reader, order.orderNumber, origin)
  assert.ok(found.kind === 'found')
  assert.ok(!evidenceText(found.document).includes(made.paymentCode))
  assert.equal(found.document.closure.isClosed, false)
})
