import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkNames, checks, figures, reportBegins, reportEnds } from './checks.ts'
import { failedChecks, readReport, reportTable } from './report.ts'

const passed = (name: string): string => JSON.stringify({ type: 'check', name, passed: true, detail: 'as it must' })
const figure = { type: 'figure', name: 'hid-latency', samples: 500, p50Ms: 0.75, p99Ms: 7.1, maxMs: 120 } as const

/** A console as a serial line gives it. */
const consoleOf = (...lines: readonly string[]): string => lines.map((line) => `${line}\r\r\n`).join('')

test('the report is read from between its marks, whatever the kernel writes there', () => {
  const output = consoleOf(
    'Starting systemd-udevd',
    passed('found'),
    reportBegins,
    passed('found'),
    '[    3.99] cdc_acm 1-1:1.1: ttyACM0: USB ACM device',
    '{"type":"check","name":"nobody-knows-this","passed":true,"detail":""}',
    '{"type":"figure","name":"hid-latency","samples":"many"}',
    '{"type":"check","name":"listed","pas',
    JSON.stringify(figure),
    reportEnds,
    passed('listed'),
  )
  const { complete, lines } = readReport(output)
  assert.equal(complete, true)
  assert.deepEqual(lines, [{ type: 'check', name: 'found', passed: true, detail: 'as it must' }, figure])
})

test('a report that was cut off is not complete, and no report is none', () => {
  const cut = readReport(consoleOf(reportBegins, passed('found'), 'Kernel panic - not syncing'))
  assert.equal(cut.complete, false)
  assert.equal(cut.lines.length, 1)
  assert.deepEqual(readReport('qemu: could not load kernel'), { complete: false, lines: [] })
})

test('a check fails that failed once, and one that was never reached', () => {
  const all = checkNames.map(passed)
  const whole = readReport(consoleOf(reportBegins, ...all, reportEnds))
  assert.deepEqual(failedChecks(whole), [])
  const lost = { type: 'check', name: 'keyboard', passed: false, detail: '99 arrived of 100' }
  const bad = readReport(consoleOf(reportBegins, ...all.slice(1), JSON.stringify(lost), reportEnds))
  assert.deepEqual(failedChecks(bad), [checkNames[0], 'keyboard'])
})

test('a person reads every check and each figure', () => {
  const table = reportTable(readReport(consoleOf(reportBegins, passed('found'), JSON.stringify(figure), reportEnds)))
  assert.ok(table.includes(`✔ ${checks.found}\n    as it must`))
  assert.ok(table.includes(`✖ ${checks.keyboard}\n    was not reached`))
  assert.match(table, new RegExp(`${figures['hid-latency']} +500 +0\\.75 +7\\.10 +120\\n?`))
})
