import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PrinterView, PrintingView, PrintJobView } from '../../electron/api/contract.ts'
import { catalogues } from '../wording/catalogues.ts'
import { conditionMark, conditionNext, conditionText, jobStateText, jobText } from './printer-text.ts'
import {
  chosenRow,
  printingCue,
  questionOf,
  reducePrinting,
  rowBeside,
  troubledPrinter,
  unknownPrinting,
} from './state.ts'

type Condition = NonNullable<PrinterView['condition']>

const printer = (kind: Condition['kind'] | null, change: Partial<PrinterView> = {}): PrinterView => ({
  name: 'counter',
  address: '192.168.1.50:9100',
  profile: 'generic-80',
  fallback: null,
  condition: kind === null ? null : { kind, paperLow: false, cause: null },
  waiting: 0,
  sendingJobId: null,
  ...change,
})

const job = (change: Partial<PrintJobView> = {}): PrintJobView => ({
  jobId: 'sale.S0010120261130K7QX000042.1',
  kind: 'sale',
  subjectId: 'S0010120261130K7QX000042',
  orderNumber: 'S0010120261130K7QX000042',
  copy: 1,
  askedBy: null,
  status: 'queued',
  printer: null,
  condition: null,
  proof: null,
  failure: null,
  sends: 0,
  createdWallMs: 0,
  statusSinceWallMs: 0,
  ...change,
})

const view = (printers: readonly PrinterView[], jobs: readonly PrintJobView[] = []): PrintingView => ({
  mode: 'automatic',
  printers,
  jobs,
})

test('the tone comes once when a printer stops, whatever it tells afterwards, and again when it stops anew', () => {
  const ready = view([printer('ready')])
  const out = view([printer('paper-out')])
  assert.equal(printingCue(ready, out), 'printer-stops')
  assert.equal(printingCue(out, view([printer('paper-out', { waiting: 3 })])), null)
  assert.equal(printingCue(out, ready), null)
  assert.equal(printingCue(null, out), 'printer-stops')
  assert.equal(printingCue(out, view([printer('cover-open')])), 'printer-stops')
  assert.equal(printingCue(ready, view([printer('busy')])), null)
  assert.equal(printingCue(null, view([printer('offline')])), null, 'a printer that is switched off in the morning')
})

test('a paper that comes into doubt is heard, and asked about until somebody has answered', () => {
  const before = view([printer('ready')], [job({ status: 'sending' })])
  const doubtful = job({ status: 'unconfirmed' })
  const after = view([printer('ready')], [doubtful])
  assert.equal(printingCue(before, after), 'print-in-doubt')
  assert.equal(printingCue(after, view([printer('ready')], [doubtful])), null)
  const state = reducePrinting(unknownPrinting, { type: 'told', view: after })
  assert.equal(questionOf(state), doubtful)
  assert.equal(questionOf(reducePrinting(state, { type: 'told', view: view([printer('ready')]) })), null)
})

test('the keys act on the chosen row; the question is about the chosen paper, or the oldest', () => {
  const [first, second] = [
    job({ status: 'unconfirmed' }),
    job({ jobId: 'sale.S0010120261130K7QX000043.1', status: 'unconfirmed' }),
  ]
  let state = reducePrinting(unknownPrinting, { type: 'told', view: view([printer('ready')], [first, second]) })
  assert.equal(chosenRow(state)?.key, 'printer counter')
  assert.equal(rowBeside(state, -1), null)
  for (const key of [first.jobId, second.jobId]) {
    state = reducePrinting(state, { type: 'chosen', row: rowBeside(state, 1)?.key ?? '' })
    assert.equal(chosenRow(state)?.key, key)
    assert.equal(questionOf(state)?.jobId, key)
  }
  assert.equal(rowBeside(state, 1), null)
})

test('a printer that stands still is told; one that is merely away only when something waits for it', () => {
  assert.equal(troubledPrinter(view([printer('ready'), printer('paper-out', { name: 'kitchen' })]))?.name, 'kitchen')
  assert.equal(troubledPrinter(view([printer('offline')])), null)
  assert.equal(troubledPrinter(view([printer('offline', { waiting: 1 })]))?.name, 'counter')
})

test('every state is a mark and a word, and the cause says what to do where it is known', () => {
  const { en } = catalogues
  const low = { kind: 'ready', paperLow: true, cause: null } as const
  assert.deepEqual([conditionMark(low), conditionText(en, low)], ['open', 'paper low'])
  assert.deepEqual([conditionMark(null), conditionText(en, null)], ['open', 'not asked yet'])
  const stuck = { kind: 'error', paperLow: false, cause: 'cutter' } as const
  assert.match(conditionNext(en, stuck), /cutter is stuck/)
  assert.equal(conditionNext(en, { ...stuck, cause: 'a new one' }), en.printing.conditions.error.next)
  assert.equal(jobText(en, job({ copy: 2 })), 'Receipt …000042 reprint 2')
  assert.equal(jobStateText(en, job({ condition: 'paper-out' })), 'waits · paper out')
  assert.match(jobStateText(en, job({ status: 'printed', proof: 'word-of-a-person' })), /somebody saw/)
})
