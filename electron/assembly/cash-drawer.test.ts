import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startFakePrinter } from '../../native/printer/fake-printer.fixture.ts'
import type { DrawerDevice, PrinterOutcome } from '../runner/print-ports.ts'
import type { CashNumber } from '../till/ids.ts'
import { drawerAnswer, drawerPatienceMs, keepCashDrawer } from './cash-drawer.ts'
import { configuredEquipment } from './printing-equipment.ts'

const at = { wallMs: 1_000_000, monotonicMs: 5 }
const clock = { now: () => at }
const entry = (number: string, wallMs = at.wallMs) => ({ cashNumber: number as CashNumber, at: { ...at, wallMs } })

function drawerThat(outcome: PrinterOutcome) {
  const pulses: number[] = []
  const device: DrawerDevice = {
    pulse: async () => {
      pulses.push(1)
      return outcome
    },
  }
  return { pulses, drawer: keepCashDrawer(device, clock) }
}

test('an entry of cash opens the drawer once, whatever became of the pulse', async () => {
  for (const [outcome, kind] of [
    [{ kind: 'printed', proof: 'status-after-data' }, 'opened'],
    [{ kind: 'unconfirmed', bytesSent: 5, condition: { kind: 'silent' } }, 'may-be-open'],
    [{ kind: 'not-sent', condition: { kind: 'paper-out' } }, 'not-opened'],
  ] as const) {
    const { pulses, drawer } = drawerThat(outcome)
    const [first, second] = await Promise.all([drawer.open(entry('C1')), drawer.open(entry('C1'))])
    assert.deepEqual([first.kind, second.kind, pulses.length], [kind, 'opened-before', 1])
    assert.equal((await drawer.open(entry('C2'))).kind, kind)
    assert.equal(drawerAnswer(first), kind === 'not-opened' ? 'did-not-open' : kind)
  }
})

test('an entry of a former run opens nothing, and a till without a drawer says so', async () => {
  const { pulses, drawer } = drawerThat({ kind: 'printed', proof: 'status-after-data' })
  assert.equal((await drawer.open(entry('C1', at.wallMs - drawerPatienceMs - 1))).kind, 'too-late')
  assert.deepEqual(pulses, [])
  assert.equal((await keepCashDrawer(null, clock).open(entry('C1'))).kind, 'no-drawer')
})

test('the drawer of the configuration is at the first printer that has one, and gets one pulse and no paper', async (context) => {
  const fake = await startFakePrinter()
  context.after(() => fake.close())
  const { printerSettings, printerSchema } = await import('../settings/printer-schema.ts')
  const settingsOf = (name: string, drawer: boolean) =>
    printerSettings(
      printerSchema.parse({ kind: 'tcp', address: `127.0.0.1:${fake.port}`, profile: 'generic-80', name, drawer }),
    )
  const receipts = { render: async () => null }
  const { printers, drawer } = configuredEquipment(
    { printers: [settingsOf('kitchen', false), settingsOf('counter', true)] },
    receipts,
  )
  assert.equal((await keepCashDrawer(drawer ?? null, clock).open(entry('C1'))).kind, 'opened')
  assert.equal(fake.pulses().length, 1)
  assert.equal(fake.text(), '')
  assert.equal(configuredEquipment({ printers: [settingsOf('kitchen', false)] }, receipts).drawer, undefined)
  await Promise.all(printers.map(({ device }) => device.close()))
})
