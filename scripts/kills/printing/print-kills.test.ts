import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startPaperMachine } from './paper-machine.ts'
import { longPrintPlan, printKillPlaces, shortPrintPlan } from './plan.ts'
import { buildPrintingTill, runPrintingDay } from './print-lab.ts'
import { socketPrinter } from './socket-printer.ts'

test('the short plan kills at every place once, the long one 500 times, every place under every tale', () => {
  assert.deepEqual(
    shortPrintPlan.map(({ place }) => place),
    printKillPlaces,
  )
  assert.equal(longPrintPlan.length, 500)
  const tales = new Set(longPrintPlan.map(({ story, refundFen }) => `${story} ${refundFen}`))
  for (const place of printKillPlaces) {
    const under = longPrintPlan
      .filter((kill) => kill.place === place)
      .map(({ story, refundFen }) => `${story} ${refundFen}`)
    assert.equal(new Set(under).size, tales.size, place)
  }
})

test('the printer of the kills believes an answer behind the data, and nothing else', async (context) => {
  const machine = await startPaperMachine()
  context.after(() => machine.close())
  const printer = socketPrinter(machine.port)
  const { signal } = new AbortController()
  const receipt = (name: string) => new TextEncoder().encode(`${name}\n${'a line\n'.repeat(20)}`)
  assert.deepEqual(await printer.condition(signal), { kind: 'ready' })
  assert.equal((await printer.print(receipt('first'), signal)).kind, 'printed')
  machine.stallNext('data-there', () => machine.close())
  assert.equal((await printer.print(receipt('second'), signal)).kind, 'unconfirmed')
  assert.deepEqual([...machine.sheets], ['first', 'second'])
  assert.equal((await printer.print(receipt('third'), signal)).kind, 'not-sent')
})

test('a till that dies within the data, and one that dies before the outcome is kept: each receipt comes out once', async () => {
  const day = await runPrintingDay(await buildPrintingTill(), [
    { place: 'printer.mid-data', story: 'pays-at-once', refundFen: null },
    { place: 'print.outcome-committing', story: 'pays-at-once', refundFen: null },
  ])
  assert.deepEqual(day.disagreements, [])
  assert.deepEqual([day.orders, day.sheets, day.torn, day.asked], [2, 2, 1, 2])
})

test('a kill at a place that is never reached is a disagreement', async () => {
  const day = await runPrintingDay(await buildPrintingTill(), [
    { place: 'print.answered', story: 'balance-low', refundFen: null },
  ])
  assert.match(day.disagreements.join('\n'), /print\.answered: ended 0/)
})
