import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { type PrintEvent, printEventTypes } from './event.ts'
import { isPrintFinal, type PrintJob, printStatuses } from './job.ts'
import { printStatesPage } from './page.ts'
import { createPrintJob, foldPrintJob, stepPrint } from './step.ts'
import {
  after,
  at,
  cancelled,
  created,
  everyEvent,
  inStatus,
  printed,
  sending,
  unconfirmed,
} from './stories.fixture.ts'
import { printTable } from './table.ts'

test('docs/print-states.md is what the table prints; if not, run: npm run docs:states', () => {
  const page = readFileSync(new URL('../../../docs/print-states.md', import.meta.url), 'utf8')
  assert.equal(page, printStatesPage())
})

test('every state takes every event, reaches every goal of its row and no other', () => {
  const reached = new Set<string>()
  const jobs = [...printStatuses.map((status) => inStatus[status]), after(sending(), unconfirmed, cancelled)]
  for (const job of jobs) {
    for (const event of everyEvent(at(50_000))) {
      const { job: next } = stepPrint(job, event)
      assert.ok(printTable[job.status][event.type].to.includes(next.status), `${job.status} + ${event.type}`)
      assert.equal(next.version, job.version + 1)
      reached.add(`${job.status} ${event.type} ${next.status}`)
    }
  }
  for (const status of printStatuses) {
    assert.equal(inStatus[status].status, status)
    for (const type of printEventTypes) {
      for (const goal of printTable[status][type].to)
        assert.ok(reached.has(`${status} ${type} ${goal}`), `${status} ${type}`)
    }
  }
})

test('what may have printed is never sent by itself; a person’s no sends the same copy again', () => {
  for (const cut of [unconfirmed, { type: 'resumed', at: at(9_000) }, { type: 'restored', at: at(9_000) }] as const) {
    const doubted = stepPrint(inStatus.sending, cut)
    assert.deepEqual([doubted.job.status, doubted.effects], ['unconfirmed', [{ type: 'ask-person' }]])
    assert.deepEqual(stepPrint(doubted.job, sending(10_000)).effects, [])
    const no = stepPrint(doubted.job, { type: 'looked-at', at: at(11_000), didPrint: false, by: 'cashier' })
    assert.deepEqual([no.job.status, no.job.copy, no.effects], ['queued', 1, [{ type: 'line-up' }]])
    assert.deepEqual([doubted.job.sentAgain, no.job.sentAgain], [undefined, true], 'the paper says so')
    const yes = stepPrint(doubted.job, { type: 'looked-at', at: at(11_000), didPrint: true, by: 'cashier' })
    assert.deepEqual([yes.job.status, yes.job.proof, yes.effects], ['printed', 'word-of-a-person', []])
  }
})

test('what did not leave waits, and goes again by itself', () => {
  const back = stepPrint(inStatus.sending, { type: 'not-sent', at: at(2_000), condition: 'paper-out' })
  assert.deepEqual([back.job.status, back.job.condition, back.job.mayHavePrinted], ['queued', 'paper-out', false])
  assert.deepEqual(back.effects, [{ type: 'line-up' }])
  assert.deepEqual(stepPrint(back.job, sending(4_000)).effects, [{ type: 'transmit' }])
})

test('a queued job survives a restart, and is in doubt after a restore', () => {
  assert.equal(stepPrint(inStatus.queued, { type: 'resumed', at: at(1) }).job.status, 'queued')
  assert.equal(stepPrint(inStatus.queued, { type: 'restored', at: at(1) }).job.status, 'unconfirmed')
})

test('a cancelled copy may be wanted after all, only if none of it can be on paper', () => {
  const wanted = { type: 'wanted-again', at: at(60_000), by: 'staff' } as const
  assert.equal(stepPrint(after(cancelled), wanted).job.status, 'queued')
  assert.equal(stepPrint(after(sending(), unconfirmed, cancelled), wanted).job.status, 'failed')
})

test('whatever happens: one sheet of a copy at most while people tell what they see, and an open job is never forgotten', () => {
  const event = fc.nat(everyEvent(at(0)).length - 1)
  fc.assert(
    fc.property(fc.array(fc.tuple(event, fc.boolean()), { maxLength: 60 }), (choices) => {
      let job: PrintJob = createPrintJob(created())
      const events: PrintEvent[] = []
      let sheets = 0
      for (const [index, [choice, comesOut]] of choices.entries()) {
        const chosen = everyEvent(at(index))[choice]
        if (!chosen) continue
        const before = job
        // The world: paper comes out only of a job that is being sent, and nobody says what is not so.
        if (chosen.type === 'looked-at' && chosen.didPrint !== sheets > 0) continue
        if (before.status === 'sending') {
          const cut = chosen.type === 'unconfirmed' || chosen.type === 'resumed' || chosen.type === 'restored'
          if (chosen.type === 'printed' || (cut && comesOut)) sheets += 1
        }
        if (before.status === 'unconfirmed' && chosen.type === 'printed' && sheets === 0) continue
        const step = stepPrint(job, chosen)
        job = step.job
        events.push(chosen)
        assert.ok(sheets <= 1, 'an original twice')
        if (isPrintFinal(before.status)) assert.ok(before.status === job.status || chosen.type === 'wanted-again')
        if (job.status === 'printed') assert.ok(job.proof !== null && sheets === 1)
        if (job.status === 'queued') assert.ok(!job.mayHavePrinted)
        for (const { type } of step.effects) {
          if (type === 'transmit') assert.ok(before.status === 'queued' && chosen.type === 'sending')
        }
        const { jobId, copy, kind, subjectId } = job
        assert.deepEqual({ jobId, copy, kind, subjectId }, pick(created()))
      }
      assert.deepEqual(foldPrintJob(created(), events), job)
    }),
    { numRuns: 2_000 },
  )
})

const pick = ({ jobId, copy, kind, subjectId }: ReturnType<typeof created>) => ({ jobId, copy, kind, subjectId })

test('a printed job stays as it is', () => {
  for (const event of everyEvent(at(9_000))) {
    const { job, effects } = stepPrint(after(sending(), printed), event)
    assert.deepEqual([job.status, job.proof, effects], ['printed', 'status-after-data', []])
  }
})
