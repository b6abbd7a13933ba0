import type { LedgerProblem, LedgerResult } from '../ledger/ledger.ts'
import type { ShiftLedger, StaffResult } from '../ledger/shift-ledger.ts'
import type { StaffNumber } from '../till/ids.ts'
import type { ManagerProof } from '../till/order/event.ts'
import { keepableReason } from '../till/refund/reason.ts'
import type { StaffProblem } from '../till/staff/change.ts'
import type { Override, StaffEvent, StaffProof } from '../till/staff/event.ts'
import {
  type NameProblem,
  nextStaffNumber,
  type Person,
  readPersonName,
  readStaffNumber,
} from '../till/staff/person.ts'
import type { Role } from '../till/staff/rights.ts'
import type { Moment } from '../till/time.ts'
import type { PinTrouble } from './pin-file.ts'
import type { PinKeeper } from './pin-keeper.ts'
import type { PinWeakness } from './pin-record.ts'
import type { StaffPins } from './staff-pins.ts'

export type StaffDeskParts = {
  readonly ledger: Pick<ShiftLedger, 'staff' | 'addPerson' | 'changePerson'>
  readonly pins: StaffPins
  /** The single manager's PIN of a till without staff. */
  readonly single: PinKeeper
  /** Takes the single manager's PIN away, once it is a person's. */
  readonly removeSingle: () => Promise<void>
  readonly now: () => Moment
}

/** Why a PIN opened nothing. */
export type PinRefusal =
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  | { readonly kind: 'locked'; readonly untilWallMs: number }
  | { readonly kind: 'not-set' }
  | { readonly kind: 'trouble'; readonly trouble: PinTrouble }
  | { readonly kind: 'no-such-person' }
  | { readonly kind: 'not-a-manager' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerProblem }

export type Proving = { readonly kind: 'right'; readonly proof: ManagerProof } | PinRefusal

export type SigningIn =
  | { readonly kind: 'right'; readonly person: Person; readonly pinId: string }
  | Exclude<PinRefusal, { readonly kind: 'not-a-manager' }>

/** What came of a change of staff. */
export type StaffOutcome =
  | { readonly kind: 'done'; readonly person: Person }
  | { readonly kind: 'refused'; readonly problem: StaffProblem }
  | { readonly kind: 'name-refused'; readonly problem: NameProblem }
  | { readonly kind: 'weak'; readonly weakness: PinWeakness }
  | { readonly kind: 'already-set-up' }
  /** A manager can give a PIN: who sets one anew needs that. */
  | { readonly kind: 'pins-not-lost' }
  | Exclude<PinRefusal, { readonly kind: 'not-a-manager' }>

/** A manager as said at the till: number or name, and the PIN. */
export type SaidManager = { readonly who: string; readonly pin: string }

/** People, their PINs, and the proofs that managers give (I15). */
export type StaffDesk = {
  /** Everybody who was ever added; empty on a till without staff. */
  people(): Promise<LedgerResult<readonly Person[]>>
  /**
   * A manager's proof. On a till without staff the single manager's PIN is checked and the name stands as it was said;
   * else the PIN is the named person's, and the proof bears their number.
   */
  prove(said: SaidManager): Promise<Proving>
  /** A manager's proof for an act of somebody else, journaled with who, what and why before it is answered. */
  override(said: SaidManager, override: Override): Promise<Proving>
  /** Checks a person's PIN; a lock that it led to is journaled. */
  check(number: StaffNumber, pin: string): Promise<SigningIn>
  /** Sets the first manager up. Where the till had a single manager's PIN, that one is asked for and becomes theirs. */
  setUp(first: { readonly name: string; readonly pin: string }): Promise<StaffOutcome>
  add(
    person: { readonly name: string; readonly role: Role; readonly number: StaffNumber | null; readonly pin: string },
    proof: ManagerProof,
  ): Promise<StaffOutcome>
  /** Sets another PIN: by a manager, or by the person who gave the present one. */
  setPin(
    number: StaffNumber,
    pin: string,
    proof: ManagerProof | { readonly kind: 'own-pin'; readonly pinId: string },
  ): Promise<StaffOutcome>
  /** Sets a manager's PIN where no manager's PIN is left in the data folder; the journal says that nobody proved it. */
  setLostPin(number: StaffNumber, pin: string): Promise<StaffOutcome>
  rename(number: StaffNumber, name: string, proof: ManagerProof): Promise<StaffOutcome>
  change(
    number: StaffNumber,
    change: { readonly type: 'left' | 'returned' } | { readonly type: 'role-changed'; readonly role: Role },
    proof: ManagerProof,
  ): Promise<StaffOutcome>
}

/** The staff's desk over a ledger and the PINs of its data folder. */
export function openStaffDesk(parts: StaffDeskParts): StaffDesk {
  const { ledger, pins, single } = parts

  const check = async (number: StaffNumber, pin: string): Promise<SigningIn> => {
    const staff = await ledger.staff()
    if (!staff.ok) return { kind: 'ledger-trouble', problem: staff.problem }
    const person = staff.value.find((each) => each.number === number)
    if (!person || person.status === 'left') return { kind: 'no-such-person' }
    const { pinId } = person
    if (pinId === null) return { kind: 'not-set' }
    const checked = await pins.check(number, pinId, pin)
    if (checked.kind === 'right') return { kind: 'right', person, pinId }
    if (checked.kind !== 'locked') return checked
    const { untilWallMs, wrongTries } = checked
    if (wrongTries !== null) {
      const noted = await ledger.changePerson(number, { type: 'locked-out', at: parts.now(), wrongTries, untilWallMs })
      if (!noted.ok) return { kind: 'ledger-trouble', problem: noted.problem }
    }
    return { kind: 'locked', untilWallMs }
  }

  const proveAlone = async ({ who, pin }: SaidManager): Promise<Proving> => {
    const checked = await single.check(pin)
    if (checked.kind !== 'right') return checked
    return { kind: 'right', proof: { kind: 'pin', name: who, pinId: checked.pinId } }
  }

  const prove = async (said: SaidManager): Promise<Proving> => {
    const staff = await ledger.staff()
    if (!staff.ok) return { kind: 'ledger-trouble', problem: staff.problem }
    if (staff.value.length === 0) return proveAlone(said)
    const person = personSaid(staff.value, said.who)
    if (!person) return { kind: 'no-such-person' }
    if (person.role !== 'manager') return { kind: 'not-a-manager' }
    const checked = await check(person.number, said.pin)
    if (checked.kind !== 'right') return checked
    const { name, number } = checked.person
    return { kind: 'right', proof: { kind: 'pin', name, pinId: checked.pinId, staffNumber: number } }
  }

  const journal = async (number: StaffNumber, event: StaffEvent): Promise<StaffOutcome> =>
    outcomeOf(await ledger.changePerson(number, event))

  const setUp: StaffDesk['setUp'] = async ({ name, pin }) => {
    const reading = readPersonName(name)
    if (!reading.ok) return { kind: 'name-refused', problem: reading.problem }
    const staff = await ledger.staff()
    if (!staff.ok) return { kind: 'ledger-trouble', problem: staff.problem }
    if (staff.value.length > 0) return { kind: 'already-set-up' }
    const number = 1 as StaffNumber
    const isThere = await single.state()
    if (typeof isThere !== 'string') return { kind: 'trouble', trouble: isThere }
    if (isThere === 'set') {
      const checked = await single.check(pin)
      if (checked.kind !== 'right') return checked
    }
    const put = (isThere === 'set' ? await pins.adopt(number) : null) ?? (await pins.put(number, pin, null))
    if (put.kind !== 'done') return put
    const because = isThere === 'set' ? 'taken-over' : 'first-manager'
    const proof: StaffProof = { kind: 'none', because }
    const { pinId } = put
    const at = parts.now()
    const added = outcomeOf(await ledger.addPerson({ at, number, name: reading.name, role: 'manager', pinId, proof }))
    if (added.kind === 'done' && isThere === 'set') await parts.removeSingle()
    return added
  }

  const add: StaffDesk['add'] = async ({ name, role, number: wanted, pin }, proof) => {
    const reading = readPersonName(name)
    if (!reading.ok) return { kind: 'name-refused', problem: reading.problem }
    const staff = await ledger.staff()
    if (!staff.ok) return { kind: 'ledger-trouble', problem: staff.problem }
    const numbers = staff.value.map((person) => person.number)
    const number = wanted ?? nextStaffNumber(numbers)
    if (number === null) return { kind: 'refused', problem: 'numbers-used-up' }
    // Before the PIN is written: it would drop the one that this number's holder has.
    if (numbers.includes(number)) return { kind: 'refused', problem: 'number-taken' }
    const put = await pins.put(number, pin, null)
    if (put.kind !== 'done') return put
    const { pinId } = put
    return outcomeOf(await ledger.addPerson({ at: parts.now(), number, name: reading.name, role, pinId, proof }))
  }

  const putPin = async (
    number: StaffNumber,
    pin: string,
    proof: Extract<StaffEvent, { readonly type: 'pin-set' }>['proof'],
  ): Promise<StaffOutcome> => {
    const staff = await ledger.staff()
    if (!staff.ok) return { kind: 'ledger-trouble', problem: staff.problem }
    const person = staff.value.find((each) => each.number === number)
    if (!person) return { kind: 'no-such-person' }
    const put = await pins.put(number, pin, person.pinId)
    return put.kind === 'done' ? journal(number, { type: 'pin-set', at: parts.now(), pinId: put.pinId, proof }) : put
  }

  const setLostPin: StaffDesk['setLostPin'] = async (number, pin) => {
    const staff = await ledger.staff()
    if (!staff.ok) return { kind: 'ledger-trouble', problem: staff.problem }
    const managers = staff.value.filter(({ role, status }) => role === 'manager' && status === 'active')
    if (!managers.some((person) => person.number === number)) return { kind: 'no-such-person' }
    const held = await pins.holdsAny(managers.flatMap(({ pinId }) => pinId ?? []))
    if (typeof held !== 'boolean') return { kind: 'trouble', trouble: held }
    return held ? { kind: 'pins-not-lost' } : putPin(number, pin, { kind: 'none', because: 'pins-lost' })
  }

  return {
    people: () => ledger.staff(),
    prove,
    override: async (said, override) => {
      const proved = await prove(said)
      if (proved.kind !== 'right' || proved.proof.staffNumber === undefined) return proved
      const { proof } = proved
      const kept = { ...override, reason: keepableReason(override.reason) }
      const event: StaffEvent = { type: 'override-given', at: parts.now(), override: kept, proof }
      const noted = await ledger.changePerson(proved.proof.staffNumber, event)
      if (!noted.ok) return { kind: 'ledger-trouble', problem: noted.problem }
      return noted.value.kind === 'changed' ? proved : { kind: 'not-a-manager' }
    },
    check,
    setUp,
    add,
    setPin: putPin,
    setLostPin,
    rename: async (number, name, proof) => {
      const reading = readPersonName(name)
      if (!reading.ok) return { kind: 'name-refused', problem: reading.problem }
      return journal(number, { type: 'renamed', at: parts.now(), name: reading.name, proof })
    },
    change: (number, change, proof) => journal(number, { ...change, at: parts.now(), proof }),
  }
}

/** Who is meant by a number or a whole name; nobody where two of that name are there. */
function personSaid(staff: readonly Person[], who: string): Person | null {
  const there = staff.filter(({ status }) => status === 'active')
  const number = readStaffNumber(who)
  if (number !== null) return there.find((person) => person.number === number) ?? null
  const named = there.filter(({ name }) => name === who.trim())
  return named.length === 1 ? (named[0] ?? null) : null
}

function outcomeOf(result: LedgerResult<StaffResult>): StaffOutcome {
  if (!result.ok) return { kind: 'ledger-trouble', problem: result.problem }
  if (result.value.kind === 'changed') return { kind: 'done', person: result.value.person }
  const { problem } = result.value
  return problem === 'no-such-person' ? { kind: 'no-such-person' } : { kind: 'refused', problem }
}
