import type { Catalogue } from './catalogue.ts'

/** What a reversal is called where others say revoke; longer words stand before those that they begin with. */
const reversals: readonly (readonly [RegExp, string])[] = [
  [/撤销/g, '冲正'],
  [/\bRevoking\b/g, 'Reversing'],
  [/\brevoking\b/g, 'reversing'],
  [/\bRevoked\b/g, 'Reversed'],
  [/\brevoked\b/g, 'reversed'],
  [/\bRevokes\b/g, 'Reversals'],
  [/\brevokes\b/g, 'reverses'],
  [/\bRevoke\b/g, 'Reverse'],
  [/\brevoke\b/g, 'reverse'],
]

const inReversal = (sentence: string): string =>
  reversals.reduce((text, [word, other]) => text.replace(word, other), sentence)

function changed(node: unknown): unknown {
  if (typeof node === 'string') return inReversal(node)
  if (typeof node === 'function') {
    return (...blanks: readonly unknown[]) => changed(Reflect.apply(node, undefined, blanks))
  }
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, changed(child)]))
}

const made = new WeakMap<Catalogue, Catalogue>()

/** The same catalogue for a channel whose users say reversal (冲正); made once for each language. */
export function inReversalWords(words: Catalogue): Catalogue {
  const known = made.get(words)
  if (known) return known
  // The same tree with other texts at its leaves.
  const reversal = changed(words) as Catalogue
  made.set(words, reversal)
  return reversal
}

const madeWithout = new WeakMap<Catalogue, Catalogue>()

/** The same catalogue for a channel that cannot revoke: what is doubtful goes to the desk, and the screen says so. */
export function withoutRevoke(words: Catalogue): Catalogue {
  const known = madeWithout.get(words)
  if (known) return known
  const { noRevoke } = words
  const without: Catalogue = {
    ...words,
    actions: { ...words.actions, revoke: noRevoke.action },
    counter: {
      ...words.counter,
      atZeroClosed: noRevoke.atZero,
      atZeroRefunded: noRevoke.atZero,
      almostZero: noRevoke.almostZero,
      revokeIn: noRevoke.in,
      revokeRefunds: noRevoke.consequence,
    },
    revokeDialog: {
      title: noRevoke.title,
      body: noRevoke.body,
      bodyPaid: noRevoke.body,
      confirm: noRevoke.confirm,
      keep: noRevoke.keep,
    },
    attentions: { ...words.attentions, 'open-after-end': noRevoke.openAfterEnd },
    desk: {
      ...words.desk,
      actions: { ...words.desk.actions, revokeOver: noRevoke.consequence },
      left: { ...words.desk.left, over: noRevoke.over },
    },
  }
  madeWithout.set(words, without)
  return without
}
