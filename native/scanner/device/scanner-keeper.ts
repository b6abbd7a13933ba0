import type { Binding, Listing, OpenDevice, OpeningProblem, SerialListing } from '../binding/binding.ts'
import type { DropReason, FramedScan } from '../framing/framer.ts'
import type { ScannerSettings } from '../scanner-settings.ts'
import type { KeeperTime } from './keeper-time.ts'
import { framerFor, readDevice } from './read-device.ts'
import type { ScannerDevice, ScannerState } from './scanner-device.ts'
import { type DeviceLists, type WantedDevice, wantedDevices } from './wanted.ts'

/** How often the lists are asked; they are the truth, drivers' events are only sooner (hardware.md §4, §5). */
export const pollMs = 1_500
/**
 * How old the list of serial ports may be while every serial gun is being read. Making it takes a program of its own on
 * Linux, some 20 ms of a core, and a scan of that moment waits; drivers' events and the device file tell of a loss sooner.
 */
export const serialListMs = 6_000
/** Waits before each next try to open a gun; the last one repeats. */
export const reopenMs: readonly number[] = [300, 500, 1_000, 2_000, 5_000]
/** A gun that comes back within this time was never told as lost. */
export const wiggleMs = 2_000
/** How often the lists are asked meanwhile, so that a cable that wiggled does not cost the cashier a whole poll. */
export const wigglePollMs = 500
/** Polls without a device until it counts as gone, because one list may miss what is there. */
const missesUntilGone = 2

export type KeeperParts = {
  readonly binding: Binding
  readonly time: KeeperTime
  readonly settings: readonly ScannerSettings[]
  readonly onScan: (deviceId: string, scan: FramedScan) => void
  readonly onDropped: (deviceId: string, reason: DropReason, byteCount: number) => void
  /** Every gun that the settings ask for, whenever one of them changes. */
  readonly onDevices: (devices: readonly ScannerDevice[]) => void
  /** After each poll, as a sign of life. */
  readonly onPolled?: () => void
}

type Reading = { readonly path: string; readonly device: OpenDevice; readonly stop: () => void }

type Kept = {
  wanted: WantedDevice
  reading: Reading | null
  /** Counts openings, so that a late event of a former one is nobody's. */
  round: number
  problem: OpeningProblem | null
  tries: number
  nextTryMs: number
  lostAtMs: number | null
  /** Whether the last poll found it. */
  present: boolean
  /** Whether a list has shown it; a port typed by hand may be in none. */
  seenListed: boolean
  misses: number
  lastDrop: DropReason | null
}

/** Keeps every gun that the settings ask for open: polls, opens, reopens under its identity, tells how each stands. */
export function createScannerKeeper(parts: KeeperParts) {
  const { binding, time, settings, onScan, onDropped, onDevices } = parts
  const kept = new Map<string, Kept>()
  let stopped = false
  let polling: Promise<void> | null = null
  let cancelPoll: (() => void) | null = null
  let told = ''
  let listed: { readonly list: Listing<SerialListing>; readonly atMs: number } | null = null

  const isWiggling = ({ lostAtMs }: Kept): boolean => lostAtMs !== null && time.nowMs() - lostAtMs < wiggleMs

  const stateOf = (each: Kept): ScannerState => {
    if (each.reading) return 'connected'
    if (each.wanted.problem) return each.wanted.problem.kind === 'listing-failed' ? 'failed' : each.wanted.problem.kind
    if (isWiggling(each)) return 'connecting'
    if (each.wanted.path === null) return 'absent'
    return each.problem?.kind ?? 'connecting'
  }

  const deviceOf = (each: Kept): ScannerDevice => ({
    id: each.wanted.id,
    kind: each.wanted.settings.kind,
    name: each.wanted.name,
    path: each.reading?.path ?? each.wanted.path ?? '',
    state: stateOf(each),
    detail: each.wanted.problem?.detail ?? each.problem?.detail ?? '',
    lastDrop: each.lastDrop,
  })

  const devices = (): readonly ScannerDevice[] => [...kept.values()].map(deviceOf)

  const tellDevices = (): void => {
    const now = devices()
    const text = JSON.stringify(now)
    if (stopped || text === told) return
    told = text
    onDevices(now)
  }

  const lose = (each: Kept): void => {
    each.reading = null
    each.round += 1
    each.lostAtMs = time.nowMs()
    each.tries = 0
    each.nextTryMs = time.nowMs() + (reopenMs[0] ?? 0)
  }

  const open = async (each: Kept, path: string): Promise<void> => {
    const round = each.round + 1
    each.round = round
    const { id, vendorId, settings: own } = each.wanted
    const current = (): boolean => !stopped && each.round === round
    const listeners = readDevice(framerFor(own, vendorId), time, {
      onScan: (scan) => {
        if (!current()) return
        each.lastDrop = null
        onScan(id, scan)
        tellDevices()
      },
      onDropped: (reason, byteCount) => {
        if (stopped) return
        each.lastDrop = reason
        onDropped(id, reason, byteCount)
        tellDevices()
      },
      onGone: () => {
        if (!current()) return
        lose(each)
        tellDevices()
        schedule(reopenMs[0] ?? pollMs)
      },
    })
    const opening =
      own.kind === 'serial'
        ? await binding.openSerial(path, own.port, listeners)
        : await binding.openHid(path, listeners)
    if (!opening.ok) {
      each.problem = opening.problem
      each.nextTryMs = time.nowMs() + (reopenMs[Math.min(each.tries, reopenMs.length - 1)] ?? pollMs)
      each.tries += 1
      return
    }
    if (!current()) return opening.device.close()
    each.problem = null
    each.tries = 0
    each.lostAtMs = null
    each.misses = 0
    each.reading = { path, device: opening.device, stop: listeners.stop }
  }

  const letGo = async (each: Kept): Promise<void> => {
    const { reading } = each
    if (!reading) return
    lose(each)
    reading.stop()
    await reading.device.close()
  }

  /** The list of serial ports, made anew while a gun is missed from it, may come, or the list is old. */
  const serialList = async (): Promise<Listing<SerialListing>> => {
    const guns = [...kept.values()].filter(({ wanted }) => wanted.settings.kind === 'serial')
    const isSettled = guns.every(({ reading, present }) => reading !== null && present)
    if (listed && isSettled && time.nowMs() - listed.atMs < serialListMs) return listed.list
    const list = await binding.listSerial()
    listed = { list, atMs: time.nowMs() }
    return list
  }

  const lists = async (): Promise<DeviceLists> => {
    const needsSerial = settings.some(({ kind }) => kind === 'serial')
    const needsHid = settings.some(({ kind }) => kind !== 'serial')
    const [hid, serial] = await Promise.all([needsHid ? binding.listHid() : null, needsSerial ? serialList() : null])
    return { hid, serial }
  }

  const takeUp = (wanted: readonly WantedDevice[]): void => {
    for (const each of kept.values()) each.present = false
    for (const each of wanted) {
      const known = kept.get(each.id)
      if (!known) {
        const fresh = { problem: null, tries: 0, nextTryMs: 0, lostAtMs: null, misses: 0, lastDrop: null }
        const found = { present: true, seenListed: each.listed }
        kept.set(each.id, { wanted: each, reading: null, round: 0, ...found, ...fresh })
        continue
      }
      // It has just been plugged in: the waits between tries were for the time before.
      if (each.listed && !known.wanted.listed) known.nextTryMs = 0
      known.wanted = each
      known.present = each.listed || !known.seenListed
      known.seenListed ||= each.listed
    }
  }

  /** Lets go of what the lists no longer show. A list that could not be read says nothing: what is open stays so. */
  const dropMissing = async (ids: ReadonlySet<string>, { hid, serial }: DeviceLists): Promise<void> => {
    for (const [id, each] of [...kept]) {
      const list = each.wanted.settings.kind === 'serial' ? serial : hid
      if (!list?.ok) continue
      if (each.present) {
        each.misses = 0
        continue
      }
      each.misses += 1
      const isPlaceholder = each.wanted.path === null
      if (!isPlaceholder && each.misses < missesUntilGone) continue
      await letGo(each)
      if (!ids.has(id) && !isWiggling(each)) kept.delete(id)
    }
  }

  const openMissing = async (each: Kept): Promise<void> => {
    const { path } = each.wanted
    if (path === null || !each.present) return
    // Plugged in again under another path: the old handle is dead.
    if (each.reading && each.reading.path !== path) {
      await letGo(each)
      each.nextTryMs = 0
    }
    // Linux lets one device be opened twice, and every code would come twice (hardware.md §5).
    const isReadAlready = [...kept.values()].some(({ reading }) => reading?.path === path)
    if (!stopped && !isReadAlready && time.nowMs() >= each.nextTryMs) await open(each, path)
  }

  const pollOnce = async (): Promise<void> => {
    const found = await lists()
    if (stopped) return
    const wanted = wantedDevices(settings, found)
    const ids = new Set(wanted.map(({ id }) => id))
    const isOneLost = [...kept.values()].some((each) => each.wanted.path !== null && !ids.has(each.wanted.id))
    // While a gun that was lost a moment ago may come back, its setting's "nothing found" is not told.
    takeUp(isOneLost ? wanted.filter(({ path }) => path !== null) : wanted)
    await dropMissing(ids, found)
    for (const each of [...kept.values()]) {
      if (each.reading && !(await each.reading.device.isThere())) await letGo(each)
      await openMissing(each)
    }
    tellDevices()
    parts.onPolled?.()
  }

  const schedule = (waitMs: number): void => {
    if (stopped) return
    cancelPoll?.()
    cancelPoll = time.after(waitMs, () => void poll())
  }

  /** One round of lists and openings; a round that is under way is the answer to a second call. */
  const poll = (): Promise<void> => {
    polling ??= pollOnce().finally(() => {
      polling = null
      const waits = [...kept.values()].flatMap((each) => {
        if (each.reading) return []
        if (each.wanted.path !== null && each.present) return [each.nextTryMs - time.nowMs()]
        return isWiggling(each) ? [wigglePollMs] : []
      })
      schedule(Math.max(50, Math.min(pollMs, ...waits)))
    })
    return polling
  }

  return {
    devices,
    poll,
    async stop(): Promise<void> {
      stopped = true
      cancelPoll?.()
      await polling
      for (const each of kept.values()) {
        each.reading?.stop()
        await each.reading?.device.close()
        each.reading = null
      }
    },
  }
}

export type ScannerKeeper = ReturnType<typeof createScannerKeeper>
