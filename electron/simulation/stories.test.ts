import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { findings } from './findings.ts'
import { simulate } from './store-day.ts'
import { optionsOf, readStory } from './story.ts'

const folder = new URL('./stories/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.json'))

const known = new Set<string>(Object.values(findings).flatMap(({ stories }) => stories))

for (const name of names) {
  const title = name.replace('.json', '')
  test(`${known.has(title) ? 'known' : 'mended'}: ${title.replaceAll('-', ' ')}`, async () => {
    const story = readStory(readFileSync(new URL(name, folder), 'utf8'))
    assert.ok(typeof story !== 'string', String(story))
    const { breaches, faults, orders } = await simulate(optionsOf(story))
    const unknown = breaches.filter(({ finding }) => finding === null)
    assert.deepEqual(unknown, [])
    assert.equal(breaches.length > 0, known.has(title), 'once mended, a finding leaves findings.ts')
    assert.ok(orders > 0)
    const silent = story.on.filter((kind) => faults[kind] === 0)
    assert.deepEqual(silent, [], 'a story without its faults tells nothing')
  })
}

test('there are stories, and a spoiled one is refused with the field', () => {
  assert.ok(names.length >= 3)
  const [first = ''] = names
  const whole = JSON.parse(readFileSync(new URL(first, folder), 'utf8')) as Record<string, unknown>
  for (const [field, value] of [
    ['version', 2],
    ['seed', 1.5],
    ['tills', 3],
    ['on', ['no-such-fault']],
    ['intensity', 'high'],
    ['channels', [{ channel: 'nobody', codes: 'wechat' }]],
  ] as const) {
    const reading = readStory(JSON.stringify({ ...whole, [field]: value }))
    assert.ok(typeof reading === 'string' && reading.startsWith(field), `${field}: ${String(reading)}`)
  }
  assert.equal(readStory('{'), 'it is no JSON')
})
