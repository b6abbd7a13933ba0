import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from '@playwright/test'
import { startBrowserHost } from '../electron/hosts/browser/browser-host.ts'
import type { OpenedTill } from '../electron/hosts/service.ts'
import { waitForTill } from '../electron/hosts/waiting-till.ts'
import { openTill } from '../electron/open-till.ts'
import { makeDataFolder, removeFolder } from './data-folder.ts'
import { expect, hostName, largeScreen, smallScreen, test } from './till.ts'

// A till that cannot open tells a person in front of its window, in both languages, and opens once it can.

const plain = { language: 'zh-CN', policy: {}, alipayPolicy: {}, configure: async () => ({}) } as const

type Damaged = { readonly dataDirectory: string; readonly mend: () => void }

const backupsIn = (dataDirectory: string): readonly string[] => {
  try {
    return readdirSync(join(dataDirectory, 'backups')).filter((name) => name.endsWith('.json'))
  } catch {
    return []
  }
}

/** A data folder that a till has worked in; its ledger was changed by somebody else meanwhile. */
async function damagedLedger(template: string): Promise<Damaged> {
  const dataDirectory = await makeDataFolder(template, plain)
  const opened = await openTill({ dataDirectory, configFile: null, host: 'browser' })
  if (!opened.ok) throw new Error(opened.problem)
  await expect.poll(() => backupsIn(dataDirectory).length).toBe(1)
  await opened.service.close()
  const path = join(dataDirectory, 'ledger.sqlite')
  const ledger = new DatabaseSync(path)
  ledger.exec(`DROP TRIGGER journal_is_never_updated; UPDATE journal SET payload = '{"ledgerMark":"AAAA"}'`)
  ledger.close()
  return {
    dataDirectory,
    mend: () => {
      const [name = ''] = backupsIn(dataDirectory)
      rmSync(path)
      copyFileSync(join(dataDirectory, 'backups', name.replace('.json', '.sqlite')), path)
    },
  }
}

/** Shows the till, or what stands in for it, as `npm start` does. */
async function show(page: Page, dataDirectory: string, rendererDirectory: string): Promise<() => Promise<void>> {
  const open = (): Promise<OpenedTill> => openTill({ dataDirectory, configFile: null, host: 'browser' })
  const opened = await open()
  const report = (): void => undefined
  const service = opened.ok ? opened.service : waitForTill(opened, open, report)
  const host = await startBrowserHost({ service, rendererDirectory, report })
  await page.goto(host.address)
  return async () => {
    await page.close()
    await host.close()
    await service.close()
    await removeFolder(dataDirectory)
  }
}

test.skip(hostName === 'electron', 'opens the host in the test’s own process')

test('a damaged ledger: the reason, the backup and the command in both languages; then it opens', async ({
  page,
  template,
  rendererDirectory,
}, testInfo) => {
  const { dataDirectory, mend } = await damagedLedger(template)
  const end = await show(page, dataDirectory, rendererDirectory)
  const shown = page.locator('main.trouble')
  for (const size of [smallScreen, largeScreen]) {
    await page.setViewportSize(size)
    await expect(shown).toHaveAttribute('data-trouble', 'chain-broken')
    await page.screenshot({ path: testInfo.outputPath(`damaged-${size.width}.png`) })
    await expect(page.getByRole('button', { name: /再试一次/ })).toBeInViewport({ ratio: 1 })
    await expect(page.locator('code').first()).toBeInViewport({ ratio: 1 })
  }
  await expect(shown).toContainText('收银台现在打不开')
  await expect(shown).toContainText('没有发起任何收款')
  await expect(shown).toContainText('The till cannot open now')
  await expect(shown).toContainText('No payment was started')
  await expect(shown).toContainText(/till restore --backup backup-000001-\d{8}-\d{4}-start/)

  // The keyboard alone: the one button has the focus.
  await expect(page.getByRole('button', { name: /再试一次/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /再试一次/ })).toBeFocused()
  await expect(shown).toHaveAttribute('data-trouble', 'chain-broken')
  mend()
  await page.keyboard.press('Enter')
  await expect(page.locator('main.counter')).toHaveAttribute('data-scene', 'idle')
  await end()
})

test('a half-written configuration: file and line, and nothing opens half configured', async ({
  page,
  template,
  rendererDirectory,
}, testInfo) => {
  const dataDirectory = await makeDataFolder(template, plain)
  writeFileSync(join(dataDirectory, 'config.json'), '{\n  "store": { "id": "S001",\n  "till": {')
  const end = await show(page, dataDirectory, rendererDirectory)
  const shown = page.locator('main.trouble')
  await page.setViewportSize(smallScreen)
  await expect(shown).toHaveAttribute('data-trouble', 'settings')
  await page.screenshot({ path: testInfo.outputPath('settings-1024.png') })
  await expect(shown).toContainText('config.json')
  await expect(shown).toContainText(/line 3/)
  await expect(shown).not.toContainText('till restore')
  writeFileSync(join(dataDirectory, 'config.json'), '{}')
  await page.keyboard.press('Enter')
  await expect(page.locator('main.counter')).toHaveAttribute('data-scene', 'idle')
  await end()
})
