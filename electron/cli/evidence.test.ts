import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mixedLedger } from '../evidence/evidence.fixture.ts'
import { newOrder } from '../ledger/fixtures/test-orders.ts'
import type { SaleId } from '../till/ids.ts'
import { evidence, verifyEvidenceFile } from './evidence.ts'
import type { CommandContext } from './session.ts'
import { keptTerminal } from './terminal.fixture.ts'
import {
  assertNoCodes,
  type Ended,
  type Line,
  pay,
  practiceCode,
  runTill,
  trainingFolder,
} from './till-process.fixture.ts'

/** What a command wrote, in both forms that it can have. */
type Written = CommandContext & {
  readonly lines: Readonly<Record<string, unknown>>[]
  readonly words: string[]
  readonly said: string[]
}

function commandAt(dataDirectory: string): Written {
  const lines: Readonly<Record<string, unknown>>[] = []
  const words: string[] = []
  const said: string[] = []
  const terminal = keptTerminal()
  return {
    place: { dataDirectory, configFile: null, environment: {} },
    output: {
      line: (json, text) => {
        lines.push(json)
        words.push(text)
      },
      say: (sentence) => void said.push(sentence),
    },
    interrupted: terminal.interrupted,
    terminal,
    lines,
    words,
    said,
  }
}

/** An export of the order in a ledger of several, and where it was written. */
async function exported(context: TestContext) {
  const ledger = await mixedLedger(context)
  const command = commandAt(ledger.data)
  assert.equal(await evidence(command, { order: ledger.order.orderNumber }), 0)
  const [result] = command.lines
  return { ...ledger, command, jsonPath: String(result?.jsonPath), htmlPath: String(result?.htmlPath) }
}

function resultOf({ last }: Ended): Line {
  assert.ok(last)
  return last
}

const nowhere = (context: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'no-till-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('a payment’s proof is written, both paths are printed, and the file is sound here and anywhere', async (context) => {
  const data = trainingFolder(context)
  const { last: paid } = await pay(context, data, practiceCode('wechat', 'pays-at-once'))
  const orderNumber = String(paid?.orderNumber)
  const out = join(data, 'elsewhere', 'proofs')
  const made = await runTill(context, ['evidence', '--order', orderNumber, '--out', out], { data })
  assert.equal(made.exit, 0, made.stderr)
  const { jsonPath, htmlPath, headHash, ...rest } = resultOf(made)
  assert.deepEqual([dirname(String(jsonPath)), dirname(String(htmlPath))], [out, out])
  assert.match(String(headHash), /^[0-9a-f]{64}$/)
  assert.ok(existsSync(String(htmlPath)))
  assert.equal(rest.verdict, 'paid-and-verified')
  assert.equal(rest.isClosed, true)
  const verified = await runTill(context, ['verify-evidence', '--file', String(jsonPath)], { data })
  assert.equal(verified.exit, 0, verified.stderr)
  const { sound, training, ledger, later, verdict } = resultOf(verified)
  assert.deepEqual(
    { sound, training, ledger, later, verdict },
    { sound: true, training: true, ledger: 'same', later: 0, verdict: rest.verdict },
  )
  assertNoCodes(data)
})

test('without a ledger it is said what was checked, what that proves, and what it does not', async (context) => {
  const { jsonPath, data, order } = await exported(context)
  assert.equal(dirname(jsonPath), join(data, 'evidence'))
  const command = commandAt(nowhere(context))
  assert.equal(await verifyEvidenceFile(command, { file: jsonPath, withLedger: false }), 0)
  assert.equal(command.lines.at(-1)?.ledger, 'not-compared')
  const words = command.words.join('\n')
  assert.ok(words.includes(`SOUND: ${order.orderNumber}`))
  assert.match(words, /can no longer charge anyone/)
  assert.match(words, /5 entries against their hashes/)
  assert.match(words, /Not compared with a ledger/)
  assert.match(words, /nobody rewrote all of it at once is shown by the ledger/)
})

test('a changed file is not sound, each finding is named, and nothing of the file is repeated', async (context) => {
  const { jsonPath } = await exported(context)
  const text = readFileSync(jsonPath, 'utf8')
  const changed = text.replaceAll('"paid"', '"\\u001b[2Jpaid"')
  assert.notEqual(changed, text)
  writeFileSync(jsonPath, changed)
  const command = commandAt(nowhere(context))
  assert.equal(await verifyEvidenceFile(command, { file: jsonPath, withLedger: false }), 1)
  assert.ok(command.lines.some(({ type, kind }) => type === 'finding' && kind === 'digest'))
  assert.equal(command.lines.at(-1)?.sound, false)
  assert.doesNotMatch(command.words.join('\n'), /^SOUND|can no longer charge/m)
  assert.doesNotMatch(command.words.join(''), /\p{Cc}/u)
})

test('a sound file that the ledger contradicts is not sound, and later entries are counted', async (context) => {
  const { jsonPath, data, writer } = await exported(context)
  const { data: other } = await mixedLedger(context)
  const against = commandAt(other)
  assert.equal(await verifyEvidenceFile(against, { file: jsonPath, withLedger: true }), 1)
  assert.deepEqual([against.lines.at(-1)?.sound, against.lines.at(-1)?.ledger], [false, 'differs'])

  writer.create(newOrder({ saleId: 'later' as SaleId }))
  const own = commandAt(data)
  assert.equal(await verifyEvidenceFile(own, { file: jsonPath, withLedger: true }), 0)
  assert.equal(own.lines.at(-1)?.later, 0, 'another order’s entries are none of this one’s')
})

test('an order, a file or a ledger that is not there is a mistake of usage, and a folder that is a file is told', async (context) => {
  const { jsonPath, htmlPath, data, order } = await exported(context)
  const missing = commandAt(data)
  assert.equal(await evidence(missing, { order: 'NOSUCHORDER1' }), 2)
  assert.match(missing.said.join('\n'), /no order NOSUCHORDER1/)
  const noFile = commandAt(data)
  assert.equal(await verifyEvidenceFile(noFile, { file: `${jsonPath}.none`, withLedger: false }), 2)
  assert.match(noFile.said.join('\n'), /--file: .*ENOENT.*Nothing was checked/)
  const noLedger = commandAt(nowhere(context))
  assert.equal(await verifyEvidenceFile(noLedger, { file: jsonPath, withLedger: true }), 2)
  assert.match(noLedger.said.join('\n'), /--data: there is no ledger/)
  const notWritten = commandAt(data)
  assert.equal(await evidence(notWritten, { order: order.orderNumber, out: htmlPath }), 4)
  assert.match(notWritten.said.join('\n'), /could not be written.*--out/)
  // The page is for people; it is told apart from the file that can be verified.
  const page = commandAt(data)
  assert.equal(await verifyEvidenceFile(page, { file: htmlPath, withLedger: false }), 1)
  assert.deepEqual(page.lines[0], {
    type: 'finding',
    kind: 'unreadable',
    sequence: null,
    detail: 'the file is no JSON',
  })
})
