import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { PNG } from 'pngjs'
import { startFakePrinter } from '../../native/printer/fake-printer.fixture.ts'
import { checkReceipt } from '../cli/check-receipt.ts'
import { receiptPublicKeyFile } from '../receipts/receipt-key.ts'
import { readSignedText } from '../receipts/signed-text.ts'
import { openPrintingTill } from './printing-till.fixture.ts'

const png = (): string => PNG.sync.write(new PNG({ width: 8, height: 8 })).toString('base64')
const signed = /SCANTILL1 [\x20-\x7e]+/

test('papers on the screen: shown, kept as files, designed, and signed where the shop wants that', async (context) => {
  const fake = await startFakePrinter()
  context.after(() => fake.close())
  const printers = [{ kind: 'tcp', address: `127.0.0.1:${fake.port}`, profile: 'generic-80', name: 'counter' }]
  const settings = { printers, printing: 'on-demand', signedReceipts: true }
  const { service, till, pay, place } = await openPrintingTill(context, settings, { equip: undefined })
  const orderNumber = await pay('pays-at-once')
  const wish = { orderNumber, refundNumber: null }

  const shown = await service.call('receipt.show', wish)
  assert.ok(shown.kind === 'shown' && shown.svg.startsWith('<svg '))
  assert.equal((await service.call('receipt.show', { ...wish, orderNumber: 'NOBODY' })).kind, 'no-such-order')
  assert.equal((await service.call('receipt.show', { ...wish, refundNumber: 'NOBODY' })).kind, 'no-such-refund')
  const unpaid = await pay('balance-low')
  assert.equal((await service.call('receipt.show', { ...wish, orderNumber: unpaid })).kind, 'nothing-to-print')

  const kept = await service.call('receipt.save', { ...wish, png: png() })
  assert.ok(kept.kind === 'saved')
  assert.equal(readFileSync(kept.pngPath).toString('base64'), png())
  assert.match(readFileSync(kept.svgPath, 'utf8'), /^<svg /)
  assert.equal((await service.call('receipt.save', { ...wish, png: 'AAAA' })).kind, 'not-a-picture')

  const { templates, paper, logo } = await service.call('receipt.templates', null)
  assert.deepEqual([templates.length, paper, logo], [14, 80, 'none'])
  const sale = templates.find((each) => each.kind === 'sale' && each.paper === 80) ?? assert.fail()
  const bad = { kind: 'sale', paper: 80, text: `{{nonsense}}\n${sale.text}` } as const
  const problems = [{ line: 1, kind: 'slot-unknown', name: 'nonsense' }]
  assert.deepEqual(await service.call('receipt.template-preview', bad), { kind: 'refused', problems })
  assert.deepEqual(await service.call('receipt.template-save', bad), { kind: 'refused', problems })
  const own = { ...bad, text: `Our own words\n${sale.text}` }
  assert.equal((await service.call('receipt.template-preview', own)).kind, 'shown')
  const saved = await service.call('receipt.template-save', own)
  assert.ok(saved.kind === 'saved' && saved.template.isOwn)

  await service.call('receipt.logo', { png: png() })
  assert.equal((await service.call('receipt.templates', null)).logo, 'in-use')
  const refused = await service.call('receipt.logo', { png: 'AAAA' })
  assert.deepEqual(refused, { kind: 'refused', problem: 'not-a-png' })

  await service.call('print.receipt', wish)
  await till.printing.settled()
  assert.match(fake.text(), /Our own words/, 'what was saved is printed at once')
  const paperText = Buffer.from(fake.paper()).toString('latin1')
  const [text = ''] = signed.exec(paperText) ?? []
  const publicKey = join(place.dataDirectory, receiptPublicKeyFile)
  const reading = readSignedText(text, createPublicKey(readFileSync(publicKey)))
  assert.ok(reading.kind === 'genuine' && reading.facts.orderNumber === orderNumber)

  const code = await service.call('display.receipt', { orderNumber })
  assert.ok(code.kind === 'shown' && code.qrSvg.startsWith('<svg '))
  assert.deepEqual(await service.call('display.receipt', { orderNumber: unpaid }), { kind: 'none' })

  const lines: unknown[] = []
  const output = { line: (json: unknown) => void lines.push(json), say: () => undefined }
  const check = (words: string) => {
    const terminal = { input: Readable.from([`${words}\n`]), interrupted: new AbortController().signal }
    return checkReceipt({ place, output, terminal: terminal as never }, {})
  }
  assert.equal(await check(text), 0)
  assert.equal(await check(text.replace('5.00', '6.00')), 1)
  assert.equal(await check('hello'), 2)
  assert.equal((lines[0] as { readonly orderNumber: string }).orderNumber, orderNumber)

  const back = await service.call('receipt.template-reset', { kind: 'sale', paper: 80 })
  assert.ok(back.kind === 'saved' && !back.template.isOwn && back.template.text === sale.text)
  await service.call('receipt.logo', { png: null })
  assert.equal((await service.call('receipt.templates', null)).logo, 'none')
  writeFileSync(join(place.dataDirectory, 'receipt-logo.png'), 'no picture')
  await service.call('receipt.logo', { png: null })
  assert.equal((await service.call('receipt.templates', null)).logo, 'none')
})
