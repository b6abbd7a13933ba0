import type { CashWords } from '../cash-words.ts'

/** The words of cash at the counter. */
export const cash = {
  given: 'Cash given',
  exact: 'Enter alone means the exact amount.',
  change: (amount) => `Change ${amount}`,
  short: (given, rest) => `${given} in cash, the other ${rest} by code.`,
  planned: (cash) => `Once the code part is paid, take ${cash} in cash.`,
  takenAlready: (cash, whole) => `${whole} in all; ${cash} in cash is in the drawer.`,
  due: (code, cash) => `${code} came by code. Take ${cash} in cash; no goods before that.`,
  complete: (code, cash, whole) => `${code} by code + ${cash} in cash = ${whole}: complete.`,
  owedBack: (cash) => `${cash} in cash is in the drawer: scan again, take cash, or give it back with F4.`,
  returned: (cash) => `Give ${cash} back to the customer; it is recorded.`,
  giveChange: (amount) => `Give ${amount} change.`,
  noChange: 'No change.',
  unfinished: (whole, cash, left) => `A sale of ${whole} has ${cash} in cash, ${left} is missing. F3 goes on with it.`,
  returnReason: 'the rest was not paid, cash given back',
  lost: 'The till did not answer: it may be recorded or not. Press Enter again; it is never recorded twice.',
  problems: {
    zero: 'The amount is zero. Nothing was recorded.',
    'given-too-little': 'Too little was given. Nothing was recorded.',
    'given-too-much': 'Too much change: check what was given. Nothing was recorded.',
    'no-open-shift': 'No shift is open: no cash. Nothing was recorded.',
    'shift-without-cash': 'This shift takes no cash. Nothing was recorded.',
    'being-counted': 'The drawer is being counted: no cash now. Nothing was recorded.',
    'more-than-left': 'More than is left of this sale. Nothing was recorded.',
    'more-than-taken': 'More than was taken in cash. Nothing was recorded.',
    'reason-missing': 'Say why. Nothing was recorded.',
    amount: 'This amount is not possible. Nothing was recorded.',
    manager: 'This takes a manager. Nothing was recorded.',
  },
  drawer: {
    opened: 'The drawer is open.',
    'did-not-open': 'Recorded, but the drawer did not open: use its key.',
    'no-drawer': 'Recorded. No drawer is connected: open it by hand.',
  },
} as const satisfies CashWords
