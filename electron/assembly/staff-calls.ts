import type { Calls, PersonView, ManagerProof as SaidProof, StaffChangeResult, StaffState } from '../api/contract.ts'
import type { StaffOutcome } from '../staff/staff-desk.ts'
import type { StaffNumber } from '../till/ids.ts'
import type { ManagerProof } from '../till/order/event.ts'
import { acts } from '../till/staff/act.ts'
import { type Person, readStaffNumber } from '../till/staff/person.ts'
import { rights } from '../till/staff/rights.ts'
import type { AssembledTill } from './assemble.ts'
import { permission } from './permission.ts'
import { personRefusalView, pinRefusalView } from './pin-refusal-view.ts'

type StaffCall = Extract<keyof Calls, `staff.${string}`>
type StaffHandlers = {
  readonly [Name in StaffCall]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']>
}

type StaffedTill = Pick<AssembledTill, 'staff' | 'signIn' | 'settings' | 'pin'>

/** Who is at the till, and who can sign in. */
export async function staffState({ staff, signIn, settings, pin }: StaffedTill): Promise<StaffState> {
  const people = await staff.people()
  // An empty list would say that there is no staff and open the till; the door turns this into a refusal.
  if (!people.ok) throw new Error(`the ledger cannot be read: ${people.problem.kind}`)
  const person = signIn.person()
  const isSetUp = people.value.length > 0
  return {
    isSetUp,
    hasSinglePin: !isSetUp && (await pin.state()) === 'set',
    person: person && personView(person),
    people: people.value.filter(({ status }) => status === 'active').map(personView),
    idleLockMs: settings.staff.idleLockMs,
  }
}

/** The contract's calls of sign-in and staff. `onChange` hears of every change that a window must see. */
export function staffCalls(till: StaffedTill, onChange: () => void): StaffHandlers {
  const { staff, signIn, settings } = till

  const changed = async (outcome: StaffOutcome): Promise<StaffChangeResult> => {
    if (outcome.kind === 'done') {
      await signIn.personChanged(outcome.person)
      onChange()
    }
    return changeView(outcome)
  }

  /** Does a change of staff with a manager's proof. */
  const byManager = async (
    reason: string,
    said: SaidProof,
    act: (proof: ManagerProof) => Promise<StaffOutcome>,
  ): Promise<StaffChangeResult> => {
    const allowed = await permission(till, { act: 'manage-staff', reason }, said)
    if (allowed.kind === 'refused') return allowed.refusal
    // Only a till without staff allows without a proof, and there nobody can be changed.
    return allowed.proof === undefined ? { kind: 'manager-needed' } : changed(await act(allowed.proof))
  }

  return {
    'staff.state': () => staffState(till),
    'staff.set-up': async ({ name, pin, again }) => {
      if (pin !== again) return { kind: 'not-the-same' }
      const outcome = await staff.setUp({ name, pin })
      if (outcome.kind === 'done') {
        signIn.staffIsSetUp()
        await signIn.signIn(outcome.person.number, pin)
      }
      return changed(outcome)
    },
    'staff.sign-in': async ({ number, pin }) => {
      const signed = await signIn.signIn(number as StaffNumber, pin)
      if (signed.kind === 'right') return { kind: 'signed-in', state: await staffState(till) }
      return personRefusalView(signed)
    },
    'staff.lock': async () => {
      await signIn.signOut('by-hand')
      return staffState(till)
    },
    'staff.touch': async () => {
      signIn.touch()
      return null
    },
    'staff.list': async () => {
      const people = await staff.people()
      if (!people.ok) throw new Error(`the ledger cannot be read: ${people.problem.kind}`)
      return {
        people: people.value.map(personView),
        rights: acts.map((act) => ({ act, ...rights[act] })),
        limits: settings.staff.limits,
      }
    },
    'staff.add': async ({ name, role, pin, again, manager }) => {
      if (pin !== again) return { kind: 'not-the-same' }
      return byManager(`add ${role}`, manager, (proof) => staff.add({ name, role, number: null, pin }, proof))
    },
    'staff.change': async ({ number, change, manager }) =>
      byManager(`${change.type} ${number}`, manager, (proof) =>
        change.type === 'renamed'
          ? staff.rename(number as StaffNumber, change.name, proof)
          : staff.change(number as StaffNumber, change, proof),
      ),
    'staff.set-pin': async ({ number, pin, again, proof: said }) => {
      if (pin !== again) return { kind: 'not-the-same' }
      const person = number as StaffNumber
      if (readStaffNumber(said.staffNumber) !== number) {
        return byManager(`set-pin ${number}`, said, (proof) => staff.setPin(person, pin, proof))
      }
      const own = await staff.check(person, said.pin)
      if (own.kind !== 'right') return pinRefusalView(own)
      return changed(await staff.setPin(person, pin, { kind: 'own-pin', pinId: own.pinId }))
    },
  }
}

export function personView({ number, name, role, status }: Person): PersonView {
  return { number, name, role, status }
}

function changeView(outcome: StaffOutcome): StaffChangeResult {
  switch (outcome.kind) {
    case 'done':
      return { kind: 'done', person: personView(outcome.person) }
    case 'refused':
    case 'name-refused':
    case 'already-set-up':
      return outcome
    case 'weak':
      return { kind: outcome.weakness }
    case 'pins-not-lost':
      return { kind: 'manager-needed' }
    default:
      return pinRefusalView(outcome)
  }
}
