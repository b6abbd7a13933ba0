import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usualPulse } from '../drawer/pulse.ts'
import { forEver, printerOfTest, receipt } from './line-printer.fixture.ts'
import { epsonProfile } from './printer-profile.ts'

test('a job is printed when the status behind its last byte comes back', async () => {
  const { print, machine, isOpen } = printerOfTest()
  const { result } = await print('one')
  assert.deepEqual(result, { kind: 'printed', proof: 'status-after-data' })
  assert.deepEqual(machine.paper(), receipt('one'))
  assert.match(machine.text(), /^已收款\none\n$/)
  assert.equal(machine.cuts(), 1)
  assert.equal(isOpen(), false)
})

test('after the first job nothing is waited for: it takes no time of its own', async () => {
  const { print } = printerOfTest()
  await print('one')
  assert.equal((await print('two')).tookMs, 0)
})

for (const [what, change, condition] of [
  ['no paper', { paperOut: true }, { kind: 'paper-out' }],
  ['an open cover', { coverOpen: true }, { kind: 'cover-open' }],
  ['an open cover without paper', { coverOpen: true, paperOut: true }, { kind: 'cover-open' }],
  ['a cutter that is stuck', { errorByte: 0x08 }, { kind: 'error', cause: 'cutter' }],
  ['a hot head', { errorByte: 0x40 }, { kind: 'error', cause: 'recovers-by-itself' }],
] as const) {
  test(`with ${what} not one byte leaves, and the job is printed once that is mended`, async () => {
    const { print, over, printer, machine } = printerOfTest()
    machine.change(change)
    const held = await over(printer.print(receipt('held'), forEver, () => assert.fail('a byte may have left')))
    assert.deepEqual(held.result, { kind: 'not-sent', condition })
    assert.equal(machine.paper().length, 0)
    machine.change({ paperOut: false, coverOpen: false, errorByte: null })
    assert.equal((await print('held')).result.kind, 'printed')
    assert.deepEqual(machine.paper(), receipt('held'))
  })
}

test('little paper is told, and printed on', async () => {
  const { print, over, printer, machine } = printerOfTest()
  machine.change({ paperLow: true })
  assert.deepEqual((await over(printer.condition(forEver))).result, { kind: 'ready', paperLow: true })
  assert.equal((await print('one')).result.kind, 'printed')
})

test('paper that ends in the middle is told as such, and nobody can say what stands on it', async () => {
  const { print, machine } = printerOfTest()
  machine.change({ paperBytesLeft: 10 })
  const { result } = await print('torn')
  assert.deepEqual(result, { kind: 'unconfirmed', bytesSent: receipt('torn').length, condition: { kind: 'paper-out' } })
})

test('the late status of a job that waited for paper does not vouch for the next job', async () => {
  const { print, printer, over, machine, pass } = printerOfTest()
  machine.change({ paperBytesLeft: 10 })
  assert.equal((await print('first')).result.kind, 'unconfirmed')
  // The roll is changed; the rest of the first job takes a while, and the new roll ends in the second job.
  machine.change({ paperOut: false, slow: true })
  const second = printer.print(receipt('second'), forEver)
  await pass(100)
  machine.change({ slow: false, paperBytesLeft: receipt('first').length })
  assert.deepEqual((await over(second)).result, {
    kind: 'unconfirmed',
    bytesSent: receipt('second').length,
    condition: { kind: 'paper-out' },
  })
  assert.doesNotMatch(machine.text(), /second/)
})

test('the answer to the question before the data, coming late, does not vouch for the data', async () => {
  const { printer, over, machine, pass } = printerOfTest()
  machine.change({ slow: true })
  const first = printer.print(receipt('first'), forEver)
  await pass(1_100)
  machine.change({ slow: false, paperBytesLeft: 12 })
  assert.equal((await over(first)).result.kind, 'unconfirmed')
})

test('an old answer in place of that one does not make its own answer vouch for the data', async () => {
  const { printer, over, machine, pass } = printerOfTest()
  machine.change({ slow: true })
  const first = printer.print(receipt('first'), forEver)
  await pass(100)
  machine.say(0x00)
  await pass(100)
  machine.change({ slow: false, paperBytesLeft: 12 })
  assert.equal((await over(first)).result.kind, 'unconfirmed')
})

test('noise after the data vouches for nothing', async () => {
  const { printer, over, machine, pass, time } = printerOfTest()
  const noise = (): void => machine.say(0xff, 0x00)
  const first = printer.print(receipt('first'), forEver, () => {
    machine.change({ slow: true })
    time.after(100, noise)
  })
  await pass(500)
  assert.equal((await over(first)).result.kind, 'unconfirmed')
})

test('a late answer to one question is not taken for the answer to the next', async () => {
  const { over, printer, machine, pass } = printerOfTest()
  machine.change({ late: true, coverOpen: true })
  assert.deepEqual((await over(printer.condition(forEver))).result, { kind: 'silent' })
  machine.change({ coverOpen: false })
  // The old answer, which says that the cover is open, comes in the middle of the next round.
  const asking = printer.condition(forEver)
  await pass(250)
  machine.change({ late: false })
  assert.deepEqual((await over(asking)).result, { kind: 'ready', paperLow: false })
})

test('a model that answers nothing gets the job, whole and unconfirmed', async () => {
  const { print, machine } = printerOfTest()
  machine.change({ silent: true })
  const { result, tookMs } = await print('one')
  assert.deepEqual(result, { kind: 'unconfirmed', bytesSent: receipt('one').length, condition: { kind: 'silent' } })
  assert.deepEqual(machine.paper(), receipt('one'))
  assert.equal(tookMs, 1_000)
})

test('one of which it is known is not asked and not waited for', async () => {
  const { print, machine } = printerOfTest({ realTimeStatus: 'never' })
  machine.change({ silent: true })
  const { result, tookMs } = await print('one')
  assert.deepEqual([result.kind, tookMs], ['unconfirmed', 0])
})

test('one that always answers and now does not gets nothing', async () => {
  const { print, machine } = printerOfTest(epsonProfile)
  machine.change({ silent: true })
  const { result } = await print('one')
  assert.deepEqual(result, {
    kind: 'not-sent',
    condition: { kind: 'offline', cause: 'stopped-answering', detail: '' },
  })
  assert.equal(machine.paper().length, 0)
})

test('a process id proves the job where the model knows it', async () => {
  const { print, machine } = printerOfTest(epsonProfile)
  assert.deepEqual((await print('one')).result, { kind: 'printed', proof: 'process-id' })
  machine.change({ paperBytesLeft: 10 })
  assert.equal((await print('two')).result.kind, 'unconfirmed')
})

test('a model without a status behind the data is never proved, though it answers in real time', async () => {
  const { print, machine } = printerOfTest()
  machine.change({ noQueuedStatus: true })
  const { result } = await print('one')
  const condition = { kind: 'ready', paperLow: false }
  assert.deepEqual(result, { kind: 'unconfirmed', bytesSent: receipt('one').length, condition })
})

test('one that is still at work on something else gets the job later', async () => {
  const { print, machine } = printerOfTest()
  await print('one')
  machine.change({ slow: true })
  assert.deepEqual((await print('two')).result, { kind: 'not-sent', condition: { kind: 'busy', cause: 'working' } })
  machine.change({ slow: false })
  assert.equal((await print('two')).result.kind, 'printed')
})

test('an answer that no printer gives proves nothing', async () => {
  const { print, machine } = printerOfTest()
  machine.change({ garbage: Uint8Array.of(0xff, 0x00, 0x12) })
  const { result } = await print('one')
  assert.deepEqual([result.kind, machine.paper().length], ['unconfirmed', receipt('one').length])
})

test('a line that takes nothing ends with the whole job’s limit', async () => {
  const { print, stall, isOpen } = printerOfTest({ realTimeStatus: 'never', jobMs: 2_000 })
  stall(true)
  const { result, tookMs } = await print('one')
  assert.equal(result.kind, 'unconfirmed')
  assert.equal(tookMs, 2_000)
  assert.equal(isOpen(), false)
})

test('a line that breaks in mid-job may have printed', async () => {
  const { print, resetAfter } = printerOfTest({ chunkBytes: 16 })
  await print('one')
  resetAfter(40)
  const { result } = await print('two')
  assert.ok(result.kind === 'unconfirmed')
  assert.deepEqual(result.condition, { kind: 'offline', cause: 'connection-lost', detail: 'connection reset' })
  assert.ok(result.bytesSent > 0 && result.bytesSent <= receipt('two').length)
})

test('a refused connection is “busy” before it is “offline”, and a hanging one as well', async () => {
  for (const refusal of ['hangs', { kind: 'refused', detail: 'ECONNREFUSED' }] as const) {
    const { over, printer, refuse, pass, print } = printerOfTest()
    refuse(refusal)
    const cause = refusal === 'hangs' ? 'no-connection' : 'refused'
    assert.deepEqual((await over(printer.condition(forEver))).result, { kind: 'busy', cause })
    await pass(15_000)
    const { result } = await print('one')
    assert.ok(result.kind === 'not-sent' && result.condition.kind === 'offline' && result.condition.cause === cause)
    refuse(null)
    assert.equal((await print('one')).result.kind, 'printed')
    refuse(refusal)
    assert.deepEqual((await over(printer.condition(forEver))).result, { kind: 'busy', cause })
  }
})

test('jobs wait for each other, so that none is printed into another one', async () => {
  const { printer, over, machine, mostAtOnce } = printerOfTest({ chunkBytes: 3 })
  const all = Promise.all(['one', 'two', 'three'].map((text) => printer.print(receipt(text), forEver)))
  const { result } = await over(all)
  assert.deepEqual(
    result.map(({ kind }) => kind),
    ['printed', 'printed', 'printed'],
  )
  assert.equal(mostAtOnce(), 1)
  assert.match(machine.text(), /one\n已收款\ntwo\n已收款\nthree/)
})

test('a caller who stops a job that has not begun gets it back whole, and later not', async () => {
  const { printer, over, machine, print } = printerOfTest()
  machine.change({ silent: true })
  const early = new AbortController()
  const held = printer.print(receipt('one'), early.signal)
  early.abort()
  assert.deepEqual((await over(held)).result, { kind: 'not-sent', condition: { kind: 'busy', cause: 'interrupted' } })
  machine.change({ silent: false })
  await print('two')
  const late = new AbortController()
  const sent = await over(printer.print(receipt('three'), late.signal, () => late.abort()))
  assert.ok(sent.result.kind === 'unconfirmed')
  assert.deepEqual(sent.result.condition, { kind: 'busy', cause: 'interrupted' })
})

test('closing stops what is under way, and nothing is sent afterwards', async () => {
  const { printer, over, machine, settle, openings } = printerOfTest()
  machine.change({ silent: true })
  const held = printer.print(receipt('one'), forEver)
  await settle()
  await over(printer.close())
  assert.equal((await held).kind, 'not-sent')
  assert.equal((await over(printer.print(receipt('two'), forEver))).result.kind, 'not-sent')
  assert.equal(openings(), 1)
})

test('a printer that reports by itself is understood, also where it answers no question', async () => {
  const { over, printer, machine, print } = printerOfTest({ automaticStatus: true })
  assert.equal((await print('one')).result.kind, 'printed')
  machine.change({ coverOpen: true })
  assert.deepEqual((await over(printer.condition(forEver))).result, { kind: 'cover-open' })
})

test('the drawer opens once for each wish, and never where there is none or the printer would open it later', async () => {
  const { over, printer, machine } = printerOfTest({ drawer: usualPulse })
  assert.deepEqual((await over(printer.pulseDrawer(forEver))).result, {
    kind: 'printed',
    proof: 'status-after-data',
  })
  assert.deepEqual(machine.pulses(), [[0x1b, 0x70, 0x00, 0x19, 0xfa]])
  machine.change({ paperOut: true })
  assert.equal((await over(printer.pulseDrawer(forEver))).result.kind, 'not-sent')
  machine.change({ paperOut: false })
  assert.equal(machine.pulses().length, 1)

  const without = printerOfTest()
  assert.deepEqual((await without.over(without.printer.pulseDrawer(forEver))).result, {
    kind: 'not-sent',
    condition: { kind: 'error', cause: 'no-drawer' },
  })
})
