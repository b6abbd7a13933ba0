import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PNG } from 'pngjs'
import { readPaper } from './escpos-paper.fixture.ts'
import { readLogo } from './receipt-logo.ts'

function picture(width: number, height: number, colourAt: (x: number, y: number) => readonly number[]): Buffer {
  const png = new PNG({ width, height })
  for (let at = 0; at < width * height; at += 1) png.data.set(colourAt(at % width, Math.floor(at / width)), at * 4)
  return PNG.sync.write(png)
}

const black = [0, 0, 0, 255]
const white = [255, 255, 255, 255]
const clear = [0, 0, 0, 0]

test('a logo keeps its shape, clear is paper, and it prints as a picture of the paper’s width', () => {
  const file = picture(16, 2, (x, y) => (x < 8 ? black : y === 0 ? white : clear))
  const reading = readLogo(file, 384)
  assert.ok(reading.ok)
  const { bytes, png, widthDots, heightDots } = reading.logo
  assert.deepEqual([widthDots, heightDots], [16, 2])
  const [thing] = readPaper(Buffer.from(bytes, 'latin1'), { dots: 384, encoding: 'gb18030' })
  assert.ok(thing?.kind === 'picture')
  assert.deepEqual([...thing.bits], [255, 0, 255, 0])
  const again = PNG.sync.read(Buffer.from(png))
  assert.deepEqual([...again.data.subarray(7 * 4, 9 * 4)], [...black, ...white])
})

test('a wide logo is made smaller, and grey becomes as many black dots as it is dark', () => {
  const reading = readLogo(
    picture(1_000, 100, () => [128, 128, 128, 255]),
    384,
  )
  assert.ok(reading.ok)
  const { bytes, widthDots, heightDots } = reading.logo
  assert.deepEqual([widthDots, heightDots], [384, 38])
  const [thing] = readPaper(Buffer.from(bytes, 'latin1'), { dots: 384, encoding: 'gb18030' })
  assert.ok(thing?.kind === 'picture')
  const dots = thing.bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
  assert.ok(Math.abs(dots / (384 * 38) - 0.5) < 0.02, String(dots))
})

test('a picture of 40 megapixels is refused by its header, before a pixel is decoded', () => {
  const file = picture(1, 1, () => black)
  file.writeUInt32BE(8_000, 16)
  file.writeUInt32BE(5_000, 20)
  assert.deepEqual(readLogo(file, 384), {
    ok: false,
    problem: { kind: 'too-many-pixels', pixels: 40_000_000, pixelsMax: 4_000_000 },
  })
})

test('what is no picture is told apart from one that is damaged', () => {
  const file = picture(8, 8, () => black)
  const refused = (bytes: Uint8Array) => {
    const reading = readLogo(bytes, 384)
    return reading.ok ? 'ok' : reading.problem.kind
  }
  assert.equal(refused(Buffer.from('GIF89a')), 'not-a-png')
  assert.equal(refused(new Uint8Array()), 'not-a-png')
  assert.equal(refused(file.subarray(0, 40)), 'damaged')
  // More rows than the data has.
  const longer = Buffer.from(file)
  longer.writeUInt32BE(500, 20)
  assert.equal(refused(longer), 'damaged')
  assert.equal(refused(Buffer.concat([file, Buffer.alloc(2_000_000)])), 'file-too-large')
})
