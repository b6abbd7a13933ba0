import { assertNever } from '../brand.ts'
import type { Fen } from '../money.ts'
import type { Act } from './act.ts'

/** What a person is at the till. */
export type Role = 'cashier' | 'manager'

export const roles = ['cashier', 'manager'] as const satisfies readonly Role[]

/** How far a role's right to an act goes. */
export type Right =
  /** The sign-in is enough. */
  | 'signed-in'
  /** The sign-in is enough up to the till's limit for the act; above it a manager must be there. */
  | 'up-to-limit'
  /** The person's own PIN is asked for again and recorded beside the act (I15): a till left unlocked must not be enough. */
  | 'own-pin'
  /** A manager gives his PIN on the spot (主管授权); who, what and why are recorded. */
  | 'manager-pin'

export const rightMeanings = {
  'signed-in': 'the sign-in is enough',
  'up-to-limit': 'the sign-in up to the till’s limit, above it a manager’s PIN',
  'own-pin': 'the own PIN again, recorded beside the act',
  'manager-pin': 'a manager’s PIN, recorded with who, what and why',
} as const satisfies Readonly<Record<Right, string>>

/**
 * Who may do what (I15). Total over acts and roles; `docs/rights.md` is printed from it. There is no act that a manager
 * standing beside cannot allow: a till must not send a customer away because the wrong person is signed in.
 */
export const rights: { readonly [Name in Act]: { readonly [Who in Role]: Right } } = {
  'take-payment': { cashier: 'signed-in', manager: 'signed-in' },
  'ask-channel': { cashier: 'signed-in', manager: 'signed-in' },
  'revoke-order': { cashier: 'signed-in', manager: 'signed-in' },
  'refund-order': { cashier: 'up-to-limit', manager: 'own-pin' },
  'return-cash': { cashier: 'up-to-limit', manager: 'own-pin' },
  'take-case': { cashier: 'signed-in', manager: 'signed-in' },
  'settle-case': { cashier: 'manager-pin', manager: 'own-pin' },
  'open-drawer': { cashier: 'manager-pin', manager: 'own-pin' },
  'move-cash': { cashier: 'manager-pin', manager: 'own-pin' },
  'open-shift': { cashier: 'signed-in', manager: 'signed-in' },
  'hand-over-shift': { cashier: 'signed-in', manager: 'signed-in' },
  'close-shift': { cashier: 'signed-in', manager: 'signed-in' },
  'accept-difference': { cashier: 'up-to-limit', manager: 'own-pin' },
  'close-other-shift': { cashier: 'manager-pin', manager: 'own-pin' },
  'read-shift-report': { cashier: 'signed-in', manager: 'signed-in' },
  'read-every-shift': { cashier: 'manager-pin', manager: 'signed-in' },
  'sign-off-day': { cashier: 'manager-pin', manager: 'own-pin' },
  'manage-staff': { cashier: 'manager-pin', manager: 'own-pin' },
  'change-settings': { cashier: 'manager-pin', manager: 'own-pin' },
  'install-update': { cashier: 'manager-pin', manager: 'own-pin' },
  'leave-kiosk': { cashier: 'manager-pin', manager: 'own-pin' },
  'make-support-file': { cashier: 'manager-pin', manager: 'signed-in' },
}

/** What must be given before an act is done. */
export type Need =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'own-pin' }
  /** `because` says whether the role never may, or only not for such an amount. */
  | { readonly kind: 'manager-pin'; readonly because: 'role' | 'amount' }

/** The till's limits for acts that have one; what has none stands at zero, so that a forgotten setting allows nothing. */
export type Limits = { readonly [Name in 'refund-order' | 'return-cash' | 'accept-difference']: Fen }

/** An act, and the money that it moves where it moves some. */
export type WantedAct = { readonly act: Act; readonly amountFen?: Fen | undefined }

/**
 * What the role must give before it may do this. An act with a limit and without an amount needs a manager: nobody can
 * say that it is small enough.
 */
export function mayDo(role: Role, { act, amountFen }: WantedAct, limits: Limits): Need {
  const right = rights[act][role]
  switch (right) {
    case 'signed-in':
      return { kind: 'nothing' }
    case 'own-pin':
      return { kind: 'own-pin' }
    case 'manager-pin':
      return { kind: 'manager-pin', because: 'role' }
    case 'up-to-limit': {
      const isWithin = amountFen !== undefined && hasLimit(act) && amountFen <= limits[act]
      return isWithin ? { kind: 'nothing' } : { kind: 'manager-pin', because: 'amount' }
    }
    default:
      return assertNever(right, 'right')
  }
}

/** Whether an act must bear a manager's proof when this role does it (I15). */
export const needsProof = (need: Need): boolean => need.kind !== 'nothing'

function hasLimit(act: Act): act is keyof Limits {
  return act === 'refund-order' || act === 'return-cash' || act === 'accept-difference'
}
