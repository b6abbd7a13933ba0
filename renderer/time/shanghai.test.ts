import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockText, elapsedText, momentText, preciseClockText, timeLeftText } from './shanghai.ts'

const newYearMs = Date.UTC(2026, 0, 1, 16, 5, 9, 42) // 00:05:09 of January 2nd in Shanghai

test('times are those of Shanghai, whatever the machine is set to', () => {
  assert.equal(clockText(newYearMs), '00:05:09')
  assert.equal(preciseClockText(newYearMs), '00:05:09.042')
})

test('the date is said only when it is not today', () => {
  assert.equal(momentText(newYearMs, newYearMs + 60_000), '00:05:09')
  assert.equal(momentText(newYearMs, newYearMs + 86_400_000), '2026-01-02 00:05:09')
})

test('elapsed is rounded down, time left up', () => {
  assert.equal(elapsedText(59_999), '0:59')
  assert.equal(elapsedText(61_000), '1:01')
  assert.equal(elapsedText(-5), '0:00')
  assert.equal(timeLeftText(1), '0:01')
  assert.equal(timeLeftText(0), '0:00')
  assert.equal(timeLeftText(60_000), '1:00')
})
