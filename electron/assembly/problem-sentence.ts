import type { OpeningTrouble } from '../api/contract.ts'
import type { LedgerProblem } from '../ledger/ledger.ts'
import { settingsProblemLines } from '../settings/problem.ts'
import { assertNever } from '../till/brand.ts'
import type { OpeningProblem } from './assemble.ts'
import { damageSentence, mendingCommand } from './damage-sentence.ts'

/** The sentence for a person at the console, and the exit code of design §8. */
export type ProblemSentence = { readonly sentence: string; readonly exitCode: 2 | 3 | 4 }

/** Says why a till cannot open, and what to do. */
export function openingProblemSentence(problem: OpeningProblem): ProblemSentence {
  if (problem.kind === 'settings') {
    const lines = settingsProblemLines(problem.problems).join('\n')
    const sentence = `The till does not start, because its configuration is wrong:\n${lines}\nNothing was changed or charged. Correct the file, or put its last good copy back, and start the till again.`
    return { sentence, exitCode: 2 }
  }
  if (problem.kind === 'training') {
    const sentence = `The training servers do not start (${problem.detail}). Nothing was charged. Move the folder “training” out of the data folder, or use another data folder.`
    return { sentence, exitCode: 4 }
  }
  return { sentence: ledgerProblemSentence(problem.problem), exitCode: problem.problem.kind === 'in-use' ? 2 : 4 }
}

/** The same for a window: what a cashier must be told, and what support staff will ask for. */
export function openingTrouble(problem: OpeningProblem): OpeningTrouble {
  const { sentence } = openingProblemSentence(problem)
  const plain = { damage: null, sentence, command: null, backup: null }
  if (problem.kind !== 'ledger') return { ...plain, kind: problem.kind }
  if (problem.problem.kind !== 'damaged') return { ...plain, kind: problem.problem.kind }
  const { damage, backup } = problem.problem
  return { kind: 'damaged', damage: damage.kind, sentence, command: mendingCommand(damage, backup), backup }
}

/** Says what is wrong with the ledger: no payment was started, and nothing that was recorded is lost. */
export function ledgerProblemSentence(problem: LedgerProblem): string {
  const safe = 'No payment was started; what was recorded before is untouched.'
  switch (problem.kind) {
    case 'read-only':
      return `The data folder cannot be written to: ${problem.path}. ${safe} Give this user the right to write there.`
    case 'disk-full':
      return `The disk is full: ${problem.path}. ${safe} Make room and try again.`
    case 'disk-error':
      return `The disk does not work: ${problem.path} (${problem.detail}). ${safe} Have the disk looked at.`
    case 'newer-file':
      return `The ledger was written by a newer program (version ${problem.fileVersion}, this one reads ${problem.programVersion}): ${problem.path}. ${safe} Start the newer program.`
    case 'damaged':
      return damageSentence(problem)
    case 'in-use':
      return `Another till works on this data folder: ${problem.path}. This one leaves; close the other first, or use another folder.`
    case 'closed':
      return `The ledger is closed. ${safe} Start the till again.`
    default:
      return assertNever(problem, 'ledger problem')
  }
}
