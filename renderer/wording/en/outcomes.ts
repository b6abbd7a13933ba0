import type { Catalogue } from '../catalogue.ts'

/** Results, reasons and next steps: each sentence says what became of the money and what to do now. */
export const outcomes = {
  wallets: {
    wechat: 'WeChat Pay',
    alipay: 'Alipay',
    unionpay: 'UnionPay',
    ecny: 'e-CNY',
    qq: 'QQ Wallet',
    bestpay: 'BestPay',
    jd: 'JD Pay',
    'alipay-face': 'Alipay face',
  },
  channel: (id) => ({ wechat: 'WeChat', alipay: 'Alipay', unionpay: 'UnionPay', icbc: 'ICBC' })[id] ?? id,
  statuses: {
    created: 'Preparing',
    paying: 'Charging',
    'awaiting-payer': 'Customer confirms',
    unknown: 'Not known yet',
    revoking: 'Revoking',
    paid: 'Paid',
    failed: 'Not paid',
    revoked: 'Revoked',
    attention: 'Needs a person',
  },
  revokeEffects: { closed: 'Revoked · not charged', refunded: 'Revoked · money returned' },
  failures: {
    'balance-low': {
      happened: 'The balance is too low.',
      next: 'Ask for another card or wallet, then scan a new code.',
    },
    'code-expired': {
      happened: 'The payment code has expired.',
      next: 'Ask the customer to refresh the code and scan again.',
    },
    'code-invalid': {
      happened: 'This code cannot be used (used before, or no payment code).',
      next: 'Ask the customer to refresh the code and scan again.',
    },
    'card-refused': {
      happened: "The customer's card was refused.",
      next: 'Ask for another card, then scan a new code.',
    },
    'payer-limit': {
      happened: "The customer's spending limit is reached.",
      next: 'Ask for another way to pay, then scan a new code.',
    },
    'payer-account': {
      happened: "The customer's account cannot pay now.",
      next: 'Ask the customer to look at the phone, or to pay another way.',
    },
    'payer-cancelled': {
      happened: 'The customer cancelled the payment.',
      next: 'If they still want to pay, scan a refreshed code.',
    },
    'risk-refused': {
      happened: 'The wallet refused for safety reasons.',
      next: 'Ask the customer to look at the phone, or to pay another way.',
    },
    'order-number-used': {
      happened: 'This order number was used before.',
      next: 'Scan a refreshed code; a new number will be used.',
    },
    'merchant-limit': {
      happened: "The shop's own limit is reached.",
      next: 'Take cash or another wallet, and tell the manager.',
    },
    'merchant-account': {
      happened: "The shop's account cannot take payments now.",
      next: 'Take cash or another wallet, and tell the manager.',
    },
    configuration: {
      happened: "This till's settings are wrong; it is not the customer.",
      next: 'Take cash or another wallet, and tell the manager.',
    },
    'wording-refused': {
      happened: "The order's wording was refused.",
      next: 'Tell the manager to change the settings.',
    },
    'payment-failed': {
      happened: 'The payment did not work; the wallet gave no reason.',
      next: 'Scan a refreshed code, or ask for another way to pay.',
    },
    'closed-by-channel': {
      happened: 'Nobody paid in time, and the wallet closed the order.',
      next: 'Ask the customer to refresh the code and scan again.',
    },
    'never-arrived': {
      happened: 'The wallet never got this order; revoked to be safe.',
      next: 'Ask the customer to refresh the code and scan again.',
    },
    'never-sent': {
      happened: 'This payment never left the till; nothing was charged.',
      next: 'Ask the customer to refresh the code and scan again.',
    },
    'settled-by-hand': {
      happened: 'The manager settled the case: the customer was not charged.',
      next: 'Nothing is left to do for this order.',
    },
  },
  unknowns: {
    'not-reachable': 'The wallet cannot be reached just now.',
    'no-answer': 'The wallet did not answer in time.',
    'http-status': 'The wallet has a fault.',
    'unreadable-answer': "The wallet's answer cannot be read.",
    'unverifiable-answer': "The wallet's answer cannot be verified.",
    'mismatched-answer': 'The answer belongs to another order.',
    'system-error': 'The wallet does not know the result either.',
    'order-not-found': 'The wallet cannot find the order yet.',
    'rate-limited': 'Asked too often; asking again shortly.',
    'refused-request': 'The wallet did not accept the question.',
    'ends-unproven': 'The channel says failed or closed, which does not prove that no money moved.',
    'unlisted-code': 'The wallet gave an answer never seen before.',
    restarted: 'The till was restarted and is asking again.',
  },
  attentions: {
    'revoke-tries-used-up': {
      happened: 'Revoking failed several times.',
      next: 'The manager looks it up on the merchant site.',
    },
    'channel-has-no-revoke': {
      happened: 'There is still no result, and this channel cannot revoke.',
      next: 'The manager looks it up on the merchant site: if charged, hand over or refund; if not, close it.',
    },
    'not-revocable': {
      happened: 'The order can no longer be revoked.',
      next: 'The manager looks it up on the merchant site; if charged, refund it.',
    },
    'paid-after-end': {
      happened: 'After the order had ended, the wallet said it was paid.',
      next: 'The manager checks it by its number and returns the money.',
    },
    'open-after-end': {
      happened: 'The order had ended, but the wallet still has it open; the till is revoking it.',
      next: 'If it is still here in a minute, the manager looks it up by its number.',
    },
    'channel-needs-person': {
      happened: 'The wallet asks for a person.',
      next: 'The manager settles the order on the merchant site by its number.',
    },
  },
  tellCustomer: {
    label: 'Tell the customer',
    words: '“There is no result yet. If you were charged, the money will be returned. Please do not pay again.”',
  },
  moneyTaken: {
    money: 'The customer was charged; it is not returned yet.',
    tellCustomer: '“You were charged. The manager will have it returned. Please do not pay again.”',
  },
  alarms: {
    'impossible-state': 'The wallet gave a state that cannot be. Tell the manager.',
    'mismatched-answer': 'An answer of another order came in. Tell the manager.',
  },
  amountProblems: {
    empty: () => 'No amount has been entered.',
    'not-a-number': () => 'This is not an amount. Enter it again.',
    negative: () => 'An amount cannot be negative.',
    zero: () => 'The amount cannot be ¥0.',
    'too-many-decimals': () => 'At most two decimals.',
    'too-large': (limit) => `At most ${limit} in one payment.`,
  },
  scanProblems: {
    'collection-code': () => 'That is a code for receiving money. Ask for the “payment code” screen.',
    link: () => 'That is a web link, not a payment code. Ask for the “payment code” screen.',
    'goods-barcode': (problem) => `That is a goods barcode (${problem.text}). Scan the code on the customer's phone.`,
    'bill-number': (problem) =>
      `That is a number out of a bill (${problem.text}), not a payment code. Nothing was charged.`,
    letters: (problem) => `${problem.length} characters with letters: not a payment code. Scan the customer's code.`,
    'wrong-length': (problem) =>
      `${problem.length} digits (${problem.masked}): wrong length. Aim at the payment code and scan again.`,
    'unknown-wallet': (problem) =>
      `Unknown wallet (${problem.length} digits, ${problem.masked}). Ask for another way to pay.`,
    empty: () => 'Nothing was read. Aim at the payment code and scan again.',
  },
  ledgerTroubles: {
    'read-only': {
      happened: "The till's ledger cannot be written.",
      next: "The manager checks the data folder's permissions; then try again.",
    },
    'disk-full': { happened: 'The disk is full.', next: 'The manager frees disk space; then try again.' },
    'disk-error': {
      happened: 'The disk has an error.',
      next: 'Stop taking payments at this till and tell the manager.',
    },
    'newer-file': { happened: 'The ledger was written by a newer program.', next: 'The manager updates this till.' },
    damaged: { happened: 'The ledger is damaged.', next: 'Stop taking payments at this till and tell the manager.' },
    'in-use': {
      happened: 'Another till program uses this ledger.',
      next: 'Close the other till program; then try again.',
    },
    closed: { happened: 'The ledger has been closed.', next: 'Open the till again.' },
  },
  refusals: {
    stopping: { happened: 'The till is closing.', next: 'Open the till again before taking payments.' },
    'not-sent': {
      happened: 'The scan did not reach the till.',
      next: 'Ask the customer to refresh the code and scan again.',
    },
  },
  notices: {
    'scan-unused': 'A payment is under way; this scan was not used.',
    'scan-needs-amount': 'Enter the amount first. This scan was not used.',
    'scan-needs-confirmed-amount': 'Press Enter to confirm the amount, then scan again.',
    'scan-unreadable': 'The code was not read whole; nothing was charged. Scan again.',
    'scan-without-end': 'The gun sends no end of code; nothing was charged. The manager switches on its “CR suffix”.',
    'pos-withdrawn': 'The POS’s collection waits no more; nothing was charged for it.',
    'collection-over': 'The POS’s collection has ended; nothing was charged now. Let the POS begin a new one.',
    'scan-gone': 'That scan is too old; nothing was charged. Scan again.',
    'not-now': 'Not possible just now; please wait.',
    'act-lost': "The till did not answer; look at the order's state.",
    copied: 'Order number copied.',
    walletNotConfigured: (wallet) => `This shop does not take ${wallet}. Ask for another way to pay.`,
  },
} as const satisfies Partial<Catalogue>
