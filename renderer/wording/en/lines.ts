import type { Catalogue } from '../catalogue.ts'

/** What is said when the network or a channel is gone; the command line has the same reasons. */
export const lines = {
  lines: {
    networkGone: 'No network: no payments for now.',
    walletsGone: (wallets) => `${wallets} cannot be reached: do not use it for now.`,
    because: (reason, since) => `Since ${since} ${reason}. Trying again by itself.`,
    takeCash: 'Take cash.',
    takeOther: (wallets) => `${wallets} can be used; or take cash.`,
    owesNothing: 'Money already taken is safe.',
    owes: (count) =>
      count === 1
        ? `Money already taken is safe; ${count} order will be checked when it is back.`
        : `Money already taken is safe; ${count} orders will be checked when it is back.`,
    refused: (wallet, reason) => `${wallet} cannot be reached: ${reason}.`,
    refusedNext: 'The code was not used and can be scanned again later.',
    back: 'The network is back: you can charge again.',
    separator: ', ',
    reasons: {
      'no-network': 'this machine has no network',
      'name-not-resolved': 'its address cannot be looked up (DNS)',
      refused: 'its address refuses the connection',
      tls: 'no secure connection can be made',
      'timed-out': 'it does not answer in time',
      'connection-lost': 'the connection breaks before an answer',
      'portal-page': 'a web page answers in its place; the network may ask for a login',
      'channel-fault': 'its servers are out of order',
      unverifiable: 'its answers cannot be verified',
      'keys-refused': 'it refuses this shop’s keys or permissions',
      'clock-off': 'this machine’s clock is wrong',
    },
    marks: {
      'no-network': 'no network',
      'name-not-resolved': 'away',
      refused: 'away',
      tls: 'away',
      'timed-out': 'away',
      'connection-lost': 'away',
      'portal-page': 'login needed',
      'channel-fault': 'out of order',
      unverifiable: 'not verified',
      'keys-refused': 'set up wrong',
      'clock-off': 'clock wrong',
    },
  },
} as const satisfies Partial<Catalogue>
