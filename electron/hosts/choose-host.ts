/** What of the machine decides where the till is shown. */
export type HostMachine = {
  /** Electron's program; null when its binary is not on the disk. */
  readonly electron: string | null
  /** Whether a window could be seen at all. */
  readonly display: boolean
  /** An installed Chromium, Chrome or Edge; null when there is none. */
  readonly browser: string | null
  /** Someone asked for the browser host. */
  readonly browserWanted: boolean
}

export type HostChoice =
  | { readonly host: 'electron'; readonly program: string }
  /** An app window of a browser; `because` says why it is not Electron. */
  | {
      readonly host: 'browser'
      readonly window: 'app'
      readonly program: string
      readonly because: 'no-electron' | 'wanted'
    }
  /** The address is printed and a person opens it. */
  | { readonly host: 'browser'; readonly window: 'none'; readonly because: 'no-display' | 'no-browser' }

/** Picks the host as design §7 says: Electron, else an app window, else the address. */
export function chooseHost({ electron, display, browser, browserWanted }: HostMachine): HostChoice {
  if (!display) return { host: 'browser', window: 'none', because: 'no-display' }
  if (electron !== null && !browserWanted) return { host: 'electron', program: electron }
  if (browser === null) return { host: 'browser', window: 'none', because: 'no-browser' }
  return { host: 'browser', window: 'app', program: browser, because: browserWanted ? 'wanted' : 'no-electron' }
}

/** Whether a window would be seen: Linux says so in two variables, the others always have a desktop. */
export function hasDisplay(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return platform !== 'linux' || Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY'])
}

/** The one plain line about the choice; nothing where Electron, the usual host, was chosen. */
export function choiceSentence(choice: HostChoice): string | null {
  if (choice.host === 'electron') return null
  if (choice.window === 'app') {
    return choice.because === 'no-electron'
      ? 'Electron is not on this machine; the till opens in a browser window instead.'
      : 'The till opens in a browser window, as asked.'
  }
  return choice.because === 'no-display'
    ? 'There is no display here; the till waits for a browser on this machine.'
    : 'Neither Electron nor Chromium, Chrome or Edge is on this machine; open the till in the browser that is.'
}
