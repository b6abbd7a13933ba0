import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type FakeTill, fakeTill } from '../fake-till.fixture.ts'
import type { OpenedTill, OpenTillOptions } from '../service.ts'
import * as electron from './electron-stand-in.fixture.ts'

const standIn = new URL('./electron-stand-in.fixture.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: standIn, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})
const { runElectronTill } = await import('./run-electron-till.ts')

export type Started = {
  readonly till: FakeTill
  readonly opened: OpenTillOptions[]
  readonly reported: string[]
  readonly dataDirectory: string
  readonly window: electron.StandInWindow
}

export type StartOptions = {
  readonly electronChanges?: Parameters<typeof electron.resetElectron>[0]
  readonly openTill?: (options: OpenTillOptions) => Promise<OpenedTill>
  readonly args?: readonly string[]
}

/** Starts the application in a fresh stand-in and a fresh data folder. */
export async function startInStandIn(
  context: TestContext,
  { electronChanges, openTill, args }: StartOptions = {},
): Promise<Started> {
  electron.resetElectron(electronChanges)
  const folder = await mkdtemp(join(tmpdir(), 'scantill-electron-'))
  context.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>page</title>')
  const till = fakeTill()
  const opened: OpenTillOptions[] = []
  const reported: string[] = []
  const dataDirectory = join(folder, 'data')
  const running = runElectronTill({
    openTill: async (options) => {
      opened.push(options)
      return (await openTill?.(options)) ?? { ok: true, service: till }
    },
    rendererDirectory: folder,
    preloadFile: join(folder, 'preload.cjs'),
    args: args ?? ['--no-sandbox', folder, '--data', dataDirectory],
    machine: { platform: 'linux', environment: {}, homeDirectory: folder },
    report: (line) => void reported.push(line),
  })
  electron.becomeReady()
  await running
  const [window] = electron.seen().windows
  // Tests of starts that open no window do not look at it.
  return { till, opened, reported, dataDirectory, window: window as electron.StandInWindow }
}
