import type { ManagerRefusal, PinRefusal as PinRefusalView } from '../api/contract.ts'
import type { PinRefusal } from '../staff/staff-desk.ts'
import { assertNever } from '../till/brand.ts'

/** Why a PIN opened nothing, as a screen needs it; no path and no detail of the file. */
export function pinRefusalView(refusal: PinRefusal): ManagerRefusal {
  return refusal.kind === 'not-a-manager' ? { kind: refusal.kind } : personRefusalView(refusal)
}

/** The same where nobody has to be a manager. */
export function personRefusalView(refusal: Exclude<PinRefusal, { readonly kind: 'not-a-manager' }>): PinRefusalView {
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
      return refusal
    case 'ledger-trouble':
      return { kind: 'ledger-trouble', problem: refusal.problem.kind }
    default:
      return assertNever(refusal, 'PIN refusal')
  }
}
