import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import {
  BinaryBitmap,
  Code128Reader,
  DecodeHintType,
  HybridBinarizer,
  QRCodeReader,
  type Reader,
  RGBLuminanceSource,
} from '@zxing/library'
import { PNG } from 'pngjs'

const orderNumber = 'S0010120261130K7QX000042'
const carefully = new Map<DecodeHintType, unknown>([[DecodeHintType.TRY_HARDER, true]])
const folder = new URL('../../docs/screenshots/receipts/', import.meta.url)

/** The grey values of a strip of a picture. */
function strip({ width, data }: PNG, top: number, height: number): Uint8ClampedArray {
  return Uint8ClampedArray.from({ length: width * height }, (_, at) => data[(at + top * width) * 4] ?? 255)
}

/** Every code in a picture, looked for in strips from top to bottom, as a gun is moved over the paper. */
function codesIn(name: string, reader: Reader): ReadonlySet<string> {
  const picture = PNG.sync.read(readFileSync(new URL(name, folder)))
  const found = new Set<string>()
  const height = Math.min(480, picture.height)
  for (let top = 0; top <= picture.height - height; top += 80) {
    const source = new RGBLuminanceSource(strip(picture, top, height), picture.width, height)
    try {
      found.add(reader.decode(new BinaryBitmap(new HybridBinarizer(source)), carefully).getText())
    } catch {
      // No code in this strip.
    }
  }
  return found
}

test('the codes in the pictures of the papers read as the order number', () => {
  for (const kind of ['sale', 'refund', 'revocation', 'case-slip']) {
    assert.ok(codesIn(`${kind}-58-zh-CN.png`, new QRCodeReader()).has(orderNumber), `${kind} on 58 mm`)
    assert.ok(codesIn(`${kind}-80-en.png`, new Code128Reader()).has(orderNumber), `${kind} on 80 mm`)
  }
})

test('the code of a signed receipt in its picture reads as the signed text', () => {
  const texts = [...codesIn('sale-80-zh-CN.png', new QRCodeReader())]
  assert.ok(texts.some((text) => text.startsWith(`SCANTILL1 sale ${orderNumber} 35.80 2026-11-30T19:39:14+08:00 `)))
})
