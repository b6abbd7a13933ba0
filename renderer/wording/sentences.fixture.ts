import assert from 'node:assert/strict'

/** A sentence of a catalogue: a text, or a function of its blanks. */
export type Leaf = string | ((...blanks: readonly never[]) => unknown)

/** Every sentence of a catalogue under its dotted path. */
export function leaves(node: unknown, path = ''): readonly (readonly [string, Leaf])[] {
  if (typeof node === 'string') return [[path, node]]
  if (typeof node === 'function') return [[path, node as Leaf]]
  assert.ok(typeof node === 'object' && node !== null, `${path} is neither a sentence nor a group`)
  return Object.entries(node).flatMap(([key, child]) => leaves(child, path === '' ? key : `${path}.${key}`))
}

/** What a sentence makes of blanks that tell themselves apart. */
const blanks = { text: '⟪text⟫', length: 7_391, masked: '⟪masked⟫' }

/** The sentence with its blanks filled. */
export const filled = (leaf: Leaf, path: string): string => {
  if (typeof leaf === 'string') return leaf
  // Every sentence with blanks takes texts, numbers or a scan problem; these stand in for all three.
  const args = path.startsWith('scanProblems.') ? [blanks] : ['⟪first⟫', '⟪second⟫', '⟪third⟫']
  const sentence = (leaf as (...args: readonly unknown[]) => unknown)(...args)
  assert.equal(typeof sentence, 'string', path)
  return String(sentence)
}
