import { join } from 'node:path'
import { _electron, type Browser, type Page } from '@playwright/test'
import type { CallName, Calls, EventName, TillEvents } from '../electron/api/contract.ts'
import { type BrowserHost, startBrowserHost } from '../electron/hosts/browser/browser-host.ts'
import type { TillService } from '../electron/hosts/service.ts'
import { openTill } from '../electron/open-till.ts'
import { type Watch, watchPage } from './watch.ts'

export type ScreenSize = { readonly width: number; readonly height: number }

/** A till that is open and shown. */
export type ShownTill = {
  readonly page: Page
  readonly watch: Watch
  /** What a story may do to the till's answers; null where the till is out of reach, in Electron's own process. */
  readonly prompter: Prompter | null
  /** Closes the till but leaves its page, as a machine that goes down leaves what was on the glass. */
  readonly reopen: () => Promise<void>
  readonly close: () => Promise<void>
}

type Replies = { [Name in CallName]?: Calls[Name]['reply'] }

/** Stands between the till and its window: holds back what the till says, or says something else. */
export type Prompter = {
  /** From now on this call is not carried out, and answered so; null ends it. */
  readonly answerInstead: <Name extends CallName>(name: Name, reply: Calls[Name]['reply'] | null) => void
  /** Holds every answer and event back until the function that it returns is called. */
  readonly hold: () => () => void
}

type PromptedService = { readonly service: TillService; readonly prompter: Prompter }

function prompted(till: TillService): PromptedService {
  const replies: Replies = {}
  let gate: Promise<void> = Promise.resolve()
  const service: TillService = {
    async call<Name extends CallName>(name: Name, request: Calls[Name]['request']): Promise<Calls[Name]['reply']> {
      const instead: Calls[Name]['reply'] | undefined = replies[name]
      const reply = instead ?? (await till.call(name, request))
      await gate
      return reply
    },
    on<Name extends EventName>(name: Name, listener: (event: TillEvents[Name]) => void): () => void {
      return till.on(name, (event) => void gate.then(() => listener(event)))
    },
    close: () => till.close(),
    ...(till.isLocked === undefined ? {} : { isLocked: till.isLocked }),
  }
  return {
    service,
    prompter: {
      answerInstead: (name, reply) => {
        if (reply === null) delete replies[name]
        else Object.assign(replies, { [name]: reply })
      },
      hold: () => {
        const held = Promise.withResolvers<void>()
        gate = held.promise
        return held.resolve
      },
    },
  }
}

export type ShowOptions = {
  readonly dataDirectory: string
  readonly rendererDirectory: string
  readonly size: ScreenSize
  /** Where everything that is scanned is put, for the look-over at the end. */
  readonly scanned: Set<string>
}

/** The till in this process behind the browser host, its page in a context of its own. */
export async function showInBrowser(browser: Browser, options: ShowOptions): Promise<ShownTill> {
  const { dataDirectory, rendererDirectory, size } = options
  const context = await browser.newContext({
    viewport: size,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const watch = await watchPage(page, options.scanned)
  const report = (line: string): void => void watch.problems.push(`host: ${line}`)

  const start = async (): Promise<PromptedService & { readonly host: BrowserHost }> => {
    const opened = await openTill({ dataDirectory, configFile: null, host: 'browser' })
    if (!opened.ok) throw new Error(opened.problem)
    const both = prompted(opened.service)
    const host = await startBrowserHost({ service: both.service, rendererDirectory, report })
    await page.goto(host.address)
    return { ...both, host }
  }
  const stop = async (): Promise<void> => {
    await running.host.close()
    await running.service.close()
  }
  let running = await start()
  return {
    page,
    watch,
    get prompter() {
      return running.prompter
    },
    reopen: async () => {
      await page.goto('about:blank')
      await stop()
      running = await start()
    },
    close: async () => {
      await context.close()
      await stop()
    },
  }
}

/** The built till in Electron's own process. */
export async function showInElectron(program: string, projectRoot: string, options: ShowOptions): Promise<ShownTill> {
  const { dataDirectory, size } = options
  const start = async () => {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const application = await _electron.launch({
      executablePath: program,
      args: [...sandbox, join(projectRoot), '--data', dataDirectory],
    })
    const page = await application.firstWindow()
    const watch = await watchPage(page, options.scanned)
    await application.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
    }, size)
    // The window loads before anyone can watch it; from here on everything is seen.
    await page.reload()
    return { application, page, watch }
  }
  let running = await start()
  return {
    get page() {
      return running.page
    },
    get watch() {
      return running.watch
    },
    prompter: null,
    reopen: async () => {
      await running.application.close()
      running = await start()
    },
    close: () => running.application.close(),
  }
}
