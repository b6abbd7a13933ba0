import type { ClosureView, VerdictView } from '../../electron/api/contract.ts'
import type { IconName } from '../shell/icons.tsx'
import { assertNever } from '../till/types.ts'
import { momentText } from '../time/shanghai.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import type { VerdictTone } from '../wording/evidence-words.ts'

export const toneIcons: Readonly<Record<VerdictTone, IconName>> = {
  paid: 'check',
  returned: 'returned',
  closed: 'closed',
  'by-hand': 'person',
  open: 'question',
}

/** The look of a verdict; no verdict at all looks like an open order. */
export function toneOf(closure: ClosureView | null): VerdictTone {
  if (closure === null || !closure.isClosed) return 'open'
  switch (closure.verdict.kind) {
    case 'paid-and-verified':
      return 'paid'
    case 'revoked-refunded-confirmed':
    case 'refunded-in-full':
      return 'returned'
    case 'settled-by-hand':
      return 'by-hand'
    case 'open':
      return 'open'
    default:
      return 'closed'
  }
}

/** One sentence: that the order can no longer charge anyone and why, or that it still may. */
export function verdictText(words: Catalogue, closure: ClosureView | null, nowWallMs: number): string {
  if (closure === null) return words.evidence.noVerdict
  const { verdict } = closure
  const until = 'looksUntilWallMs' in verdict ? verdict.looksUntilWallMs : null
  const sentence = sentenceOf(words, verdict)
  // A look that was due before now was not made yet, or is being made; it promises nothing any more.
  if (until === null || until <= nowWallMs) return sentence
  return `${sentence} ${words.evidence.looksUntil(momentText(until, nowWallMs))}`
}

function sentenceOf({ evidence, desk }: Catalogue, verdict: VerdictView): string {
  switch (verdict.kind) {
    case 'open':
      if (verdict.contradiction) return evidence.open.contradiction
      return verdict.moneyWasTaken ? evidence.open.taken : evidence.open.mayCharge
    case 'settled-by-hand':
      return evidence.byHand(verdict.manager, desk.decisions[verdict.decision].name)
    case 'paid-and-verified':
    case 'revoked-closed-confirmed':
    case 'revoked-refunded-confirmed':
    case 'refunded-in-full':
    case 'refused-by-channel':
    case 'refused-and-not-found':
    case 'closed-unpaid':
    case 'never-existed-there':
    case 'never-left':
      return evidence.closed[verdict.kind]
    default:
      return assertNever(verdict, 'verdict')
  }
}
