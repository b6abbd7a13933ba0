import type { ManagerRefusal, ManagerProof as SaidProof } from '../api/contract.ts'
import type { ManagerProof } from '../till/order/event.ts'
import type { Override } from '../till/staff/event.ts'
import type { Person } from '../till/staff/person.ts'
import { mayDo, type WantedAct } from '../till/staff/rights.ts'
import type { AssembledTill } from './assemble.ts'
import { pinRefusalView } from './pin-refusal-view.ts'

/** An act that somebody at the window wants, with what a manager's override records of it (who, what, why). */
export type WishToAct = WantedAct & Pick<Override, 'reason' | 'orderNumber' | 'shiftId'>

export type Permission =
  /** `by` is null on a till without staff, which asks for nothing. */
  | { readonly kind: 'allowed'; readonly by: Person | null; readonly proof?: ManagerProof }
  | { readonly kind: 'refused'; readonly refusal: ManagerRefusal }

/**
 * Whether the person at the till may do this now, by the rights table (docs/rights.md).
 *
 * Where a proof is needed and none was given the answer is `manager-needed`, and no PIN was looked at. What a manager allows
 * a cashier is journaled as an override before this answers; a manager's own act bears the proof beside it (I15).
 */
export async function permission(
  { staff, signIn, settings }: Pick<AssembledTill, 'staff' | 'signIn' | 'settings'>,
  { reason, orderNumber, shiftId, ...wanted }: WishToAct,
  said: SaidProof | null,
): Promise<Permission> {
  const people = await staff.people()
  if (!people.ok) return refused({ kind: 'ledger-trouble', problem: people.problem.kind })
  if (people.value.length === 0) return { kind: 'allowed', by: null }
  const by = signIn.person()
  // Nobody is there who could be answered for; the door refuses most of what comes from a locked till already.
  const need = mayDo(by?.role ?? 'cashier', wanted, settings.staff.limits)
  if (need.kind === 'nothing' && by !== null) return { kind: 'allowed', by }
  if (said === null) return refused({ kind: 'manager-needed' })
  const manager = { who: said.staffNumber, pin: said.pin }
  const override: Override = {
    act: wanted.act,
    cashier: by?.number ?? null,
    reason,
    ...(wanted.amountFen === undefined ? {} : { amountFen: wanted.amountFen }),
    ...(orderNumber === undefined ? {} : { orderNumber }),
    ...(shiftId === undefined ? {} : { shiftId }),
  }
  const proved = need.kind === 'own-pin' ? await staff.prove(manager) : await staff.override(manager, override)
  if (proved.kind !== 'right') return refused(pinRefusalView(proved))
  return { kind: 'allowed', by, proof: proved.proof }
}

const refused = (refusal: ManagerRefusal): Permission => ({ kind: 'refused', refusal })
