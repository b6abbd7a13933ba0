import { oneAtATime } from './in-turn.ts'
import { type PinTrouble, readPinFile, writePinFile } from './pin-file.ts'
import { lockedUntilWallMs, noTries, triesLeft, withTry } from './pin-lock.ts'
import { isPin, isPinOf, makePinRecord, type PinRecord, type PinWeakness, pinWeakness } from './pin-record.ts'

export type { PinTrouble } from './pin-file.ts'
export type { PinWeakness } from './pin-record.ts'

export type PinState = 'set' | 'not-set' | PinTrouble

export type PinCheck =
  | { readonly kind: 'right'; readonly pinId: string }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  /** Not even looked at: too many wrong tries before. */
  | { readonly kind: 'locked'; readonly untilWallMs: number }
  | { readonly kind: 'not-set' }
  | { readonly kind: 'trouble'; readonly trouble: PinTrouble }

export type PinSetting =
  | { readonly kind: 'done'; readonly pinId: string }
  | { readonly kind: 'already-set' }
  | { readonly kind: 'weak'; readonly weakness: PinWeakness }
  | { readonly kind: 'trouble'; readonly trouble: PinTrouble }

/**
 * Keeps the single manager's PIN of a till without staff (I15). Once staff is set up, `staff-pins.ts` keeps a PIN a person.
 *
 * Rules:
 * 1. A try is counted on disk before the PIN is looked at, so that a kill in between gives no free try.
 * 2. What cannot be counted is not looked at.
 * 3. A PIN that is set is only changed by who knows it; a damaged file is never overwritten.
 */
export type PinKeeper = {
  state(): Promise<PinState>
  check(pin: string): Promise<PinCheck>
  /** Sets the first PIN. */
  set(pin: string): Promise<PinSetting>
  /** Sets another PIN in place of the present one, which was just checked. */
  replace(pin: string, presentPinId: string): Promise<PinSetting>
}

/** The keeper of a data folder's PIN. */
export function keepPin(dataDirectory: string, wallNow: () => number): PinKeeper {
  /** One at a time: two tries at once must not count as one. */
  const inTurn = oneAtATime()

  const check = async (pin: string): Promise<PinCheck> => {
    const reading = await readPinFile(dataDirectory)
    if (reading.kind !== 'set') return reading
    const { record } = reading
    const wallMs = wallNow()
    const lockedUntil = lockedUntilWallMs(record.tries, wallMs)
    if (lockedUntil !== null) return { kind: 'locked', untilWallMs: lockedUntil }
    // A slip of the hand, or an empty input, tells nobody anything about the PIN and costs no try.
    if (!isPin(pin)) return { kind: 'wrong', triesLeft: triesLeft(record.tries) }
    const tried: PinRecord = { ...record, tries: withTry(record.tries, wallMs) }
    const counted = await writePinFile(dataDirectory, tried)
    if (counted) return { kind: 'trouble', trouble: counted }
    if (!(await isPinOf(record, pin))) {
      const until = lockedUntilWallMs(tried.tries, wallMs)
      return until === null
        ? { kind: 'wrong', triesLeft: triesLeft(tried.tries) }
        : { kind: 'locked', untilWallMs: until }
    }
    const cleared = await writePinFile(dataDirectory, { ...record, tries: noTries })
    return cleared ? { kind: 'trouble', trouble: cleared } : { kind: 'right', pinId: record.pinId }
  }

  const put = async (pin: string): Promise<PinSetting> => {
    const weakness = pinWeakness(pin)
    if (weakness) return { kind: 'weak', weakness }
    const record = await makePinRecord(pin, wallNow())
    const trouble = await writePinFile(dataDirectory, record)
    return trouble ? { kind: 'trouble', trouble } : { kind: 'done', pinId: record.pinId }
  }

  return {
    state: async () => {
      const reading = await readPinFile(dataDirectory)
      return reading.kind === 'trouble' ? reading.trouble : reading.kind
    },
    check: (pin) => inTurn(() => check(pin)),
    set: (pin) =>
      inTurn(async () => {
        const reading = await readPinFile(dataDirectory)
        if (reading.kind === 'trouble') return reading
        return reading.kind === 'set' ? { kind: 'already-set' } : put(pin)
      }),
    replace: (pin, presentPinId) =>
      inTurn(async () => {
        const reading = await readPinFile(dataDirectory)
        if (reading.kind === 'trouble') return reading
        const isPresent = reading.kind === 'set' && reading.record.pinId === presentPinId
        return isPresent ? put(pin) : { kind: 'already-set' }
      }),
  }
}
