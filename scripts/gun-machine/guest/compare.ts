/** A check that did not hold, in words that quote no code. */
export class Failed extends Error {}

/** Where what arrived differs from what was sent; null where it is the same, whole and in order. */
export function difference(sent: readonly string[], arrived: readonly string[]): string | null {
  const at = sent.findIndex((text, index) => arrived[index] !== text)
  if (at < 0 && arrived.length === sent.length) return null
  const count = `${arrived.length} arrived of ${sent.length}`
  if (at < 0) return `${count}: one that nobody sent came last`
  const came = arrived[at]
  if (came === undefined) return `${count}: the ${at + 1}. is missing`
  const lengths = `it has ${came.length} characters in place of ${sent[at]?.length}`
  const later = sent.indexOf(came)
  if (later < 0) return `${count}: the ${at + 1}. is none that was sent, ${lengths}`
  return `${count}: in place of the ${at + 1}. came the ${later + 1}.`
}

/** Throws `Failed` unless the same arrived, whole and in order. */
export function mustBeSame(sent: readonly string[], arrived: readonly string[], what: string): void {
  const found = difference(sent, arrived)
  if (found !== null) throw new Failed(`${what}: ${found}`)
}
