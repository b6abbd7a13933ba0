import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ShiftLedger } from '../ledger/shift-ledger.ts'
import type { Moment } from '../till/time.ts'
import { pinFileName } from './pin-file.ts'
import { keepPin, type PinKeeper } from './pin-keeper.ts'
import { openStaffDesk, type StaffDesk } from './staff-desk.ts'
import { keepStaffPins } from './staff-pins.ts'

/** The staff's desk of a data folder, and the single manager's PIN that counts while no staff is set up. */
export function openStaff(
  dataDirectory: string,
  ledger: Pick<ShiftLedger, 'staff' | 'addPerson' | 'changePerson'>,
  now: () => Moment,
): { readonly desk: StaffDesk; readonly single: PinKeeper } {
  const wallNow = (): number => now().wallMs
  const single = keepPin(dataDirectory, wallNow)
  const pins = keepStaffPins(dataDirectory, wallNow)
  // Left there by a kill it opens nothing: with staff set up it is not asked any more.
  const removeSingle = (): Promise<void> => rm(join(dataDirectory, pinFileName), { force: true })
  return { single, desk: openStaffDesk({ ledger, pins, single, removeSingle, now }) }
}
