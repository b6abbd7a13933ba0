// `npm run receipt-pictures`: every paper at both widths in both languages, drawn by a browser, into
// docs/screenshots/receipts. They are to be looked at; no test compares them.
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { PNG } from 'pngjs'
import { findInstalledBrowser } from '../electron/hosts/browser/installed-browser.mjs'
import { receiptSvg } from '../electron/receipts/receipt-picture.ts'
import { receiptProfiles } from '../electron/receipts/receipt-profiles.ts'
import { sampleDocument } from '../electron/receipts/sample-documents.ts'
import { signedText } from '../electron/receipts/signed-text.ts'
import { defaultTemplate, paperWidths } from '../electron/receipts/templates/default-templates.ts'
import { readTemplate } from '../electron/receipts/templates/read-template.ts'
import { fen } from '../electron/till/money.ts'
import { isOrderNumber } from '../electron/till/order-number.ts'
import { documentKinds, receiptLanguages } from '../electron/till/receipt/document.ts'
import { projectRoot } from './steps/step.ts'

const folder = join(projectRoot, 'docs/screenshots/receipts')

/** The same picture in a few greys, which is all that paper has, and small. */
function greyPng(png: Buffer): Buffer {
  const picture = PNG.sync.read(png)
  const step = 85
  for (const [at, value] of picture.data.entries()) picture.data[at] = Math.round(value / step) * step
  return PNG.sync.write(picture, { colorType: 0, bitDepth: 8, deflateLevel: 9, filterType: 0 })
}

function signedSample(): string {
  const orderNumber = 'S0010120261130K7QX000042'
  if (!isOrderNumber(orderNumber)) throw new Error('the sample has no order number')
  const { privateKey } = generateKeyPairSync('ed25519')
  const wallMs = Date.UTC(2026, 10, 30, 11, 39, 14)
  return signedText({ kind: 'sale', orderNumber, amountFen: fen(3_580), wallMs }, privateKey)
}

const installed = findInstalledBrowser()
const browser = await chromium.launch({
  ...(installed.kind === 'found' ? { executablePath: installed.path } : {}),
  // Chromium refuses its sandbox to root.
  chromiumSandbox: process.getuid?.() !== 0,
})
try {
  mkdirSync(folder, { recursive: true })
  const page = await browser.newPage()
  const text = signedSample()
  for (const kind of documentKinds) {
    for (const paper of paperWidths) {
      const profile = receiptProfiles[`generic-${paper}`]
      const reading = readTemplate(kind, defaultTemplate(kind, paper))
      if (!reading.ok) throw new Error(`no template for ${kind} on ${paper} mm`)
      for (const language of receiptLanguages) {
        // One paper of each kind shows what a copy and a training paper look like.
        const isMarked = paper === 58 && kind === 'revocation'
        const document = sampleDocument(kind, {
          profile,
          language,
          signedText: text,
          ...(isMarked ? { copy: 2, training: true } : {}),
        })
        const room = { columns: profile.columns, dots: profile.dots, drawing: profile.encoding }
        await page.setContent(
          `<style>body{margin:0}svg{display:block}</style>${receiptSvg(document, { template: reading.template, room, logoPng: null })}`,
        )
        const png = await page.locator('svg').first().screenshot()
        writeFileSync(join(folder, `${kind}-${paper}-${language}.png`), greyPng(png))
      }
    }
  }
} finally {
  await browser.close()
}
console.log(`receipt pictures: ${documentKinds.length * paperWidths.length * receiptLanguages.length} in ${folder}`)
