import { join } from 'node:path'
import type { StaffNumber } from '../till/ids.ts'
import { oneAtATime } from './in-turn.ts'
import { type PinTrouble, readPinFile } from './pin-file.ts'
import { lockedUntilWallMs, noTries, type PinTries, triesLeft, withTry } from './pin-lock.ts'
import {
  isPin,
  isPinOf,
  makePinHash,
  type PinHash,
  type PinWeakness,
  pinWeakness,
  type StaffPinRecord,
  staffPinRecord,
} from './pin-record.ts'
import { jsonOf, readPrivateFile, writePrivateFile } from './private-file.ts'

/** In the data folder; readable by the till's user alone. */
export const staffPinsFileName = 'staff-pins.json'

export type StaffPinCheck =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  /** Not even looked at, or the try that led to it; `wrongTries` is set only where this try began the lock. */
  | { readonly kind: 'locked'; readonly untilWallMs: number; readonly wrongTries: number | null }
  /** The file holds no PIN under the id that the journal names. */
  | { readonly kind: 'not-set' }
  | { readonly kind: 'trouble'; readonly trouble: PinTrouble }

export type StaffPinSetting =
  | { readonly kind: 'done'; readonly pinId: string }
  | { readonly kind: 'weak'; readonly weakness: PinWeakness }
  | { readonly kind: 'trouble'; readonly trouble: PinTrouble }

/**
 * Keeps the PINs of all staff in one file beside the ledger, not in it (decision 0020).
 *
 * Rules:
 * 1. The journal says which setting of a person's PIN counts, by its id; what else stands in the file opens nothing. So a
 *    PIN is written here first and counts from its journal entry on, whatever happens in between.
 * 2. A try is counted on disk before the PIN is looked at; what cannot be counted is not looked at.
 * 3. Tries are a person's, not a PIN's: a new PIN does not end a lock.
 * 4. A damaged file is never overwritten.
 */
export type StaffPins = {
  check(number: StaffNumber, pinId: string, pin: string): Promise<StaffPinCheck>
  /** Writes a new PIN beside the person's present one, `keepPinId`, and drops older ones. */
  put(number: StaffNumber, pin: string, keepPinId: string | null): Promise<StaffPinSetting>
  /** Copies the single manager's PIN under this number; it keeps its id. Null where there is none. */
  adopt(number: StaffNumber): Promise<StaffPinSetting | null>
  /** Whether the file has a PIN under one of these ids. */
  holdsAny(pinIds: readonly string[]): Promise<boolean | PinTrouble>
}

/** The keeper of a data folder's staff PINs. */
export function keepStaffPins(dataDirectory: string, wallNow: () => number): StaffPins {
  const path = join(dataDirectory, staffPinsFileName)
  const inTurn = oneAtATime()

  /** Anew each time: the command line may have changed it beside a running till. */
  const read = async (): Promise<StaffPinRecord | PinTrouble> => {
    const reading = await readPrivateFile(path)
    if (reading.kind === 'missing') return { version: 2, pins: [], tries: [] }
    if (reading.kind === 'disk') return { ...reading, path }
    const parsed = staffPinRecord.safeParse(jsonOf(reading.text))
    return parsed.success ? parsed.data : { kind: 'damaged', path }
  }
  const write = async (record: StaffPinRecord): Promise<PinTrouble | null> => {
    const detail = await writePrivateFile(path, `${JSON.stringify(record, null, 2)}\n`)
    return detail === null ? null : { kind: 'disk', path, detail }
  }

  const check = async (number: StaffNumber, pinId: string, pin: string): Promise<StaffPinCheck> => {
    const record = await read()
    if ('kind' in record) return { kind: 'trouble', trouble: record }
    const found = record.pins.find((each) => each.number === number && each.pinId === pinId)
    if (!found) return { kind: 'not-set' }
    const tries = triesOf(record, number)
    const wallMs = wallNow()
    const lockedUntil = lockedUntilWallMs(tries, wallMs)
    if (lockedUntil !== null) return { kind: 'locked', untilWallMs: lockedUntil, wrongTries: null }
    // A slip of the hand, or an empty input, tells nobody anything about the PIN and costs no try.
    if (!isPin(pin)) return { kind: 'wrong', triesLeft: triesLeft(tries) }
    const tried = withTry(tries, wallMs)
    const counted = await write(withTries(record, number, tried))
    if (counted) return { kind: 'trouble', trouble: counted }
    if (!(await isPinOf(found, pin))) {
      const until = lockedUntilWallMs(tried, wallMs)
      if (until === null) return { kind: 'wrong', triesLeft: triesLeft(tried) }
      return { kind: 'locked', untilWallMs: until, wrongTries: tried.wrong }
    }
    const cleared = await write(withTries(record, number, noTries))
    return cleared ? { kind: 'trouble', trouble: cleared } : { kind: 'right' }
  }

  const add = async (number: StaffNumber, hash: PinHash, keepPinId: string | null): Promise<StaffPinSetting> => {
    const record = await read()
    if ('kind' in record) return { kind: 'trouble', trouble: record }
    const others = record.pins.filter((each) => each.number !== number || each.pinId === keepPinId)
    const trouble = await write({ ...record, pins: [...others, { number, ...hash }] })
    return trouble ? { kind: 'trouble', trouble } : { kind: 'done', pinId: hash.pinId }
  }

  return {
    check: (number, pinId, pin) => inTurn(() => check(number, pinId, pin)),
    put: (number, pin, keepPinId) =>
      inTurn(async () => {
        const weakness = pinWeakness(pin)
        if (weakness) return { kind: 'weak', weakness }
        return add(number, await makePinHash(pin, wallNow()), keepPinId)
      }),
    adopt: (number) =>
      inTurn(async () => {
        const single = await readPinFile(dataDirectory)
        if (single.kind === 'not-set') return null
        if (single.kind === 'trouble') return single
        const { version: _version, tries: _tries, ...hash } = single.record
        return add(number, hash, null)
      }),
    holdsAny: (pinIds) =>
      inTurn(async () => {
        const record = await read()
        return 'kind' in record ? record : record.pins.some(({ pinId }) => pinIds.includes(pinId))
      }),
  }
}

function triesOf({ tries }: StaffPinRecord, number: StaffNumber): PinTries {
  return tries.find((each) => each.number === number) ?? noTries
}

function withTries(record: StaffPinRecord, number: StaffNumber, tries: PinTries): StaffPinRecord {
  const others = record.tries.filter((each) => each.number !== number)
  const isNone = tries.wrong === 0 && tries.lock === null
  const { wrong, lock } = tries
  return { ...record, tries: isNone ? others : [...others, { number, wrong, lock }] }
}
