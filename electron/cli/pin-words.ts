import type { PinCheck, PinSetting, PinTrouble } from '../staff/pin-keeper.ts'
import { assertNever } from '../till/brand.ts'
import { shanghaiDateTime } from '../till/time.ts'

/** Why a PIN does not count, in a sentence that holds nothing of it. */
export function pinCheckWords(checked: Exclude<PinCheck, { kind: 'right' }>): string {
  switch (checked.kind) {
    case 'wrong':
      return `The PIN is wrong; tries left: ${checked.triesLeft}.`
    case 'locked':
      return `Too many wrong PINs: locked until ${shanghaiDateTime(checked.untilWallMs)}.`
    case 'not-set':
      return 'No manager’s PIN is set yet. Set one with: till manager-pin.'
    case 'trouble':
      return pinTroubleWords(checked.trouble)
    default:
      return assertNever(checked, 'check of a PIN')
  }
}

/** Why a PIN was not set. */
export function pinSettingWords(outcome: Exclude<PinSetting, { kind: 'done' }>): string {
  switch (outcome.kind) {
    case 'already-set':
      return 'A PIN was set meanwhile. Nothing was changed.'
    case 'weak':
      return outcome.weakness === 'not-six-digits'
        ? 'The PIN must be six digits. Nothing was changed.'
        : 'This PIN is too easy to guess (all the same, or counted up or down). Nothing was changed.'
    case 'trouble':
      return pinTroubleWords(outcome.trouble)
    default:
      return assertNever(outcome, 'setting of a PIN')
  }
}

function pinTroubleWords(trouble: PinTrouble): string {
  return trouble.kind === 'damaged'
    ? `The file of the manager’s PIN cannot be read: ${trouble.path}. It was left as it is; move it away and set the PIN anew.`
    : `The file of the manager’s PIN cannot be used: ${trouble.path} (${trouble.detail}).`
}
