import { generateKeyPairSync } from 'node:crypto'
import receiptline from 'receiptline'
import { filledLines, paperMarkup } from '../../electron/receipts/filled-lines.ts'
import { receiptPrinting } from '../../electron/receipts/receipt-bytes.ts'
import { type ReceiptProfile, receiptProfiles } from '../../electron/receipts/receipt-profiles.ts'
import { sampleDocument } from '../../electron/receipts/sample-documents.ts'
import { signedText } from '../../electron/receipts/signed-text.ts'
import { defaultTemplate } from '../../electron/receipts/templates/default-templates.ts'
import { readTemplate } from '../../electron/receipts/templates/read-template.ts'
import type { OrderNumber } from '../../electron/till/ids.ts'
import { fen } from '../../electron/till/money.ts'
import type { ReceiptDocument } from '../../electron/till/receipt/document.ts'
import { moneyText } from '../../electron/till/receipt/paper.ts'
import { shanghaiDateTime } from '../../electron/till/time.ts'
import { markdownTable } from '../figures/markdown-table.ts'
import { ascending, quantile } from '../figures/quantiles.ts'

type Run = { readonly name: string; readonly profile: ReceiptProfile; readonly isSigned: boolean }

const runs: readonly Run[] = [
  { name: '58 mm', profile: receiptProfiles['generic-58'], isSigned: false },
  { name: '80 mm', profile: receiptProfiles['generic-80'], isSigned: false },
  { name: '80 mm, signed QR code', profile: receiptProfiles['generic-80'], isSigned: true },
  { name: '58 mm, QR codes as pictures', profile: receiptProfiles['generic-58-gbk'], isSigned: false },
]

/** Sales one after the other: number, time, amount and wallet's number change, as in a shop. */
function saleOf(
  index: number,
  { profile, isSigned }: Run,
  privateKey: Parameters<typeof signedText>[1],
): ReceiptDocument {
  const orderNumber = `S0010120261130K7QX${String(index).padStart(6, '0')}` as OrderNumber
  const wallMs = Date.UTC(2026, 10, 30, 1) + index * 7_000
  const amountFen = fen(((index * 7_919) % 20_000) + 1)
  const signed = isSigned ? signedText({ kind: 'sale', orderNumber, amountFen, wallMs }, privateKey) : null
  const sample = sampleDocument('sale', { profile, language: 'zh-CN', signedText: signed })
  const changed = {
    orderNumber,
    amount: moneyText(amountFen),
    time: shanghaiDateTime(wallMs),
    printed: shanghaiDateTime(wallMs + 2_000),
    transactionId: `42000024562026113045678${String(index).padStart(5, '0')}`,
  }
  return { ...sample, fields: { ...sample.fields, ...changed }, lists: { goods: [] } }
}

/**
 * Microseconds from a sale to its bytes: ours, and receiptline alone, given the same text ready made and its own ESC/POS
 * commands. Both take every receipt in turn, each first equally often; a receipt is never drawn twice by the same side.
 */
export function receiptSpeedTable(receipts: number): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  const rows = runs.map((run) => {
    const { profile } = run
    const { columns, dots, encoding } = profile
    const reading = readTemplate('sale', defaultTemplate('sale', profile.paper))
    if (!reading.ok) throw new Error('the default template is not one')
    const { template } = reading
    const print = receiptPrinting(template, profile, '')
    const room = { columns, dots, drawing: encoding }
    const alone = {
      cpl: columns,
      encoding: 'gb18030',
      spacing: true,
      cutting: profile.hasCutter,
      command: 'generic',
    } as const
    const oursUs: number[] = []
    const aloneUs: number[] = []
    let bytesOurs = 0
    let bytesAlone = 0
    const timed = (into: number[], draw: () => Uint8Array): number => {
      const startedMs = performance.now()
      const bytes = draw()
      into.push((performance.now() - startedMs) * 1_000)
      return bytes.length
    }
    const warmUp = Math.ceil(receipts / 10)
    for (let index = 0; index < receipts + warmUp; index += 1) {
      const sale = saleOf(index, run, privateKey)
      const text = paperMarkup(filledLines(template, sale, { hasLogo: false, drawing: encoding }), room)
      const isWarm = index >= warmUp
      const sides = [
        () => (bytesOurs = timed(isWarm ? oursUs : [], () => print(sale))),
        () =>
          (bytesAlone = timed(isWarm ? aloneUs : [], () => Buffer.from(receiptline.transform(text, alone), 'latin1'))),
      ]
      for (const side of index % 2 === 0 ? sides : sides.toReversed()) side()
    }
    const [ours, theirs] = [ascending(oursUs), ascending(aloneUs)]
    const figures = [0.5, 0.9].flatMap((q) => {
      const [a, b] = [quantile(ours, q), quantile(theirs, q)]
      return [a.toFixed(0), b.toFixed(0), (a / b).toFixed(2)]
    })
    return [run.name, ...figures, String(bytesOurs), String(bytesAlone)]
  })
  return markdownTable(
    [
      'paper',
      'ours p50 µs',
      'alone p50 µs',
      'ratio',
      'ours p90 µs',
      'alone p90 µs',
      'ratio',
      'bytes ours',
      'bytes alone',
    ],
    rows,
  )
}
