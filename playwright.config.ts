import { defineConfig } from '@playwright/test'
import { findTestBrowser } from './electron/hosts/browser/installed-browser.mjs'

const browser = findTestBrowser()
const isRoot = process.getuid?.() === 0

/** The counter stories. A default export, because Playwright loads its configuration so. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/stories',
  // Each story starts tills of its own and waits for them much of the time: two files at a time keep two cores busy. With
  // three a story of seconds can miss its moment.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  reporter: [[process.stdout.isTTY ? 'line' : 'dot'], ['json']],
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // A trace costs every story a quarter more, so it is recorded where somebody asks: `npm run test:e2e -- --trace on`.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(browser.kind === 'found' ? { executablePath: browser.path } : {}),
      // Chromium refuses its sandbox to root; everyone else tests with it.
      chromiumSandbox: !isRoot,
      args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--lang=zh-CN'],
    },
  },
})
