import type { LedgerTrouble } from './order-views.ts'

/** A manager as said on the cashier's screen: number or whole name as typed, and the PIN. Kept nowhere. */
export type ManagerProof = { readonly staffNumber: string; readonly pin: string }

/** Why a PIN opened nothing; nothing was changed. */
export type PinRefusal =
  | { readonly kind: 'pin-wrong'; readonly triesLeft: number }
  /** Not even looked at: too many wrong tries before. */
  | { readonly kind: 'pin-locked'; readonly untilWallMs: number }
  | { readonly kind: 'pin-not-set' }
  | { readonly kind: 'pin-trouble'; readonly trouble: 'damaged' | 'disk-error' }
  | { readonly kind: 'no-such-person' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }

/** Why a manager's proof did not count, or that one must be given (I15). */
export type ManagerRefusal = PinRefusal | { readonly kind: 'manager-needed' | 'not-a-manager' }
