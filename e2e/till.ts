import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Page, test as playwrightTest } from '@playwright/test'
import type { Language } from '../electron/api/contract.ts'
import { findElectron } from '../electron/hosts/electron-binary.ts'
import { auditDataFolder, auditPage, type Judge } from './audit.ts'
import { type Counter, counterOf } from './counter.ts'
import { makeDataFolder, makeTemplate, type PartOfConfiguration, type Policy, removeFolder } from './data-folder.ts'
import { type Prompter, type ScreenSize, type ShownTill, showInBrowser, showInElectron } from './shown-till.ts'
import type { Watch } from './watch.ts'

export { expect } from '@playwright/test'
export type { ScreenSize } from './shown-till.ts'

/** One till with its window, on a data folder of its own. */
export type Till = {
  readonly page: Page
  readonly counter: Counter
  readonly watch: Watch
  readonly dataDirectory: string
  readonly language: Language
  readonly prompter: Prompter | null
  /** Closes the till and opens it again on the same data folder. */
  readonly reopen: () => Promise<void>
  /** For stories that press the language's key. */
  readonly speaks: (language: Language) => void
}

export type TillOptions = {
  readonly language?: Language
  readonly size?: ScreenSize
  readonly policy?: Partial<Policy>
  readonly alipayPolicy?: Partial<Policy>
  /** What the configuration has beside language and policy; nothing means the till's own training. */
  readonly configure?: (dataDirectory: string) => Promise<PartOfConfiguration>
  /** Whose books judge the till, where that is not the training of its own data folder. */
  readonly judge?: Judge
}

export const smallScreen: ScreenSize = { width: 1024, height: 768 }
export const usualScreen: ScreenSize = { width: 1366, height: 768 }
export const largeScreen: ScreenSize = { width: 1920, height: 1080 }

/** Whether every story is told in every way, which takes twice the time. */
export const tellsAll = process.env['SCANTILL_STORIES'] === 'all'

/**
 * The languages in which a story is told whose way is the same in both: each run tells it in one, `SCANTILL_STORIES=all`
 * in both, and so do pictures. The screens themselves are looked over in both languages always (legibility.spec.ts).
 */
export const toldIn = (usual: Language): readonly Language[] =>
  tellsAll || process.env['SCANTILL_SCREENSHOTS'] === '1' ? ['zh-CN', 'en'] : [usual]

const projectRoot = join(import.meta.dirname, '..')

/**
 * Electron where its binary is on the disk. `SCANTILL_E2E_HOST=browser` asks for the browser host all the same, and
 * `SCANTILL_E2E_HOST=electron` for Electron and nothing else: without it every story is skipped and says why.
 */
const hostWanted = process.env['SCANTILL_E2E_HOST']
const electron = hostWanted === 'browser' ? null : findElectron(projectRoot, process.env, process.platform)

/** Why stories of Electron's own powers are not told; null where they are. */
export const noElectron: string | null =
  electron !== null
    ? null
    : hostWanted === 'browser'
      ? 'SCANTILL_E2E_HOST asks for the browser host'
      : 'Electron’s binary is not on this machine (docs/packaging.md)'

export const hostName = electron === null ? 'browser' : 'electron'

type Fixtures = {
  /** Opens one more till; each is looked over at the end of the story. */
  readonly open: (options?: TillOptions) => Promise<Till>
  /** A till that speaks Chinese on the usual screen. */
  readonly till: Till
}

type WorkerFixtures = {
  /** A data folder to start from. */
  readonly template: string
  /** The built page as it was when the worker started: a build meanwhile must not change a story. */
  readonly rendererDirectory: string
}

type Opened = {
  readonly till: Till
  readonly shown: ShownTill
  readonly scanned: ReadonlySet<string>
  readonly judge: Judge | undefined
}

export const test = playwrightTest.extend<Fixtures, WorkerFixtures>({
  template: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs.
    async ({}, use) => {
      const folder = await makeTemplate()
      await use(folder)
      await removeFolder(folder)
    },
    { scope: 'worker' },
  ],
  rendererDirectory: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs.
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'scantill-story-page-'))
      await cp(join(projectRoot, 'dist', 'renderer'), folder, { recursive: true })
      await use(folder)
      await removeFolder(folder)
    },
    { scope: 'worker' },
  ],
  open: async ({ browser, template, rendererDirectory }, use, testInfo) => {
    testInfo.skip(hostWanted === 'electron' && noElectron !== null, noElectron ?? '')
    const opened: Opened[] = []
    await use(
      async ({
        language = 'zh-CN',
        size = usualScreen,
        policy = {},
        alipayPolicy = {},
        configure = async () => ({}),
        judge,
      } = {}) => {
        const dataDirectory = await makeDataFolder(template, { language, policy, alipayPolicy, configure })
        const scanned = new Set<string>()
        const options = { dataDirectory, rendererDirectory, size, scanned }
        const shown =
          electron === null
            ? await showInBrowser(browser, options)
            : await showInElectron(electron, projectRoot, options)
        const till = tillOf(shown, { dataDirectory, language, scanned })
        opened.push({ till, shown, scanned, judge })
        await till.counter.shows('idle')
        return till
      },
    )
    const failed = testInfo.errors.length > 0
    const ends = await Promise.allSettled(opened.map(lookOver))
    const broken = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []))
    if (!failed && broken.length > 0) throw broken[0]
  },
  till: async ({ open }, use) => {
    await use(await open())
  },
})

type Beginning = { readonly dataDirectory: string; readonly language: Language; readonly scanned: Set<string> }

function tillOf(shown: ShownTill, { dataDirectory, language: configured, scanned }: Beginning): Till {
  let language = configured
  return {
    get page() {
      return shown.page
    },
    get watch() {
      return shown.watch
    },
    get prompter() {
      return shown.prompter
    },
    get language() {
      return language
    },
    counter: counterOf(
      () => shown.page,
      () => language,
      scanned,
    ),
    dataDirectory,
    reopen: shown.reopen,
    speaks: (now) => {
      language = now
    },
  }
}

async function lookOver({ till, shown, scanned, judge }: Opened): Promise<void> {
  const { dataDirectory, watch, page } = till
  try {
    await auditPage(page, watch, scanned).finally(shown.close)
    await auditDataFolder(dataDirectory, scanned, judge)
  } finally {
    await removeFolder(dataDirectory)
  }
}
