import type { UpdateSource } from '../settings/settings.ts'

/** What was heard of a new version; `detail` is an error's code, never its text. */
export type UpdateNews =
  | { readonly kind: 'ready'; readonly version: string }
  | { readonly kind: 'failed'; readonly detail: string }

/** Has new versions, in the host that can. */
export type Updater = {
  /** Asks the server, and downloads what is newer; whatever comes of it is told as news. */
  check(): void
  /** Puts what was downloaded in place once the till's books are closed; `restart` opens the till again. */
  installAfterClosing(wanted: { readonly restart: boolean }): void
}

export type OpenUpdater = (source: Pick<UpdateSource, 'url' | 'channel'>, onNews: (news: UpdateNews) => void) => Updater

export type UpdateKeeper = {
  /** The version that waits; null where none does. */
  ready(): string | null
  /** Asks now and from time to time, until closed. Never asks where no server is configured. */
  start(): void
  /** Opens the till again after the installation: somebody asked for it. */
  restartAfterwards(): void
  /** Lets what waits be put in place once the books are closed. */
  installAfterClosing(): void
  close(): void
}

/** Keeps new versions coming, in the background. It downloads and tells; it never installs by itself. */
export function keepUpdates(
  source: UpdateSource | null,
  open: OpenUpdater | undefined,
  onNews: (news: UpdateNews) => void,
): UpdateKeeper {
  let version: string | null = null
  let restart = false
  let timer: NodeJS.Timeout | null = null
  let updater: Updater | null = null

  const heard = (news: UpdateNews): void => {
    // A failed look for a still newer one does not spoil what is there.
    if (news.kind === 'ready') version = news.version
    onNews(news)
  }

  return {
    ready: () => version,
    start() {
      if (source === null || open === undefined || updater !== null) return
      const opened = open(source, heard)
      updater = opened
      opened.check()
      timer = setInterval(() => opened.check(), source.everyMs)
      timer.unref()
    },
    restartAfterwards() {
      restart = true
    },
    installAfterClosing() {
      if (version !== null) updater?.installAfterClosing({ restart })
    },
    close() {
      if (timer) clearInterval(timer)
    },
  }
}
