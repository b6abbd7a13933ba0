import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FakeState } from './fake-printer-machine.fixture.ts'
import { forEver, printerOfTest, receipt } from './line-printer.fixture.ts'
import { epsonProfile, genericProfile } from './printer-profile.ts'

/** Something that happens to a printer while it is used; what lies in the way is mended by another one. */
const change: fc.Arbitrary<Partial<FakeState>> = fc.oneof(
  fc.constant({ paperOut: false, coverOpen: false, errorByte: null, slow: false, silent: false, late: false }),
  fc.record({ paperBytesLeft: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ paperOut: fc.boolean() }),
  fc.record({ coverOpen: fc.boolean() }),
  fc.record({ silent: fc.boolean() }),
  fc.record({ late: fc.boolean() }),
  fc.record({ slow: fc.boolean() }),
  fc.record({ noQueuedStatus: fc.boolean() }),
  fc.record({ garbage: fc.option(fc.uint8Array({ maxLength: 6 }).map((noise) => Uint8Array.of(0xff, ...noise))) }),
)

const happening = fc.record({
  afterMs: fc.integer({ min: 0, max: 4_000 }),
  what: fc.oneof(
    { weight: 6, arbitrary: change },
    { weight: 1, arbitrary: fc.record({ resetAfter: fc.integer({ min: 1, max: 150 }) }) },
    { weight: 1, arbitrary: fc.record({ stalled: fc.boolean() }) },
    { weight: 1, arbitrary: fc.constant({ unplugged: true } as const) },
  ),
})

const job = fc.record({ gapMs: fc.integer({ min: 0, max: 2_000 }), happenings: fc.array(happening, { maxLength: 4 }) })

test('whatever happens: “printed” stands on paper, and of “not sent” nothing does', async () => {
  const counts = { 'not-sent': 0, printed: 0, unconfirmed: 0 }
  await fc.assert(
    fc.asyncProperty(
      fc.array(job, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(genericProfile, epsonProfile, { ...genericProfile, automaticStatus: true }),
      fc.integer({ min: 1, max: 200 }),
      async (jobs, profile, chunkBytes) => {
        const { printer, over, machine, pass, resetAfter, stall, unplug, time } = printerOfTest({
          ...profile,
          chunkBytes,
        })
        for (const [index, { gapMs, happenings }] of jobs.entries()) {
          for (const { afterMs, what } of happenings) {
            time.after(afterMs, () => {
              if ('resetAfter' in what) resetAfter(what.resetAfter)
              else if ('stalled' in what) stall(what.stalled)
              else if ('unplugged' in what) unplug()
              else machine.change(what)
            })
          }
          const text = `job ${index} of this run`
          let mayHaveLeft = false
          const printing = printer.print(receipt(text), forEver, () => {
            mayHaveLeft = true
          })
          const outcome = await over(
            printing.then((result) => {
              // Looked at in the very moment in which it is told.
              const whole = Buffer.from(machine.paper()).includes(Buffer.from(receipt(text)))
              return { kind: result.kind, whole }
            }),
            100,
          )
          counts[outcome.result.kind] += 1
          if (outcome.result.kind === 'printed') assert.ok(outcome.result.whole, 'printed, and not on paper')
          assert.equal(mayHaveLeft, outcome.result.kind !== 'not-sent')
          if (!mayHaveLeft) assert.equal(machine.hasReceived(text), false, 'not sent, and received')
          await pass(gapMs)
        }
      },
    ),
    { numRuns: 150 },
  )
  // Each outcome was met.
  for (const [kind, count] of Object.entries(counts)) assert.ok(count > 10, `${kind}: ${count}`)
})
