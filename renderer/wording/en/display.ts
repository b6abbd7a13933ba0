import type { DisplayWords } from '../display-words.ts'

export const display = {
  states: {
    resting: { headline: 'Welcome', next: '' },
    due: { headline: 'Please show your payment code', next: 'Nothing is taken before it is scanned' },
    sending: { headline: 'Taking the payment', next: 'One moment, please' },
    'awaiting-payer': { headline: 'Please confirm on your phone', next: 'Look at your phone and enter your password' },
    'ask-staff': { headline: 'Please wait for our staff', next: 'Please do not pay again yet' },
    paid: { headline: 'Paid', next: '' },
    'not-paid': { headline: 'No money was taken', next: 'Please ask our staff, or pay in another way' },
    'revoked-closed': { headline: 'Cancelled, no money was taken', next: 'To pay, please show your code again' },
    'revoked-refunded': { headline: 'Cancelled, the money goes back', next: 'It goes back to the wallet that paid' },
    'cash-due': { headline: 'Please pay in cash', next: '' },
    'cash-paid': { headline: 'Paid in full', next: 'Thank you' },
    'cash-returned': { headline: 'Cash returned', next: 'Please count it' },
  },
  paidWith: (wallet) => `Paid with ${wallet}`,
  alone: { headline: 'Welcome', next: 'Please ask our staff' },
  change: (amount) => `Change ${amount}`,
  receipt: 'Scan to keep the receipt',
  training: 'Practice · no real money is taken',
  section: {
    lead: 'A second screen for the customer: the amount, “show your code”, the wait for a password, the result, and the receipt’s code. It has no order number, no name of staff, no other order.',
    states: { open: 'The customer display is open', closed: 'The customer display is not open' },
    open: 'Open customer display',
    howTo: 'Drag the window to the customer’s screen; one click on it fills the screen.',
    openings: {
      'at-start': 'Opens by itself at each start',
      'by-hand': 'A person opens it; config.json can have it open at each start',
    },
  },
} satisfies DisplayWords
