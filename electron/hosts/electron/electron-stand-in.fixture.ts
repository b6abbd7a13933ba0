import { EventEmitter } from 'node:events'

/**
 * Stands in for the module `electron` in tests, where the binary is not: it remembers what it was told, keeps
 * Electron's order (what must come before `ready`), and clones whatever would cross a process. It proves wiring and
 * policy, not what Chromium does. `satisfies` compares each part with Electron's own types.
 */

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown
type PageHandler = Parameters<Electron.Protocol['handle']>[1]

type World = {
  ready: PromiseWithResolvers<void>
  isReady: boolean
  sandboxed: boolean
  schemes: Electron.CustomScheme[]
  menu: Electron.Menu | null | undefined
  paths: Record<string, string>
  switches: string[]
  lockIsFree: boolean
  packaged: boolean
  exits: number[]
  quits: number
  relaunches: number
  errorBoxes: { readonly title: string; readonly content: string }[]
  handlers: Map<string, Handler>
  pages: Map<string, PageHandler>
  permissionRequest: Parameters<Electron.Session['setPermissionRequestHandler']>[0]
  permissionCheck: Parameters<Electron.Session['setPermissionCheckHandler']>[0]
  devicePermission: Parameters<Electron.Session['setDevicePermissionHandler']>[0]
  windows: StandInWindow[]
  /** Screens of the machine, the first one with the till's window. */
  displays: { readonly id: number; readonly bounds: Electron.Rectangle }[]
  loading: () => Promise<void>
  /** Whose machine this is: what one has wrapped no other opens. */
  keyring: { readonly owner: string; readonly isAvailable: boolean; readonly backend: Backend }
}

type Backend = ReturnType<Electron.SafeStorage['getSelectedStorageBackend']>

const newWorld = (): World => ({
  ready: Promise.withResolvers(),
  isReady: false,
  sandboxed: false,
  schemes: [],
  menu: undefined,
  paths: {},
  switches: [],
  lockIsFree: true,
  packaged: false,
  exits: [],
  quits: 0,
  relaunches: 0,
  errorBoxes: [],
  handlers: new Map(),
  pages: new Map(),
  permissionRequest: null,
  permissionCheck: null,
  devicePermission: null,
  windows: [],
  displays: [{ id: 1, bounds: { x: 0, y: 0, width: 1366, height: 768 } }],
  loading: () => Promise.resolve(),
  keyring: { owner: 'this machine', isAvailable: true, backend: 'gnome_libsecret' },
})

let world = newWorld()

/** What Electron was told since the last reset. */
export const seen = (): World => world

/** A fresh Electron, as at the start of a process. */
export function resetElectron(changes: Partial<World> = {}): void {
  world = { ...newWorld(), ...changes }
  appEvents.removeAllListeners()
  rendererEvents.removeAllListeners()
}

/** Electron has started; `app.whenReady()` goes on. */
export function becomeReady(): void {
  world.isReady = true
  world.ready.resolve()
}

function beforeReady(what: string): void {
  if (world.isReady) throw new Error(`${what} must be called before app is ready`)
}

function onceReady(what: string): void {
  if (!world.isReady) throw new Error(`${what} needs an app that is ready`)
}

export const appEvents: EventEmitter = new EventEmitter()

/** Emits an event that can be prevented and tells whether it was. */
export function preventable(emitter: EventEmitter, name: string, details: object = {}, ...more: unknown[]): boolean {
  let prevented = false
  emitter.emit(name, { ...details, preventDefault: () => (prevented = true) }, ...more)
  return prevented
}

const commandLine = {
  appendSwitch: (name) => {
    world.switches.push(name)
  },
} satisfies Pick<Electron.CommandLine, 'appendSwitch'>

const appParts = {
  enableSandbox: () => {
    beforeReady('enableSandbox')
    world.sandboxed = true
  },
  get isPackaged() {
    return world.packaged
  },
  setPath: (name, path) => {
    beforeReady('setPath')
    world.paths[name] = path
  },
  requestSingleInstanceLock: () => world.lockIsFree,
  whenReady: () => world.ready.promise,
  exit: (code = 0) => {
    world.exits.push(code)
  },
  quit: () => {
    world.quits += 1
  },
  relaunch: () => {
    world.relaunches += 1
  },
} satisfies Pick<
  Electron.App,
  'enableSandbox' | 'isPackaged' | 'setPath' | 'requestSingleInstanceLock' | 'whenReady' | 'exit' | 'quit' | 'relaunch'
>

export const app: EventEmitter = Object.defineProperties(appEvents, {
  ...Object.getOwnPropertyDescriptors(appParts),
  commandLine: { value: commandLine },
})

export const protocol = {
  registerSchemesAsPrivileged: (schemes) => {
    beforeReady('registerSchemesAsPrivileged')
    if (world.schemes.length > 0) throw new Error('registerSchemesAsPrivileged may be called once')
    world.schemes = schemes
  },
  handle: (scheme, handler) => {
    onceReady('protocol.handle')
    if (world.pages.has(scheme)) throw new Error(`a handler for ${scheme} is there`)
    world.pages.set(scheme, handler)
  },
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>

export const session = {
  get defaultSession() {
    onceReady('session.defaultSession')
    return {
      setPermissionRequestHandler: (handler) => {
        world.permissionRequest = handler
      },
      setPermissionCheckHandler: (handler) => {
        world.permissionCheck = handler
      },
      setDevicePermissionHandler: (handler) => {
        world.devicePermission = handler
      },
    } satisfies Pick<
      Electron.Session,
      'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
    >
  },
}

export const screen = {
  getAllDisplays: () => world.displays as unknown as Electron.Display[], // the parts that are looked at
  getDisplayMatching: () => world.displays[0] as unknown as Electron.Display,
} satisfies Pick<Electron.Screen, 'getAllDisplays' | 'getDisplayMatching'>

export const Menu = {
  setApplicationMenu: (menu) => {
    world.menu = menu
  },
} satisfies Pick<typeof Electron.Menu, 'setApplicationMenu'>

export const dialog = {
  showErrorBox: (title, content) => {
    world.errorBoxes.push({ title, content })
  },
} satisfies Pick<Electron.Dialog, 'showErrorBox'>

export const safeStorage = {
  isAsyncEncryptionAvailable: async () => {
    onceReady('safeStorage')
    return world.keyring.isAvailable
  },
  getSelectedStorageBackend: () => world.keyring.backend,
  encryptStringAsync: async (text) =>
    Buffer.from(JSON.stringify([world.keyring.owner, Buffer.from(text).toString('hex')])),
  decryptStringAsync: async (wrapped) => {
    const [owner, hex] = JSON.parse(wrapped.toString('utf8')) as [string, string] // what encryptStringAsync made
    if (owner !== world.keyring.owner) throw new Error('Error while decrypting the ciphertext')
    return { result: Buffer.from(hex, 'hex').toString('utf8'), shouldReEncrypt: false }
  },
} satisfies Pick<
  Electron.SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>

/** A utility process that starts, hears and says nothing, and ends when it is told to. */
class StandInUtilityProcess extends EventEmitter {
  postMessage(): void {}
  kill(): boolean {
    return this.emit('exit', 0)
  }
}

export const utilityProcess = {
  fork: () => new StandInUtilityProcess(),
}

export const ipcMain = {
  handle: (channel, handler) => {
    if (world.handlers.has(channel)) throw new Error(`a second handler for ${channel}`)
    world.handlers.set(channel, handler)
  },
  removeHandler: (channel) => {
    world.handlers.delete(channel)
  },
} satisfies Pick<Electron.IpcMain, 'handle' | 'removeHandler'>

export type StandInFrame = { readonly url: string }

export class StandInContents extends EventEmitter {
  readonly mainFrame: StandInFrame = { url: 'app://till/' }
  openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | undefined
  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.openHandler = handler
  }
  send(channel: string, ...args: unknown[]): void {
    rendererEvents.emit(channel, { sender: ipcRenderer }, ...args.map((value) => structuredClone(value)))
  }
}

export class StandInWindow extends EventEmitter {
  readonly webContents = new StandInContents()
  readonly options: Electron.BrowserWindowConstructorOptions
  loaded: string[] = []
  destroyed = false
  focused = 0
  shown = 0
  shownInactive = 0
  minimized = false
  kiosk = false
  static getAllWindows(): StandInWindow[] {
    return world.windows.filter(({ destroyed }) => !destroyed)
  }
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super()
    onceReady('BrowserWindow')
    this.options = options
    world.windows.push(this)
    appEvents.emit('web-contents-created', {}, this.webContents)
  }
  async loadURL(address: string): Promise<void> {
    this.loaded.push(address)
    await world.loading()
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  isMinimized(): boolean {
    return this.minimized
  }
  restore(): void {
    this.minimized = false
  }
  show(): void {
    this.shown += 1
  }
  showInactive(): void {
    this.shownInactive += 1
  }
  setKiosk(wanted: boolean): void {
    this.kiosk = wanted
  }
  focus(): void {
    this.focused += 1
  }
  getBounds(): Electron.Rectangle {
    return { x: 10, y: 10, width: 1280, height: 740 }
  }
  destroy(): void {
    this.destroyed = true
    this.emit('closed')
  }
}
StandInWindow satisfies new (
  options: Electron.BrowserWindowConstructorOptions,
) => Pick<
  Electron.BrowserWindow,
  | 'loadURL'
  | 'isDestroyed'
  | 'isMinimized'
  | 'restore'
  | 'show'
  | 'showInactive'
  | 'focus'
  | 'getBounds'
  | 'destroy'
  | 'setKiosk'
>

export { StandInWindow as BrowserWindow }

/** The window's side. */
export const rendererEvents: EventEmitter = new EventEmitter()

/** A call as Electron delivers it, from the window's main frame unless told otherwise. */
export async function invoke(
  channel: string,
  request: unknown,
  from: Partial<Record<'sender' | 'senderFrame', unknown>> = {},
): Promise<unknown> {
  const handler = world.handlers.get(channel)
  if (handler === undefined) throw new Error(`no handler registered for '${channel}'`)
  const sender = world.windows[0]?.webContents
  const event = { sender, senderFrame: sender?.mainFrame, ...from }
  // Only the two parts that a handler may look at are there.
  return structuredClone(await handler(event as unknown as Electron.IpcMainInvokeEvent, structuredClone(request)))
}

type RendererSide = Pick<Electron.IpcRenderer, 'invoke' | 'on'>

export const ipcRenderer: RendererSide = {
  invoke: (channel, request: unknown) => invoke(channel, request),
  on: (channel, listener) => {
    rendererEvents.on(channel, listener)
    // Electron answers itself; the page must never see it.
    return ipcRenderer as unknown as Electron.IpcRenderer
  },
}
