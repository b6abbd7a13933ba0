/** Keys of the HID usage page 0x07 that print, on a US keyboard, without and with Shift; guns send US positions. */
const printing: ReadonlyMap<number, readonly [string, string]> = new Map([
  ...range(0x04, 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  ...range(0x1e, '1234567890', '!@#$%^&*()'),
  ...range(0x2d, "-=[]\\#;'`,./", '_+{}|~:"~<>?'),
  ...range(0x2c, ' ', ' '),
  // Enter and Tab, and the keypad, whose digits need no Shift.
  ...range(0x28, '\r', '\r'),
  ...range(0x2b, '\t', '\t'),
  ...range(0x54, '/*-+\r1234567890.', '/*-+\r1234567890.'),
])

function range(
  first: number,
  plain: string,
  shifted: string,
): readonly (readonly [number, readonly [string, string]])[] {
  return [...plain].map((character, index) => [first + index, [character, shifted[index] ?? character]])
}

const control = 0x11
const shift = 0x22
const altOrMeta = 0xcc
/** What a key with Alt or Meta becomes: a byte that no code holds, so that the frame is told as noise. */
const noise = 0x07

/** The byte that a key means under the modifiers of its boot report; null for keys that print nothing. */
export function byteOfKey(usage: number, modifiers: number): number | null {
  const characters = printing.get(usage)
  if (characters === undefined) return null
  // Alt and keypad digits type characters by number, which no digit of a code should depend on (hardware.md §3.3).
  if ((modifiers & altOrMeta) !== 0) return noise
  const character = characters[(modifiers & shift) === 0 ? 0 : 1].charCodeAt(0)
  // Some guns type their suffix as Ctrl+M or Ctrl+J (hardware.md §14).
  return (modifiers & control) === 0 ? character : character & 0x1f
}
