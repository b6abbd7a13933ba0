// `npm run make-icon`: the program's icon as a picture, from the drawing that the window shows too.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { findInstalledBrowser } from '../electron/hosts/browser/installed-browser.mjs'
import { projectRoot } from './steps/step.ts'

/** What all systems' installers make their own sizes from. */
const size = 1_024

const installed = findInstalledBrowser()
const browser = await chromium.launch({
  ...(installed.kind === 'found' ? { executablePath: installed.path } : {}),
  // Chromium refuses its sandbox to root.
  chromiumSandbox: process.getuid?.() !== 0,
})
try {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const svg = readFileSync(join(projectRoot, 'assets', 'scantill.svg'), 'utf8')
  await page.setContent(
    `<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  )
  const folder = join(projectRoot, 'assets', 'icons')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'icon.png'), await page.screenshot({ omitBackground: true }))
} finally {
  await browser.close()
}
