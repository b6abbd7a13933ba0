import type { LedgerProblem } from '../ledger/ledger.ts'
import type { ShiftLedger } from '../ledger/shift-ledger.ts'
import type { StaffNumber } from '../till/ids.ts'
import type { SignOutCause } from '../till/staff/event.ts'
import type { Person } from '../till/staff/person.ts'
import type { Moment } from '../till/time.ts'
import { oneAtATime } from './in-turn.ts'
import type { SigningIn, StaffDesk } from './staff-desk.ts'

export type SignInParts = {
  readonly desk: Pick<StaffDesk, 'check'>
  readonly ledger: Pick<ShiftLedger, 'changePerson'>
  readonly now: () => Moment
  /** Idle time after which the till locks itself; null where it never does. */
  readonly idleMs: number | null
  /** Whether a customer is waited for: meanwhile no time counts as idle, so that nobody has to type a PIN in the middle. */
  readonly isWaiting?: () => boolean
  /** Whether anybody was ever added when the till opened; a till without staff is never locked. */
  readonly hasStaff?: boolean
  readonly onChange: (person: Person | null) => void
}

/** Who works at the till now; one person at a time, in memory only: after a start nobody is signed in. */
export type SignIn = {
  /** Null when nobody is signed in, or the till has stood idle for too long. */
  person(): Person | null
  /** Signs in, and whoever was signed in before out: a quick switch (换人) is one PIN. */
  signIn(number: StaffNumber, pin: string): Promise<SigningIn>
  signOut(cause: SignOutCause): Promise<LedgerProblem | null>
  /** Whether the till asks who is there, and nobody has said so. */
  isLocked(): boolean
  /** The first person was added: from now on the till asks who is there. */
  staffIsSetUp(): void
  /** Somebody did something at the till. */
  touch(): void
  /** The signed-in person's record has changed: what counts from here on is the new one; who has left is signed out. */
  personChanged(person: Person): Promise<LedgerProblem | null>
  /** Locks the till if it has stood idle for too long; to be called from time to time. */
  lockIfIdle(): Promise<LedgerProblem | null>
}

/** Keeps the sign-in; time is the monotonic clock that is passed in, so that no change of the wall clock unlocks it. */
export function keepSignIn(parts: SignInParts): SignIn {
  let signedIn: { readonly person: Person; readonly lastActMs: number } | null = null
  let hasStaff = parts.hasStaff ?? true
  const inTurn = oneAtATime()

  const isIdle = (): boolean => {
    if (signedIn === null || parts.idleMs === null || parts.isWaiting?.() === true) return false
    return parts.now().monotonicMs - signedIn.lastActMs >= parts.idleMs
  }

  const end = async (cause: SignOutCause): Promise<LedgerProblem | null> => {
    if (signedIn === null) return null
    const { number } = signedIn.person
    // First the till is locked, then it is written down: a full disk must not keep it open.
    signedIn = null
    const noted = await parts.ledger.changePerson(number, { type: 'signed-out', at: parts.now(), cause })
    return noted.ok ? null : noted.problem
  }

  const person = (): Person | null => (isIdle() ? null : (signedIn?.person ?? null))

  return {
    person,
    isLocked: () => hasStaff && person() === null,
    staffIsSetUp() {
      hasStaff = true
    },
    signIn: (number, pin) =>
      inTurn(async () => {
        const checked = await parts.desk.check(number, pin)
        if (checked.kind !== 'right') return checked
        const ended = await end(isIdle() ? 'idle' : 'switched')
        if (ended) return { kind: 'ledger-trouble', problem: ended }
        const at = parts.now()
        const noted = await parts.ledger.changePerson(number, { type: 'signed-in', at, pinId: checked.pinId })
        if (!noted.ok) return { kind: 'ledger-trouble', problem: noted.problem }
        if (noted.value.kind !== 'changed') return { kind: 'no-such-person' }
        signedIn = { person: noted.value.person, lastActMs: at.monotonicMs }
        parts.onChange(signedIn.person)
        return { ...checked, person: signedIn.person }
      }),
    signOut: (cause) =>
      inTurn(async () => {
        const wasSignedIn = signedIn !== null
        const problem = await end(cause)
        if (wasSignedIn) parts.onChange(null)
        return problem
      }),
    touch() {
      // Who comes back to a till that should be locked does not unlock it by touching it.
      if (signedIn !== null && !isIdle()) signedIn = { ...signedIn, lastActMs: parts.now().monotonicMs }
    },
    personChanged: (person) =>
      inTurn(async () => {
        if (signedIn?.person.number !== person.number) return null
        if (person.status === 'active') {
          signedIn = { ...signedIn, person }
          parts.onChange(person)
          return null
        }
        const problem = await end('by-hand')
        parts.onChange(null)
        return problem
      }),
    lockIfIdle: () =>
      inTurn(async () => {
        // The idle time begins when the customer's payment has come to its end, not before.
        if (signedIn !== null && parts.isWaiting?.() === true) {
          signedIn = { ...signedIn, lastActMs: parts.now().monotonicMs }
        }
        if (!isIdle()) return null
        const problem = await end('idle')
        parts.onChange(null)
        return problem
      }),
  }
}
