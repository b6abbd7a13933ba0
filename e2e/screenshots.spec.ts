import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { smallerPng } from './smaller-png.ts'
import { expect, hostName, largeScreen, type ScreenSize, smallScreen, test, usualScreen } from './till.ts'
import { type Stop, walk, walkOptions } from './walk.ts'

// The pictures of docs/screenshots. Only when asked for: SCANTILL_SCREENSHOTS=1 npm run test:e2e -- screenshots

test.skip(process.env['SCANTILL_SCREENSHOTS'] !== '1', 'writes into docs/screenshots, with SCANTILL_SCREENSHOTS=1 only')
test.skip(hostName === 'electron', 'holds the till’s answers back, which takes the till in the test’s own process')

const folder = join(import.meta.dirname, '..', 'docs', 'screenshots')

/** What is worth a picture on the smallest and the largest screen too. */
const mainStops: ReadonlySet<Stop> = new Set([
  'idle',
  'scan-awaited',
  'waiting-for-password',
  'unknown',
  'paid',
  'failed',
  'revoked-closed',
  'revoked-refunded',
  'attention',
  'guard',
  'orders',
  'desk',
  'desk-settle',
  'evidence',
  'scan-guns',
  'channels',
  'rescue-paid',
])
const sizes: readonly ScreenSize[] = [usualScreen, smallScreen, largeScreen]

for (const language of ['zh-CN', 'en'] as const) {
  test(`pictures in ${language}`, async ({ open }) => {
    test.setTimeout(180_000)
    const pictures: { readonly path: string; readonly picture: Buffer }[] = []
    const seen = new Set<Stop>()
    const till = await open({ ...walkOptions, language, size: usualScreen })
    await walk(
      till,
      async (stop) => {
        seen.add(stop)
        for (const size of sizes) {
          if (size !== usualScreen && !mainStops.has(stop)) continue
          await till.page.setViewportSize(size)
          const place = join(folder, `${language}-${size.width}x${size.height}`)
          const picture = await till.page.screenshot({ animations: 'disabled' })
          pictures.push({ path: join(place, `${stop}.png`), picture })
        }
        await till.page.setViewportSize(usualScreen)
      },
      { patient: true },
    )
    expect([...seen]).toEqual(expect.arrayContaining([...mainStops]))
    for (const { path, picture } of pictures) {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, smallerPng(picture))
    }
  })
}
