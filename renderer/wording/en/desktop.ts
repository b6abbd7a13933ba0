import type { DesktopWords } from '../desktop-words.ts'

/** The program itself. */
export const desktop = {
  title: 'Program',
  ready: (version) => `Version ${version} is downloaded and waits.`,
  whenItGoesIn:
    'It goes in when the till is closed, or when a manager restarts the till now. Never while somebody works.',
  install: 'Install and restart now',
  installing: 'The till closes its books, installs, and starts again.',
  allowInstall: (version) => `Close the till, install version ${version}, and start it again.`,
  notNow: 'Not now. No order was touched. First:',
  hindrances: {
    'order-open': 'An order is not at its end: finish it at the counter, or wait until the till knows.',
    'revoke-open': 'A revoke is under way: wait until the till knows whether the money went back.',
    'case-open': 'An order needs a person: settle it at the desk (F1).',
    'refund-open': 'A refund is under way: wait until the channel has answered.',
    printing: 'A paper is being printed: wait until it is out.',
    'shift-open': 'A shift is open: count and close it (F7).',
    'ledger-trouble': 'The ledger cannot be read: call support, and do not install now.',
  },
  kiosk: 'The till has the whole screen (kiosk).',
  leaveKiosk: 'Leave the full screen',
  allowLeave: 'Leave the full screen until the next start; the window can be closed then.',
  left: 'The till is a window now. At its next start it has the whole screen again.',
  lost: 'The till did not answer. Nothing was changed. Try again.',
} as const satisfies DesktopWords
