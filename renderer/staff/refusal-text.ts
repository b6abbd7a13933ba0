import type { ManagerRefusal } from '../../electron/api/contract.ts'
import { momentText } from '../time/shanghai.ts'
import type { Catalogue } from '../wording/catalogue.ts'

/** Why a PIN opened nothing, or that a manager is wanted, in words; nothing was changed. */
export function refusalText(words: Catalogue, refusal: ManagerRefusal, nowWallMs: number): string {
  const { refusals } = words.staff
  switch (refusal.kind) {
    case 'pin-wrong':
      return refusals.wrong(refusal.triesLeft)
    case 'pin-locked':
      return refusals.locked(momentText(refusal.untilWallMs, nowWallMs))
    case 'ledger-trouble':
      return `${words.ledgerTroubles[refusal.problem].happened} ${words.ledgerTroubles[refusal.problem].next}`
    default:
      return refusals[refusal.kind]
  }
}
