import type { StaffChangeResult } from '../../electron/api/contract.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { refusalText } from './refusal-text.ts'

/** Why a change of staff was not made, in words. */
export function changeText(words: Catalogue, result: Exclude<StaffChangeResult, { readonly kind: 'done' }>): string {
  const { problems, nameProblems, pinProblems } = words.staff
  switch (result.kind) {
    case 'refused':
      return problems[result.problem]
    case 'name-refused':
      return nameProblems[result.problem]
    case 'not-six-digits':
    case 'too-easy':
    case 'not-the-same':
    case 'already-set-up':
      return pinProblems[result.kind]
    default:
      return refusalText(words, result, Date.now())
  }
}
