import type { Calls } from '../api/contract.ts'
import type { Clock } from '../runner/ports.ts'
import type { Person } from '../till/staff/person.ts'
import type { Role } from '../till/staff/rights.ts'
import { mayDo } from '../till/staff/rights.ts'
import type { AssembledTill } from './assemble.ts'
import { permission } from './permission.ts'

type Guarded = 'history.page' | 'history.totals' | 'exports.write'
type Answers<Name extends keyof Calls> = (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']>
type GuardedCalls = { readonly [Name in Guarded]: Answers<Name> } & {
  readonly 'history.allow': Answers<'history.allow'>
}

/** For so long a manager's word lets a cashier look at what all shifts came to. */
const allowedMs = 10 * 60_000

/**
 * Who may look at every shift: by the right `read-every-shift` (docs/rights.md). A manager's word for a cashier is
 * journaled, and counts for ten minutes of that cashier's sign-in, which is known by its very record of the person: the next
 * sign-in reads another.
 */
export function guardHistory(
  till: Pick<AssembledTill, 'staff' | 'signIn' | 'settings'>,
  clock: Clock,
  calls: { readonly [Name in Guarded]: Answers<Name> },
): GuardedCalls {
  let allowed: { readonly person: Person; readonly untilMs: number } | null = null

  const mayLook = async (): Promise<boolean> => {
    const people = await till.staff.people()
    if (!people.ok) throw new Error(`the ledger cannot be read: ${people.problem.kind}`)
    if (people.value.length === 0) return true
    const person = till.signIn.person()
    if (person === null) return false
    if (looksAlone(person.role, till.settings.staff.limits)) return true
    return allowed?.person === person && clock.now().monotonicMs < allowed.untilMs
  }

  return {
    'history.page': async (request) =>
      (await mayLook()) ? calls['history.page'](request) : { kind: 'manager-needed' },
    'history.totals': async (request) =>
      (await mayLook()) ? calls['history.totals'](request) : { kind: 'manager-needed' },
    'exports.write': async (request) =>
      (await mayLook()) ? calls['exports.write'](request) : { kind: 'manager-needed' },
    'history.allow': async ({ manager }) => {
      const person = till.signIn.person()
      const given = await permission(till, { act: 'read-every-shift', reason: 'transactions' }, manager)
      if (given.kind === 'refused') return given
      if (person !== null) allowed = { person, untilMs: clock.now().monotonicMs + allowedMs }
      return { kind: 'allowed' }
    },
  }
}

const looksAlone = (role: Role, limits: AssembledTill['settings']['staff']['limits']): boolean =>
  mayDo(role, { act: 'read-every-shift' }, limits).kind === 'nothing'
