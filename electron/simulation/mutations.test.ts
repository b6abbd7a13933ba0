import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultKinds } from './faults.ts'
import { mutations } from './mutations.fixture.ts'
import { simulate, usualOptions } from './store-day.ts'

/** A single channel's own answers, told often and alone, with cashiers who cancel: a few orders show the mistake. */
const ownAnswersOften = {
  intensity: 2.5,
  tills: 1,
  off: new Set(faultKinds.filter((kind) => !kind.startsWith('own-') && kind !== 'cancel')),
} as const

/** So many days may pass before the auditor must have noticed. */
const seedsAllowed = 25

for (const { name, breaks, says, needsFiles, channels, seams } of mutations) {
  test(`the auditor notices when ${name}`, async () => {
    const seen = new Set<string>()
    for (let seed = 1; seed <= seedsAllowed; seed += 1) {
      const { breaches } = await simulate({
        ...usualOptions,
        ...(channels === undefined ? {} : { channels, ...ownAnswersOften }),
        seed,
        realLedger: needsFiles ? 'all' : 'none',
        seams: seams(),
      })
      for (const { rule, sentence, finding } of breaches) {
        if (finding !== null) continue
        seen.add(`${rule} ${sentence}`)
        if (breaks.includes(rule) && (says === undefined || says.test(sentence))) return
      }
    }
    assert.fail(`not noticed in ${seedsAllowed} seeds; seen instead: ${[...seen].slice(0, 5).join('; ')}`)
  })
}
