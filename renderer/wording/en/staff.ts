import type { StaffWords } from '../staff-words.ts'

/** The words of staff, sign-in and a manager's override. */
export const staff = {
  refusals: {
    wrong: (triesLeft) => `Wrong PIN, ${triesLeft} tries left. Nothing was changed.`,
    locked: (moment) => `Too many wrong PINs: try again after ${moment}. Nothing was changed.`,
    'pin-not-set': 'This person has no PIN yet: a manager sets one. Nothing was changed.',
    'pin-trouble': 'The file of the PINs cannot be read: call support. Nothing was changed.',
    'no-such-person': 'There is nobody with this number or name. Nothing was changed.',
    'not-a-manager': 'This takes a manager. Nothing was changed.',
    'manager-needed': 'This takes a manager. Nothing was changed.',
  },
  override: {
    title: 'A manager must allow this',
    recorded: 'Who, what and why are recorded for good.',
    manager: 'Manager’s number or name',
    pin: 'Manager’s PIN (6 digits)',
    managerMissing: 'Give the manager’s number or name.',
    pinMissing: 'Enter the 6 digits of the PIN.',
    confirm: 'Allow',
    cancel: 'Do not allow',
    busy: 'Checking…',
  },
} as const satisfies StaffWords
