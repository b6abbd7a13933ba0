import type { ManagerProof as GivenProof, ManagerRefusal, RefundNeed } from '../api/contract.ts'
import type { LedgerProblem } from '../ledger/ledger.ts'
import type { PinRefusal } from '../staff/staff-desk.ts'
import { assertNever } from '../till/brand.ts'
import type { OrderNumber } from '../till/ids.ts'
import { type Fen, fen } from '../till/money.ts'
import type { ManagerProof } from '../till/order/event.ts'
import { needForRefund, refundableAloneFen } from '../till/refund/allowance.ts'
import type { Refund } from '../till/refund/refund.ts'
import { readStaffNumber } from '../till/staff/person.ts'
import type { AssembledTill } from './assemble.ts'

type Permitting = Pick<AssembledTill, 'staff' | 'signIn' | 'settings'>

/** A refund that somebody wants, before anything of it is written. */
export type WantedRefund = {
  readonly orderNumber: OrderNumber
  readonly amountFen: Fen
  readonly reason: string
  /** The refunds that the order has had. */
  readonly refunds: readonly Refund[]
}

export type RefundPermission =
  /** `proof` is null where the till has no staff, or the amount is within the limit of who is signed in. */
  | { readonly kind: 'allowed'; readonly proof: ManagerProof | null }
  | { readonly kind: 'manager-needed'; readonly need: RefundNeed }
  | { readonly kind: 'manager-refused'; readonly refusal: ManagerRefusal }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerProblem }

/**
 * Whether a refund may be done by who is signed in, or with the proof that a manager gave with it (I15). A manager's word
 * for somebody else is journaled with who, what and why before it is answered.
 */
export async function permitRefund(
  { staff, signIn, settings }: Permitting,
  { orderNumber, amountFen, reason, refunds }: WantedRefund,
  given: GivenProof | null,
): Promise<RefundPermission> {
  const people = await staff.people()
  if (!people.ok) return { kind: 'ledger-trouble', problem: people.problem }
  if (people.value.length === 0) return { kind: 'allowed', proof: null }
  const person = signIn.person()
  const { limits } = settings.staff
  const need = person && needForRefund(person.role, refunds, amountFen, limits)
  if (need?.kind === 'nothing') return { kind: 'allowed', proof: null }
  if (given === null) {
    const aloneFen = person === null ? fen(0) : refundableAloneFen(person.role, refunds, limits)
    const because = person === null ? 'nobody-signed-in' : need?.kind === 'own-pin' ? 'own-pin' : 'amount'
    return { kind: 'manager-needed', need: { because, aloneFen } }
  }
  const said = { who: given.staffNumber, pin: given.pin }
  const isOwn = need?.kind === 'own-pin' && person?.number === readStaffNumber(given.staffNumber)
  const proved = isOwn
    ? await staff.prove(said)
    : await staff.override(said, {
        act: 'refund-order',
        cashier: person?.number ?? null,
        reason,
        amountFen,
        orderNumber,
      })
  if (proved.kind === 'right') return { kind: 'allowed', proof: proved.proof }
  if (proved.kind === 'ledger-trouble') return proved
  return { kind: 'manager-refused', refusal: refusalView(proved) }
}

/** How much of an order may be refunded now without any PIN; null where the till has no staff and asks for none. */
export async function refundableAlone(
  { staff, signIn, settings }: Permitting,
  refunds: readonly Refund[],
): Promise<Fen | null> {
  const people = await staff.people()
  // What cannot be read allows nothing here; the refund itself tells the trouble.
  if (people.ok && people.value.length === 0) return null
  const person = signIn.person()
  return person === null ? fen(0) : refundableAloneFen(person.role, refunds, settings.staff.limits)
}

function refusalView(refusal: Exclude<PinRefusal, { readonly kind: 'ledger-trouble' }>): ManagerRefusal {
  switch (refusal.kind) {
    case 'wrong':
      return { kind: 'pin-wrong', triesLeft: refusal.triesLeft }
    case 'locked':
      return { kind: 'pin-locked', untilWallMs: refusal.untilWallMs }
    case 'not-set':
      return { kind: 'pin-not-set' }
    case 'trouble':
      return { kind: 'pin-trouble', trouble: refusal.trouble.kind === 'damaged' ? 'damaged' : 'disk-error' }
    case 'no-such-person':
    case 'not-a-manager':
      return { kind: refusal.kind }
    default:
      return assertNever(refusal, 'refusal of a PIN')
  }
}
