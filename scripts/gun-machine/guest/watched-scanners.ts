import { fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { ScannerDevice } from '../../../native/scanner/device/scanner-device.ts'
import { type StartDeviceProcess, startChildProcess } from '../../../native/scanner/device/start-process.ts'
import type { ScannerSettings } from '../../../native/scanner/scanner-settings.ts'
import { openScanners } from '../../../native/scanner/scanners.ts'
import { Failed } from './compare.ts'

export type Arrived = {
  readonly deviceId: string
  readonly text: string
  readonly symbology: string | null
  readonly atMs: number
}

/** The till's own scanners, and what they have told. */
export type WatchedScanners = {
  readonly scans: readonly Arrived[]
  readonly drops: readonly { readonly deviceId: string; readonly reason: string }[]
  /** Every state that a device was told in, in order. */
  readonly states: readonly { readonly kind: string; readonly state: string }[]
  readonly devices: () => readonly ScannerDevice[]
  /** Waits until it holds and answers how long that took; throws `Failed` after the limit. */
  readonly until: (what: string, holds: () => boolean, limitMs?: number) => Promise<number>
  /** Forgets what came until now. */
  readonly forget: () => void
  /** Sends a signal to the device process. */
  readonly signal: (name: NodeJS.Signals) => void
  readonly close: () => Promise<void>
}

/** Nothing in the machine takes this long, unless it never comes. */
const patienceMs = 30_000

/** Process ids of the till's device process, of which there is one at a time. */
function deviceProcesses(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => commandOf(id).includes('device-process'))
}

function commandOf(id: number): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'latin1')
  } catch {
    return '' // it has ended meanwhile
  }
}

/** Starts the device process as a user without rights. */
const startAs =
  (userId: number): StartDeviceProcess =>
  (file, { onMessage, onExit }) => {
    const child = fork(file, [], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      uid: userId,
      gid: userId,
    })
    child.on('message', onMessage)
    child.on('exit', onExit)
    return { send: (message) => void child.send(message), kill: () => void child.kill('SIGKILL') }
  }

/** Opens the till's scanners with the real device process; `userId` is a user other than root. */
export function watchScanners(settings: readonly ScannerSettings[], userId?: number): WatchedScanners {
  const scans: Arrived[] = []
  const drops: { readonly deviceId: string; readonly reason: string }[] = []
  const states: { readonly kind: string; readonly state: string }[] = []
  const waiting = new Set<() => void>()
  const wake = (): void => {
    for (const look of [...waiting]) look()
  }
  const scanners = openScanners({
    settings,
    start: userId === undefined ? startChildProcess : startAs(userId),
    onScan: ({ deviceId, text, symbology }) => {
      scans.push({ deviceId, text, symbology, atMs: performance.now() })
      wake()
    },
    onDropped: (dropped) => {
      drops.push(dropped)
      wake()
    },
    onDevices: (devices) => {
      for (const { kind, state } of devices) states.push({ kind, state })
      wake()
    },
  })
  const until: WatchedScanners['until'] = async (what, holds, limitMs = patienceMs) => {
    const startedMs = performance.now()
    while (!holds()) {
      const leftMs = startedMs + limitMs - performance.now()
      if (leftMs <= 0) throw new Failed(`${what}: not within ${limitMs} ms; ${statesOf(scanners.devices())}`)
      await new Promise<void>((resolve) => {
        const look = (): void => {
          clearTimeout(timer)
          waiting.delete(look)
          resolve()
        }
        const timer = setTimeout(look, leftMs)
        waiting.add(look)
      })
    }
    return performance.now() - startedMs
  }
  return {
    scans,
    drops,
    states,
    devices: scanners.devices,
    until,
    forget() {
      for (const list of [scans, drops, states]) list.length = 0
    },
    signal(name) {
      for (const id of deviceProcesses()) process.kill(id, name)
    },
    async close() {
      scanners.close()
      while (deviceProcesses().length > 0) await new Promise((resolve) => setTimeout(resolve, 10))
    },
  }
}

const statesOf = (devices: readonly ScannerDevice[]): string =>
  devices.map(({ kind, state, detail }) => `${kind} ${state}${detail === '' ? '' : ` (${detail})`}`).join(', ')
