import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  BarcodeFormat,
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  MultiFormatReader,
  RGBLuminanceSource,
} from '@zxing/library'
import { XMLValidator } from 'fast-xml-parser'
import { documentKinds, type ReceiptDocument } from '../till/receipt/document.ts'
import { readPaper } from './escpos-paper.fixture.ts'
import { receiptPrinting } from './receipt-bytes.ts'
import { receiptSvg, receiptText } from './receipt-picture.ts'
import { type ReceiptProfile, receiptProfiles } from './receipt-profiles.ts'
import { sampleDocument } from './sample-documents.ts'
import { defaultTemplate } from './templates/default-templates.ts'
import { readTemplate } from './templates/read-template.ts'

const orderNumber = 'S0010120261130K7QX000042'

type Light = { readonly width: number; readonly height: number; readonly light: Uint8ClampedArray }

/** White paper with black rectangles, and a quiet zone around it. */
function paperWith(rectangles: readonly (readonly number[])[]): Light {
  const quiet = 40
  const width = Math.max(...rectangles.map(([x = 0, , w = 0]) => x + w)) + 2 * quiet
  const height = Math.max(...rectangles.map(([, y = 0, , h = 0]) => y + h)) + 2 * quiet
  const light = new Uint8ClampedArray(width * height).fill(255)
  for (const [x = 0, y = 0, w = 0, h = 0] of rectangles) {
    for (let row = y; row < y + h; row += 1) {
      const start = (row + quiet) * width + x + quiet
      light.fill(0, start, start + w)
    }
  }
  return { width, height, light }
}

function scanned({ width, height, light }: Light, format: BarcodeFormat): string {
  const reader = new MultiFormatReader()
  const hints = new Map<DecodeHintType, unknown>([
    [DecodeHintType.POSSIBLE_FORMATS, [format]],
    [DecodeHintType.TRY_HARDER, true],
  ])
  const source = new RGBLuminanceSource(light, width, height)
  return reader.decode(new BinaryBitmap(new HybridBinarizer(source)), hints).getText()
}

/** The rectangles of the paths that an SVG draws codes with: "M x,y l c,0 0,c …" for QR codes, "M x,y h w v h …" for bars. */
function rectanglesOf(svg: string): readonly (readonly number[])[] {
  const cells = [...svg.matchAll(/M(\d+),(\d+)l(\d+),0 0,\3/g)].map(([, x, y, c]) => [x, y, c, c].map(Number))
  const bars = [...svg.matchAll(/M(\d+),(\d+)h(\d+)v(\d+)h-\3z/g)].map(([, x, y, w, h]) => [x, y, w, h].map(Number))
  return [...cells, ...bars]
}

function partsOf(document: ReceiptDocument, profile: ReceiptProfile, drawing: 'screen' | 'gbk' = 'screen') {
  const reading = readTemplate(document.kind, defaultTemplate(document.kind, profile.paper))
  assert.ok(reading.ok)
  const room = { columns: profile.columns, dots: profile.dots, drawing }
  return { template: reading.template, room, logoPng: null }
}

test('the code of a picture is the order number: a QR code on 58 mm, Code 128 on 80 mm', () => {
  for (const [name, format] of [
    ['generic-58', BarcodeFormat.QR_CODE],
    ['generic-80', BarcodeFormat.CODE_128],
  ] as const) {
    const profile = receiptProfiles[name]
    const sale = sampleDocument('sale', { profile, language: 'zh-CN' })
    const svg = receiptSvg(sale, partsOf(sale, profile))
    assert.equal(scanned(paperWith(rectanglesOf(svg)), format), orderNumber)
  }
})

test('a printer without a QR code of its own gets one as a picture, which reads as the order number', () => {
  const profile = receiptProfiles['generic-58-gbk']
  const sale = sampleDocument('sale', { profile, language: 'zh-CN' })
  const things = readPaper(receiptPrinting(partsOf(sale, profile).template, profile, '')(sale), profile)
  const picture = things.find((thing) => thing.kind === 'picture')
  assert.ok(picture?.kind === 'picture')
  const dots: number[][] = []
  for (let at = 0; at < picture.widthDots * picture.heightDots; at += 1) {
    if (((picture.bits[at >> 3] ?? 0) & (128 >> (at & 7))) !== 0) {
      dots.push([at % picture.widthDots, Math.floor(at / picture.widthDots), 1, 1])
    }
  }
  assert.equal(scanned(paperWith(dots), BarcodeFormat.QR_CODE), orderNumber)
})

test('every paper is a well-formed picture that loads nothing, the same each time', () => {
  for (const kind of documentKinds) {
    for (const language of ['zh-CN', 'en'] as const) {
      const profile = receiptProfiles['generic-80']
      const document = sampleDocument(kind, { profile, language, copy: 2, training: true })
      const parts = partsOf(document, profile)
      const svg = receiptSvg(document, parts)
      assert.equal(XMLValidator.validate(svg), true, kind)
      assert.doesNotMatch(svg.replaceAll('http://www.w3.org/2000/svg', ''), /http|@import|<script|javascript:/)
      assert.equal(receiptSvg(document, parts), svg)
    }
  }
})

test('names are text in the picture, whatever they look like', () => {
  const profile = receiptProfiles['generic-58']
  const sale = sampleDocument('sale', { profile, language: 'en' })
  const name = '</text><script>&"\u0000😀'
  const svg = receiptSvg({ ...sale, fields: { ...sale.fields, storeName: name } }, partsOf(sale, profile))
  assert.equal(XMLValidator.validate(svg), true)
  assert.ok(!svg.includes('<script'))
  const characters = [...svg.matchAll(/<tspan x="\d+">([^<]*)<\/tspan>/g)].map(([, text = '']) => text)
  assert.ok(characters.join('').includes('&lt;/text&gt;&lt;script&gt;&amp;"'))
})

test('the text of a paper has its rows within the columns', () => {
  const profile = receiptProfiles['generic-58']
  const slip = sampleDocument('case-slip', { profile, language: 'en' })
  const text = receiptText(slip, partsOf(slip, profile))
  for (const row of text.split('\n')) assert.ok(row.length <= 32, row)
  assert.ok(text.includes('The shop goes on asking. If you\nwere charged, the money is\nreturned the way it came;'))
})
