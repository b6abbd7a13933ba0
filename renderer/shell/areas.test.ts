import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areaOf, areaOfKey, areas, sectionBeside } from './areas.ts'

test('the arrows walk an area from end to end and back, and stop at its ends', () => {
  for (const sections of Object.values(areas)) {
    sections.forEach((section, place) => {
      assert.equal(sectionBeside(section, 'ArrowRight'), sections[place + 1] ?? null)
      assert.equal(sectionBeside(section, 'ArrowLeft'), sections[place - 1] ?? null)
      assert.equal(sectionBeside(section, 'Enter'), null)
    })
  }
})

test('a screen that stands alone is in no area', () => {
  assert.equal(areaOf('counter'), null)
  assert.equal(sectionBeside('counter', 'ArrowRight'), null)
  assert.equal(areaOfKey('F1'), null)
})
