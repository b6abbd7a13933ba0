import type { Catalogue } from '../catalogue.ts'

/** What the page of a till that could not open says. */
export const opening = {
  title: 'The till cannot open now',
  happened: {
    settings: 'The configuration, config.json, is wrong; the till does not start half configured.',
    training: 'The practice services did not start.',
    'read-only': "The till's ledger cannot be written: the data folder does not allow it.",
    'disk-full': 'The disk is full; there is no room for the ledger.',
    'disk-error': 'The disk has an error; the ledger cannot be read or written.',
    'newer-file': 'The ledger was written by a newer program, which this one cannot read.',
    damaged: "The ledger's file is damaged.",
    'in-use': 'Another till program uses this ledger.',
    closed: 'The ledger has been closed.',
  },
  damages: {
    'not-a-ledger': 'Another file stands in its place.',
    missing: 'The file is gone, but backups of it are there.',
    truncated: 'The file was cut short.',
    'torn-page': 'A part of the file is spoilt.',
    'foreign-wal': 'The log file beside it is not its own.',
    'wal-missing': 'The till did not end in order, and the log file with its last records is gone.',
    'rolled-back': 'The ledger is older than its own backup.',
    'chain-broken': 'A record in it was changed and does not match its check.',
    'projection-missing': 'The journal is whole, but the list of orders made from it is incomplete.',
    'projection-differs': 'The journal is whole, but the list of orders made from it does not match.',
    'unreadable-entry': 'Its first record cannot be understood.',
    'older-form': 'It has the form of an older program.',
  },
  safe: 'No payment was started, and no file was changed or deleted. Money that was paid is safe with the wallets.',
  next: 'Take payments at another till or in cash, and show this page to the manager or to support. Then try again.',
  backup: (time, events) => `The last good backup: ${time}, ${events} records.`,
  newer: (events) =>
    `${events} records came after it; what can still be read is brought over, the wallets are asked about the rest.`,
  newerUnknown:
    'How many records came after it cannot be read now; what can be is brought over, the wallets are asked about the rest.',
  command: 'The command for support staff',
  tryAgain: 'Try again',
  trying: 'Opening…',
  details: 'For support staff',
} as const satisfies Catalogue['opening']
