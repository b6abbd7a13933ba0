import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  DayDifference,
  ReconcileDayDetail,
  ReconcileDayView,
  ReconcileOverview,
} from '../../electron/api/contract.ts'
import { laterDate } from './acts.ts'
import {
  actsOf,
  chosenDifference,
  dayBeside,
  differenceBeside,
  emptyReconciliation,
  reduceReconciliation,
} from './state.ts'

const day = (channel: string, date: string): ReconcileDayView => ({
  channel,
  date,
  state: 'look',
  runs: 1,
  differences: 2,
  open: 2,
  lastTry: null,
  isSignedOff: false,
  supplements: 0,
})

const difference = (key: string, change: Partial<DayDifference> = {}): DayDifference => ({
  cause: 'amount-differs',
  subject: 'charge',
  orderNumber: 'S0010120261129K7QX000001',
  refundNumber: null,
  differenceFen: 1,
  lines: 1,
  lineNumber: 2,
  detail: null,
  ours: null,
  theirs: null,
  acts: ['query-again', 'hand-to-desk', 'mark-seen'],
  isAlarm: true,
  key,
  mark: null,
  isNew: false,
  ...change,
})

const overview: ReconcileOverview = {
  job: { running: null, waiting: 0 },
  notice: null,
  channels: [{ id: 'wechat', bill: 'download', readyAtHour: 10 }],
  dates: ['20261129', '20261128'],
  days: [day('wechat', '20261129'), day('wechat', '20261128')],
}

const detailOf = (date: string): ReconcileDayDetail => ({
  day: day('wechat', date),
  run: null,
  differences: [difference('a'), difference('b')],
  leftOut: 0,
  gone: [],
  formerRuns: [],
  signOff: null,
})

const read = reduceReconciliation(emptyReconciliation, { type: 'days-read', overview })

test('the newest day is chosen first, the grid has ends, and a choice outlives a reading', () => {
  assert.deepEqual(read.cell, { channel: 'wechat', date: '20261129' })
  assert.deepEqual([dayBeside(read, -1), dayBeside(read, 1)?.date], [null, '20261128'])
  const older = reduceReconciliation(read, { type: 'cell-chosen', cell: { channel: 'wechat', date: '20261128' } })
  const again = reduceReconciliation(older, { type: 'days-read', overview })
  assert.deepEqual(
    [again.cell?.date, again.cell],
    ['20261128', older.cell],
    'the same value, so that nothing is drawn anew',
  )
})

test('an answer about a day that was left is nobody’s', () => {
  const late = reduceReconciliation(read, { type: 'day-read', detail: detailOf('20261128') })
  assert.equal(late.detail, null)
  const shown = reduceReconciliation(read, { type: 'day-read', detail: detailOf('20261129') })
  assert.equal(chosenDifference(shown)?.key, 'a')
  assert.deepEqual([differenceBeside(shown, -1), differenceBeside(shown, 1)?.key], [null, 'b'])
})

test('one act asks the channel; what stands for no order has nothing to ask about', () => {
  const unknown = difference('a', { acts: ['settle-case', 'query-again', 'refund', 'hand-to-desk'] })
  assert.deepEqual(actsOf(unknown), ['settle-case', 'refund', 'hand-to-desk'])
  assert.deepEqual(actsOf(difference('a', { orderNumber: '' })), ['hand-to-desk', 'mark-seen'])
})

test('days are counted over months and years', () => {
  assert.deepEqual([laterDate('20261130', 1), laterDate('20270101', -1)], ['20261201', '20261231'])
})
