// `npm run make-icon`: the program's icon as a picture and as the files of Windows and macOS, from the drawing that the window
// shows too. Each size is drawn for itself.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { findInstalledBrowser } from '../electron/hosts/browser/installed-browser.mjs'
import { type IconPicture, icnsOf, icnsSizes, icoOf, icoSizes } from './icons/icon-files.ts'
import { projectRoot } from './steps/step.ts'

/** What Linux installers make their own sizes from. */
const wholeSize = 1_024

const installed = findInstalledBrowser()
const browser = await chromium.launch({
  ...(installed.kind === 'found' ? { executablePath: installed.path } : {}),
  // Chromium refuses its sandbox to root.
  chromiumSandbox: process.getuid?.() !== 0,
})
try {
  const svg = readFileSync(join(projectRoot, 'assets', 'scantill.svg'), 'utf8')
  const draw = async (size: number): Promise<IconPicture> => {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    await page.setContent(
      `<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
    )
    const png = await page.screenshot({ omitBackground: true })
    await page.close()
    return { size, png }
  }
  const pictures: IconPicture[] = []
  for (const size of new Set([...icoSizes, ...icnsSizes, wholeSize])) pictures.push(await draw(size))
  const folder = join(projectRoot, 'assets', 'icons')
  mkdirSync(folder, { recursive: true })
  const whole = pictures.find(({ size }) => size === wholeSize)
  if (whole) writeFileSync(join(folder, 'icon.png'), whole.png)
  writeFileSync(join(folder, 'icon.ico'), icoOf(pictures.filter(({ size }) => icoSizes.includes(size))))
  writeFileSync(join(folder, 'icon.icns'), icnsOf(pictures))
} finally {
  await browser.close()
}
