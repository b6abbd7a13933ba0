import type { SystemWords } from '../system-words.ts'

const of = (count: number, one: string, more: string): string => (count === 1 ? `1 ${one}` : `${count} ${more}`)

/** The system's section: the program, the machine, what the till waits for, and the file for support. */
export const system = {
  program: 'Program',
  versionIs: (version, machine) => `Version ${version} (${machine}).`,
  training: 'Training mode: no real money moves.',
  live: 'Live.',
  waits: 'What the till waits for',
  waitsFor: {
    channel: (count) => `${of(count, 'order waits', 'orders wait')} for a channel’s answer.`,
    payer: (count) => `${of(count, 'order waits', 'orders wait')} for the customer’s password.`,
    unknown: (count) => `${of(count, 'order is', 'orders are')} not known to be paid or not: the till is asking.`,
    revoking: (count) => `${of(count, 'order is', 'orders are')} being revoked.`,
    person: (count) => `${of(count, 'order needs', 'orders need')} a person (F1).`,
    away: (count) =>
      `${of(count, 'of them waits', 'of them wait')} for a channel that cannot be reached; asked about when it is back.`,
    refund: (count) => `${of(count, 'refund has', 'refunds have')} no result yet.`,
    paper: (count) => `${of(count, 'paper waits', 'papers wait')} for a printer.`,
    answer: (count) => `${of(count, 'paper', 'papers')} to be looked at: did it print?`,
    pos: (count) => `${of(count, 'amount', 'amounts')} of the POS to be scanned for.`,
    backup: () => 'A backup of the ledger is being made.',
    update: () => 'A new version waits to be put in place, never while somebody works.',
  },
  waitsForNothing: 'Nothing: for the next customer.',
  disk: 'Disk',
  diskFree: (mebibytes) => `${mebibytes} MB free where the data folder is.`,
  diskLow: 'That is little: no payment starts on a full disk, make room first.',
  diskUnknown: 'The system does not say how much is free.',
  clock: 'Clock',
  clockRight: 'Right.',
  clockUnknown: 'No channel has answered yet that could tell.',
  clockOff: (seconds) =>
    `Off by ${seconds} s: switch the system’s own time setting on; channels refuse a clock that is far off.`,
  ledger: 'Ledger',
  ledgerReady: 'Can be written.',
  ledgerTrouble: 'Cannot be written: no payment starts now. Call support.',
  backup: 'Backup',
  backupAt: (time) => `The last one: ${time}.`,
  backupNone: 'None yet.',
  backupMaking: 'One is being made.',
  backupDamaged: 'The ledger did not verify: call support. The former backups stand.',
  secrets: 'Keys',
  sealedStores: {
    none: 'Not sealed: they are in “keys” of the data folder, or where config.json says.',
    passphrase: 'Sealed; the passphrase at the start opens them.',
    desktop: 'Sealed; this machine’s own key store opens them.',
  },
  support: 'Support',
  supportWhat:
    'Puts the log, the configuration and the orders without a result into one file to send. No keys and no payment codes are in it; order numbers and amounts are.',
  makeSupportFile: 'Make a support file',
  making: 'Being made…',
  made: (path) => `Made: ${path}`,
  notWritten: (detail) => `The disk refused it (${detail}); there is no file.`,
  allowSupportFile: 'Make a support file: order numbers and amounts are in it.',
  lost: 'The till did not answer. Try again.',
} satisfies SystemWords
