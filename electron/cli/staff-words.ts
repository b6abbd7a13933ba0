import type { PinRefusal, StaffOutcome } from '../staff/staff-desk.ts'
import { assertNever } from '../till/brand.ts'
import type { StaffProblem } from '../till/staff/change.ts'
import { longestName, type NameProblem } from '../till/staff/person.ts'
import { type ExitCode, exitCodes, type Output } from './output.ts'
import { pinCheckWords, pinSettingWords } from './pin-words.ts'
import { sayLedgerProblem } from './session.ts'

/** Says why a PIN opened nothing, and that nothing was changed. */
export function sayPinRefusal(output: Output, refusal: PinRefusal): ExitCode {
  switch (refusal.kind) {
    case 'ledger-trouble':
      return sayLedgerProblem(output, refusal.problem)
    case 'no-such-person':
      output.say(
        'There is nobody with this number or name; where two have one name, give the number. Nothing was changed.',
      )
      return exitCodes.usage
    case 'not-a-manager':
      output.say('This takes a manager. Nothing was changed.')
      return exitCodes.usage
    case 'not-set':
      output.say('No PIN is set yet. Set one with: till manager-pin, or with staff set up: till staff set-pin.')
      return exitCodes.usage
    default:
      output.say(`${pinCheckWords(refusal)} Nothing was changed.`)
      return refusal.kind === 'trouble' ? exitCodes.internal : exitCodes.usage
  }
}

/** Says why a change of staff was not made. */
export function sayStaffRefusal(output: Output, outcome: Exclude<StaffOutcome, { readonly kind: 'done' }>): ExitCode {
  switch (outcome.kind) {
    case 'refused':
      output.say(`${staffProblemWords(outcome.problem)} Nothing was changed.`)
      return exitCodes.usage
    case 'name-refused':
      output.say(`--name: ${nameProblemWords(outcome.problem)} Nothing was changed.`)
      return exitCodes.usage
    case 'weak':
      output.say(pinSettingWords(outcome))
      return exitCodes.usage
    case 'already-set-up':
      output.say('There is staff already: a manager adds people, with --manager. Nothing was changed.')
      return exitCodes.usage
    case 'pins-not-lost':
      output.say('A manager still has a PIN here: use till staff set-pin with --manager. Nothing was changed.')
      return exitCodes.usage
    default:
      return sayPinRefusal(output, outcome)
  }
}

function staffProblemWords(problem: StaffProblem): string {
  switch (problem) {
    case 'number-taken':
      return 'This number was given before; a number is never given twice.'
    case 'numbers-used-up':
      return 'There is no number left.'
    case 'not-the-first':
      return 'There is staff already: only a manager adds people.'
    case 'first-must-be-manager':
      return 'The first person must be a manager: --role manager.'
    case 'no-such-person':
      return 'There is nobody with this number.'
    case 'last-manager':
      return 'This is the only manager: the till would have none.'
    case 'has-left':
      return 'This person has left.'
    case 'is-there':
      return 'This person is there.'
    case 'not-a-manager':
      return 'This takes a manager.'
    default:
      return assertNever(problem, 'problem of staff')
  }
}

function nameProblemWords(problem: NameProblem): string {
  switch (problem) {
    case 'empty':
      return 'expected a name.'
    case 'too-long':
      return `expected at most ${longestName} characters.`
    case 'unprintable':
      return 'it holds a character that cannot be shown in one line.'
    case 'looks-like-a-code':
      return 'it holds a long number, which may be a payment code.'
    default:
      return assertNever(problem, 'problem of a name')
  }
}
