/** A driver's error as words; node-hid's `error` event carries a string, not an Error (hardware.md §5). */
export function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : typeof error === 'string' ? error : 'unknown error'
  return words.replace(/\s+/g, ' ').trim().slice(0, 300)
}
