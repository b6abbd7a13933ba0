import type { PosWords } from '../pos-words.ts'

export const pos = {
  from: (reference) => `The POS’s amount · reference ${reference}`,
  others: (count) => `${count} more behind it`,
  trouble: {
    'port-in-use':
      'The POS cannot reach the till: another program has the port. Collect by hand; set another port and start the till again.',
    network: 'The POS cannot reach the till: this machine refused the port. Collect by hand; call support.',
    disk: 'The POS’s records cannot be read or written. Collect by hand; look at the disk and start the till again.',
  },
} satisfies PosWords
