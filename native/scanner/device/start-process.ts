import { fork } from 'node:child_process'
import type { ToDevices } from './messages.ts'

/** A running device process, whichever way it was started. */
export type DeviceProcess = {
  readonly send: (message: ToDevices) => void
  /** Ends it at once; `onExit` follows. */
  readonly kill: () => void
}

export type DeviceProcessListeners = {
  readonly onMessage: (message: unknown) => void
  /** Comes once, also when it could not be started. */
  readonly onExit: () => void
}

/** Starts a program file as a process of its own. The Electron host has its own way, a utility process. */
export type StartDeviceProcess = (file: URL, listeners: DeviceProcessListeners) => DeviceProcess

/** The device process's program; in the bundle it stands beside the others (scripts/build/workers.ts). */
export const deviceProgram = (): URL => new URL('./device-process.ts', import.meta.url)

/** What drivers and udevadm need. Nothing else: the till's environment may hold secrets. */
const environmentNames: readonly string[] = [
  'PATH',
  'SystemRoot',
  'SYSTEMROOT',
  'windir',
  'TEMP',
  'TMP',
  'LANG',
  'LD_LIBRARY_PATH',
]

/** The environment of a device process: those names as they are here. */
export const deviceEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    environmentNames.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )

/** Starts the device process as a child of Node. */
export const startChildProcess: StartDeviceProcess = (file, { onMessage, onExit }) => {
  const child = fork(file, [], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: deviceEnvironment() })
  let ended = false
  const end = (): void => {
    if (ended) return
    ended = true
    onExit()
  }
  child.on('message', onMessage)
  child.on('error', end)
  child.on('exit', end)
  // The till's end must not wait for its devices: they leave when the channel closes.
  child.unref()
  child.channel?.unref()
  return {
    send: (message) => {
      if (child.connected) child.send(message, () => undefined)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
