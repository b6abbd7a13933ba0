import type { RescueWords } from '../rescue-words.ts'

/** The customer says “my phone says paid”: paid is said only where the wallet has confirmed it. */
export const rescue = {
  title: 'Customer says: paid',
  tab: 'Bill',
  back: 'Counter',
  field: 'Scan the bill, or type number, amount or time',
  ask: 'Look it up',
  hint: 'Ask for the bill in the wallet (WeChat: Me - Services - Wallet - Bills; Alipay: Me - Bills), open this payment, scan its barcode.',
  where:
    'No barcode? Type the last 4 or more characters of the merchant order number, an amount (36.80) or a time (14:05).',
  asking: { word: 'Asking', say: '“One moment, I am asking the wallet.”', next: 'Do not charge this again yet.' },
  sayIt: 'Say to the customer',
  detail: 'All about this order',
  unheard: 'The wallet could not be asked just now; this is what it had said before.',
  refunded: (amount) => `${amount} of it was refunded since.`,
  answers: {
    'paid-here': {
      word: 'Paid',
      say: (amount) => `“Found it: your ${amount} has arrived.”`,
      next: 'Do not charge again. Compare amount and time; if they fit, hand over the goods.',
    },
    'now-paid': {
      word: 'Just found: paid',
      say: (amount) => `“Just found it: your ${amount} has arrived.”`,
      next: 'Do not charge again. Compare amount and time; if they fit, hand over the goods.',
    },
    returned: {
      revoke: {
        word: 'Revoked, money returned',
        say: (amount) => `“This ${amount} went back to you; look for the refund in your wallet.”`,
        next: 'The shop has no money from this order. Charge anew if the customer still buys.',
      },
      refund: {
        word: 'Refunded',
        say: (amount) => `“This ${amount} was refunded; look for the refund in your wallet.”`,
        next: 'All of this order’s money went back. Charge anew if the customer still buys.',
      },
      outside: {
        word: 'Returned, says the wallet',
        say: (amount) => `“This ${amount} went back to you; look for the refund in your wallet.”`,
        next: 'It was returned outside this till. Let the manager check in the back office.',
      },
    },
    'never-charged': {
      word: 'Never charged',
      say: (amount) => `“This ${amount} was not charged, and it will not be.”`,
      next: 'If the bill does show a charge, scan the merchant order number in it: it may be another order.',
    },
    'settled-by-hand': {
      word: 'Settled by a manager',
      say: (amount) => `“The manager dealt with this ${amount}; I will ask for the result.”`,
      next: 'Press Enter to see how the manager settled it.',
    },
    'not-known-yet': {
      taken: {
        word: 'Charged, not settled yet',
        say: (amount) => `“This ${amount} was charged and goes back to you; please do not pay again.”`,
        next: 'Do not charge this again.',
      },
      'not-known': {
        word: 'Not known yet',
        say: (amount) =>
          `“This ${amount} has no result yet. If it was charged, it is not lost; please do not pay again.”`,
        next: 'Do not charge this again.',
      },
      asksOn: 'The till keeps asking and shows the result; if none comes in time, it revokes by itself.',
      person: 'It is among the cases: press F1 and call the manager.',
    },
    several: {
      word: 'Choose one',
      say: '“When did you pay, and with which wallet?”',
      next: '↑↓ to choose, Enter to look it up. The same amount does not make it this customer’s.',
      more: 'There are more; type more of the number.',
      choose: (tail) => `Look up the order ending in ${tail}`,
    },
    'other-till': {
      word: 'Not of this till',
      say: '“This was paid at another till; I will take you there.”',
      next: (number) => `${number} belongs to another till or shop. Look it up there.`,
    },
    'unknown-number': {
      word: 'No such number',
      'order-number': {
        say: '“I cannot find this number; let me scan your bill once more.”',
        next: 'It looks like this till’s, but the ledger has no such order. Scan again, then call the manager.',
      },
      'transaction-id': {
        say: '“I cannot find this number yet; please show me the merchant order number.”',
        next: 'Scan the merchant order number, and try the other tills. Do not charge again, and do not say unpaid.',
      },
      part: {
        say: '“Please open the bill and let me scan its barcode.”',
        next: 'No order of today fits. Scan the bill’s barcode, or look at the other tills.',
      },
    },
    'payment-code': {
      word: 'A payment code: nothing charged',
      say: '“That is the payment code. Please open the bill of this payment.”',
      next: 'Nothing was charged and the code was not kept. Scan the barcode in the bill.',
    },
    'not-a-bill-number': {
      word: 'Not a number of a bill',
      say: '“Please open the bill of this payment and let me scan its barcode.”',
      next: 'You may type a number, the end of one, an amount (36.80) or a time (14:05).',
    },
    'scan-gone': { word: 'Not read', say: '“Let me scan it once more.”', next: 'Scan the bill’s barcode again.' },
    'ledger-trouble': {
      word: 'The ledger cannot be read',
      say: '“I cannot look it up right now; please do not pay again.”',
      next: 'Nobody knows whether this was paid. Do not charge again; call the manager.',
    },
    lost: {
      word: 'Not looked up',
      say: '“I cannot look it up right now; please do not pay again.”',
      next: 'The till did not answer; nobody knows yet whether this was paid. Look it up again.',
    },
  },
} as const satisfies RescueWords
