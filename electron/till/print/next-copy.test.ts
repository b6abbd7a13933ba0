import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mostCopies, type PrintJob, printJobId } from './job.ts'
import { nextCopy } from './next-copy.ts'
import { after, cancelled, inStatus, sending, subject, unconfirmed } from './stories.fixture.ts'

const copy = (job: PrintJob, number: number): PrintJob => ({ ...job, copy: number })

test('the first wish is the original, each further one a copy with the next number', () => {
  assert.deepEqual(nextCopy([]), { kind: 'new', copy: 1 })
  assert.deepEqual(nextCopy([inStatus.printed]), { kind: 'new', copy: 2 })
  assert.deepEqual(nextCopy([copy(inStatus.printed, 2), inStatus.printed]), { kind: 'new', copy: 3 })
  assert.deepEqual(nextCopy([copy(inStatus.printed, mostCopies)]), { kind: 'too-many-copies' })
})

test('what is in line or on its way is what was asked for', () => {
  for (const status of ['queued', 'sending'] as const) {
    assert.deepEqual(nextCopy([inStatus[status]]), { kind: 'under-way', job: inStatus[status] })
  }
})

test('whether the last copy printed is asked before another is made', () => {
  assert.deepEqual(nextCopy([inStatus.unconfirmed]), { kind: 'unconfirmed', job: inStatus.unconfirmed })
})

test('a copy that was given up is printed itself, unless it may be on paper', () => {
  assert.deepEqual(nextCopy([inStatus.failed]), { kind: 'again', job: inStatus.failed })
  assert.deepEqual(nextCopy([after(sending(), unconfirmed, cancelled)]), { kind: 'new', copy: 2 })
})

test('a job’s name holds kind, subject and copy, and takes no other form', () => {
  assert.equal(printJobId(subject, 1), 'sale.S0010120261123K7QX000042.1')
  for (const subjectId of ['', 'a.b', 'a b', '中', 'x'.repeat(65)]) {
    assert.throws(() => printJobId({ ...subject, subjectId }, 1), /subject/)
  }
  for (const number of [0, -1, 1.5, mostCopies + 1]) assert.throws(() => printJobId(subject, number), /copy/)
})
