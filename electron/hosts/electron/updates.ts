import { app } from 'electron'
import type { AppUpdater } from 'electron-updater'
import type { OpenUpdater } from '../../assembly/update-keeper.ts'

/** The parts of electron-updater that the till uses; whether an installer is genuine is judged there. */
export type UpdaterProgram = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'allowDowngrade'
  | 'disableWebInstaller'
  | 'logger'
  | 'setFeedURL'
  | 'checkForUpdates'
  | 'quitAndInstall'
> & {
  on(event: 'update-downloaded', listener: (info: { readonly version: string }) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

export type ElectronUpdater = {
  readonly open: OpenUpdater
  /** The end of the process once the books are closed: the installer where one waits and may go in, else an exit. */
  end(exitCode: number): void
}

/** Within this an installer has started, or never will. */
const installLimitMs = 60_000

/** Loaded only where an update server is configured. */
const loadUpdater = async (): Promise<UpdaterProgram> => (await import('electron-updater')).default.autoUpdater

/**
 * New versions by electron-updater: it downloads in the background and never installs by itself. What it says of an error
 * may quote an address; only the error's code goes on.
 */
export function electronUpdater(load: () => Promise<UpdaterProgram> = loadUpdater): ElectronUpdater {
  let program: UpdaterProgram | null = null
  let wanted: { readonly restart: boolean } | null = null

  return {
    open: ({ url, channel }, onNews) => {
      const failed = (error: unknown): void => onNews({ kind: 'failed', detail: codeOf(error) })
      const opening = load().then((updater) => {
        updater.logger = null
        updater.autoDownload = true
        updater.autoInstallOnAppQuit = false
        updater.allowDowngrade = false
        // A stub that fetches the rest while it installs would leave a till without a program when the line goes.
        updater.disableWebInstaller = true
        updater.on('update-downloaded', ({ version }) => onNews({ kind: 'ready', version }))
        updater.on('error', failed)
        updater.setFeedURL({ provider: 'generic', url, channel })
        program = updater
        return updater
      })
      opening.catch(failed)
      return {
        check: () => {
          // What goes wrong is told by the event `error`; the promise says it a second time.
          opening.then((updater) => updater.checkForUpdates()).catch(() => undefined)
        },
        installAfterClosing: (each) => {
          wanted = each
        },
      }
    },
    end: (exitCode) => {
      // Books that did not close well are looked at by the version that wrote them.
      if (wanted === null || program === null || exitCode !== 0) return app.exit(exitCode)
      const { restart } = wanted
      wanted = null
      // An installer that cannot be started must not leave the shop without a till.
      const limit = setTimeout(() => giveUp(), installLimitMs)
      limit.unref()
      let hasGivenUp = false
      const giveUp = (): void => {
        if (hasGivenUp) return
        hasGivenUp = true
        clearTimeout(limit)
        if (restart) app.relaunch()
        app.exit(0)
      }
      program.on('error', giveUp)
      // Quits once the installer runs; that end finds nothing wanted any more and just exits.
      program.quitAndInstall(true, restart)
    },
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : error instanceof Error
      ? error.name
      : 'unknown error'
