import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type ActionContext, actionsOf } from '../counter/actions.ts'
import type { Scene } from '../counter/scene.ts'
import { deskKeys } from '../desk/keys.ts'
import { answerKeys, designKey, testPageKey } from '../printing/keys.ts'
import { dayKeys } from '../reconciliation/keys.ts'
import type { Catalogue } from './catalogue.ts'
import { catalogues } from './catalogues.ts'
import { filled, leaves } from './sentences.fixture.ts'

// The guides in docs/guides quote the screen: “words”, and before them the key that stands on the button. Both are held
// against the catalogue and the screens' own lists of keys, so that a guide never names what is not there.

const folder = new URL('../../docs/guides/', import.meta.url)
const readers = ['cashier', 'manager', 'installer'] as const
const languages = [
  { language: 'en', ending: '.md' },
  { language: 'zh-CN', ending: '.zh-CN.md' },
] as const

/** What a guide quotes; `…` in a quotation stands for what differs from time to time. */
const quotations = (text: string): readonly string[] =>
  [...text.matchAll(/“([^”]+)”/g)].map(([, quoted = '']) => quoted)

/** Each quotation with the key right before it. */
const keyed = (text: string): readonly (readonly [string, string])[] =>
  [...text.matchAll(/\b(Enter|Esc|PageUp|PageDown|F\d+)\**[ ,]*“([^”]+)”/g)].map(([, key = '', label = '']) => [
    key,
    label,
  ])

const contexts: readonly Partial<ActionContext>[] = [
  {},
  { cashPart: 'taken' },
  { isOfPos: true },
  { stripCount: 0, hasUnfinished: true },
  { cash: { given: 'part', busy: false, mayGoBack: true } },
]
const usual: ActionContext = {
  amountText: '12.34',
  byHand: false,
  training: true,
  stripCount: 1,
  order: { status: 'failed', failureReason: 'balance-low' },
  revokeInMs: 0,
  canRevoke: true,
  mayBeAnother: true,
  takesCash: true,
  cashPart: 'none',
  cash: { given: 'enough', busy: false, mayGoBack: true },
  hasUnfinished: false,
  isOfPos: false,
}

/** Every label that stands beside a key of a list, with all the keys that it ever has. */
function keysOfLabels(words: Catalogue): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  const add = (label: string, ...keys: readonly string[]): void => {
    const known = found.get(label) ?? new Set()
    found.set(label, known)
    for (const key of keys) known.add(key === 'Escape' ? 'Esc' : key)
  }
  for (const scene of Object.keys(words.scenes) as readonly Scene[]) {
    for (const context of contexts) {
      for (const { id, keys } of actionsOf(scene, { ...usual, ...context })) add(words.actions[id], ...keys)
    }
  }
  const { desk, printing, reconciliation } = words
  add(desk.actions.query, deskKeys.query)
  add(desk.actions.takeOn, deskKeys['take-on'])
  add(desk.actions.revoke, deskKeys.revoke)
  add(desk.actions.slip, deskKeys.slip)
  add(desk.actions.settle, deskKeys.settle)
  add(printing.yes, answerKeys.yes)
  add(printing.no, answerKeys.no)
  add(words.system.makeSupportFile, 'F2')
  add(printing.testPage, testPageKey)
  add(printing.design, designKey)
  for (const act of ['run', 'bring', 'stop', 'report', 'sign-off'] as const) {
    add(reconciliation.dayActs[act], dayKeys[act])
  }
  return found
}

for (const { language, ending } of languages) {
  const words = catalogues[language]
  const sentences = leaves(words).map(([path, leaf]) => filled(leaf, path))
  const keysOf = keysOfLabels(words)

  for (const reader of readers) {
    const text = readFileSync(new URL(`${reader}${ending}`, folder), 'utf8')

    test(`the ${reader}'s guide in ${language} quotes what the screen says`, () => {
      const quoted = quotations(text)
      assert.ok(quoted.length > 3)
      const strange = quoted.filter(
        (quotation) =>
          !quotation.split('…').every((part) => sentences.some((sentence) => sentence.includes(part.trim()))),
      )
      assert.deepEqual(strange, [])
    })

    test(`the ${reader}'s guide in ${language} names the keys that the buttons have`, () => {
      const wrong = keyed(text).filter(([key, label]) => keysOf.get(label)?.has(key) === false)
      assert.deepEqual(wrong, [])
    })
  }

  test(`the README in ${language} says of each practice code what the screen says`, () => {
    const readme = readFileSync(new URL(`../../README${ending}`, folder), 'utf8')
    const rows = [...readme.matchAll(/^\| `[a-z-]+` \| \d{18} \| \S+ \| (.+) \|$/gm)].map(([, seen = '']) => seen)
    assert.equal(rows.length, 11)
    const strange = rows.filter((seen) => {
      const quoted = quotations(seen)
      return quoted.length === 0 || !quoted.every((quotation) => sentences.includes(quotation))
    })
    assert.deepEqual(strange, [])
  })

  test(`the guides in ${language} name keys enough for the check above to mean something`, () => {
    const all = readers.flatMap((reader) => keyed(readFileSync(new URL(`${reader}${ending}`, folder), 'utf8')))
    assert.ok(all.filter(([, label]) => keysOf.has(label)).length > 20)
  })
}
