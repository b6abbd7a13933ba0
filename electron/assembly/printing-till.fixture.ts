import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { PrinterNow, PrinterOutcome } from '../runner/print-ports.ts'
import { makePracticeCode, type Story } from '../training/practice-code.ts'
import { copyTrainingKeys } from '../training/shared-keys.fixture.ts'
import { assembleTill, type TillPlace } from './assemble.ts'
import { noGuns } from './no-guns.fixture.ts'
import type { DocumentFacts } from './print-documents.ts'
import { printingView } from './print-view.ts'
import { createAnnouncer, createTillService } from './service.ts'

const policy = {
  firstQueryMs: 50,
  pollMs: 50,
  windowMs: 100,
  revokeMinAgeMs: 50,
  revokeRetryMs: [20],
  requestTimeoutMs: 2_000,
  refundRetryMs: [50],
  refundAskMs: [50],
}
let serial = 700

/**
 * A whole till in training mode with a printer that does as the test says, and what came onto its paper; with
 * `equip: undefined` the printers are those of its configuration.
 */
export async function openPrintingTill(
  context: TestContext,
  settings: object = {},
  own: { readonly equip: TillPlace['equip'] } | null = null,
) {
  const data = mkdtempSync(join(tmpdir(), 'printing-'))
  copyTrainingKeys(data)
  writeFileSync(join(data, 'config.json'), JSON.stringify({ policy: { wechat: policy, alipay: policy }, ...settings }))
  const printer = { now: { kind: 'ready' } as PrinterNow, outcomes: [] as PrinterOutcome[] }
  const paper: string[] = []
  const device = {
    condition: async () => printer.now,
    print: async (bytes: Uint8Array): Promise<PrinterOutcome> => {
      paper.push(new TextDecoder().decode(bytes))
      return printer.outcomes.shift() ?? { kind: 'printed', proof: 'status-after-data' }
    },
    close: async () => undefined,
  }
  const textOf = (facts: DocumentFacts): string => {
    if ('refund' in facts) return `${facts.kind} ${facts.refund.amountFen}`
    if ('facts' in facts) return `${facts.kind} ${facts.facts.money.known}`
    return 'order' in facts ? `${facts.kind} ${facts.order.amountFen}` : facts.kind
  }
  const place: TillPlace = {
    dataDirectory: data,
    configFile: null,
    environment: {},
    ...(own ?? {
      equip: () => ({
        printers: [{ name: 'counter', device, fallback: null, silenceIsEnough: false }],
        render: async ({ facts, copy }) =>
          new TextEncoder().encode(`${textOf(facts)}${copy > 1 ? ` 补打 ${copy}` : ''}`),
      }),
    }),
  }
  const announcer = createAnnouncer()
  const checks = new Set<() => void>()
  const checkAll = (): void => {
    for (const check of checks) check()
  }
  /** Resolves when the condition holds after a change of an order or a refund. */
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!condition()) return
        checks.delete(check)
        resolve()
      }
      checks.add(check)
      check()
    })
  const assembly = await assembleTill(place, {
    onChange: checkAll,
    onRefundChange: checkAll,
    onReadiness: () => undefined,
    onPrintJobChange: () => announcer.tell('print.changed', printingView(till)),
  })
  assert.ok(assembly.ok)
  const { till } = assembly
  const service = createTillService(till, 'browser', announcer, noGuns)
  let isClosed = false
  const close = async () => {
    if (isClosed) return
    isClosed = true
    await service.close()
  }
  context.after(async () => {
    await close()
    rmSync(data, { recursive: true, force: true })
  })
  const pay = async (story: Story) => {
    serial += 1
    const scan = makePracticeCode('wechat', story, String(serial).padStart(10, '0'))
    const started = await service.call('sale.scan', { amountText: '5', scan, saleId: null, anotherCustomer: true })
    assert.ok(started.kind === 'started')
    const { orderNumber } = started.order
    const isOpen = () => till.runner.open().some((order) => order.orderNumber === orderNumber)
    const isCase = () =>
      till.runner.open().some(({ status, inFlight }) => status === 'attention' && inFlight === 'none')
    await until(() => !isOpen() || isCase())
    await till.printing.settled()
    return orderNumber
  }
  return { service, till, pay, until, printer, paper, place, close }
}
