import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { PNG } from 'pngjs'
import { projectRoot } from '../steps/step.ts'
import { type IconPicture, icnsOf, icnsSizes, icoOf, icoSizes, sizesInIcns, sizesInIco } from './icon-files.ts'

const picture = (size: number): IconPicture => ({ size, png: PNG.sync.write(new PNG({ width: size, height: size })) })

test('both files hold every picture, whole and of the size that is said', () => {
  assert.deepEqual(sizesInIco(icoOf(icoSizes.map(picture))), icoSizes)
  assert.deepEqual(new Set(sizesInIcns(icnsOf(icnsSizes.map(picture)))), new Set(icnsSizes))
})

test('a picture that is missing, too large, cut off or of another size is refused', () => {
  assert.throws(() => icnsOf([picture(32)]), /64 pixels is missing/)
  assert.throws(() => icoOf([picture(512)]), /512/)
  const ico = icoOf([picture(16), picture(32)])
  assert.throws(() => sizesInIco(ico.subarray(0, -4)), /whole PNG/)
  assert.throws(() => sizesInIco(icoOf([{ size: 32, png: picture(16).png }])), /another size/)
  const icns = icnsOf(icnsSizes.map(picture))
  assert.throws(() => sizesInIcns(icns.subarray(0, -4)), /whole .icns/)
  assert.throws(() => sizesInIcns(icnsOf(icnsSizes.map((size) => ({ size, png: picture(16).png })))), /16 pixels/)
})

test('the icons in the tree are whole', () => {
  const icon = (name: string): Buffer => readFileSync(join(projectRoot, 'assets', 'icons', name))
  assert.deepEqual(sizesInIco(icon('icon.ico')), icoSizes)
  assert.deepEqual(new Set(sizesInIcns(icon('icon.icns'))), new Set(icnsSizes))
})
