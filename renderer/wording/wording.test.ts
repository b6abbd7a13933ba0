import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { catalogues } from './catalogues.ts'
import { en } from './en/index.ts'
import { filled, leaves } from './sentences.fixture.ts'
import { zhCN } from './zh-CN/index.ts'

const chinese = new Map(leaves(zhCN))
const english = new Map(leaves(en))

const marks = (sentence: string): readonly string[] => (sentence.match(/⟪\w+⟫|7391/g) ?? []).toSorted()

test('both languages have the same sentences', () => {
  assert.deepEqual([...english.keys()].toSorted(), [...chinese.keys()].toSorted())
})

test('no sentence is empty in one language only', () => {
  for (const [path, leaf] of chinese) {
    const other = english.get(path)
    assert.ok(other !== undefined)
    assert.equal(filled(leaf, path) === '', filled(other, path) === '', path)
  }
})

test('each sentence fills the same blanks in both languages', () => {
  for (const [path, leaf] of chinese) {
    const other = english.get(path)
    assert.ok(other !== undefined)
    assert.deepEqual(marks(filled(other, path)), marks(filled(leaf, path)), path)
  }
})

test('the Chinese catalogue is Chinese and the English one English', () => {
  const han = /\p{Script=Han}/u
  for (const [path, leaf] of english) if (path !== 'otherLanguage') assert.doesNotMatch(filled(leaf, path), han, path)
  const written = [...chinese].filter(
    ([path, leaf]) => /[a-z]{4,}/i.test(filled(leaf, path).replaceAll(/⟪\w+⟫/g, '')) && path !== 'otherLanguage',
  )
  const foreign = written.filter(([path, leaf]) => !han.test(filled(leaf, path)) && !path.startsWith('channel'))
  assert.deepEqual(
    foreign.map(([path]) => path),
    [],
  )
})

test('no sentence speaks of requests, timeouts or null', () => {
  const jargon = /\b(request|timeout|null|undefined|exception|API)\b|请求|超时/i
  for (const catalogue of Object.values(catalogues)) {
    for (const [path, leaf] of leaves(catalogue)) assert.doesNotMatch(filled(leaf, path), jargon, path)
  }
})

test('no component has a sentence of its own', () => {
  const root = new URL('../', import.meta.url)
  const components = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.tsx') && !name.startsWith('stories'),
  )
  assert.ok(components.length > 10)
  for (const name of components) assert.doesNotMatch(readFileSync(new URL(name, root), 'utf8'), /\p{Script=Han}/u, name)
})
