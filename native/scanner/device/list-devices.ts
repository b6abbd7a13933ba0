import { type KeeperTime, systemKeeperTime } from './keeper-time.ts'
import { type FromDevices, parseFromDevices } from './messages.ts'
import { deviceProgram, type StartDeviceProcess, startChildProcess } from './start-process.ts'

/** Loading both drivers and asking the system takes a second at most; what takes longer hangs. */
export const listingMs = 10_000

export type PluggedIn = Omit<Extract<FromDevices, { readonly type: 'lists' }>, 'type'>

/**
 * What is plugged in, told by a device process of its own that ends at once: the drivers do not enter the till, and the
 * process that reads scans is not kept waiting. Null where it crashed or hung.
 */
export function listDevices(
  start: StartDeviceProcess = startChildProcess,
  time: KeeperTime = systemKeeperTime,
): Promise<PluggedIn | null> {
  return new Promise((resolve) => {
    const own = start(deviceProgram(), {
      onMessage: (value) => {
        const message = parseFromDevices(value)
        if (message?.type === 'lists') end({ hid: message.hid, serial: message.serial })
      },
      onExit: () => end(null),
    })
    const cancel = time.after(listingMs, () => end(null))
    function end(answer: PluggedIn | null): void {
      cancel()
      resolve(answer)
      own.kill()
    }
    own.send({ type: 'list' })
  })
}
