/**
 * What a key of the US layout types, read from its place on the keyboard. A scan gun sends US key positions whatever
 * layout, Caps Lock or input method the machine has, so `KeyboardEvent.code` is the truth and `key` is not
 * (hardware.md §3.3).
 */
const symbols: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Digit1: ['1', '!'],
  Digit2: ['2', '@'],
  Digit3: ['3', '#'],
  Digit4: ['4', '$'],
  Digit5: ['5', '%'],
  Digit6: ['6', '^'],
  Digit7: ['7', '&'],
  Digit8: ['8', '*'],
  Digit9: ['9', '('],
  Digit0: ['0', ')'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadDecimal: ['.', '.'],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
}

export type PressedKey = {
  /** The key's place; empty where an on-screen or remote keyboard does not tell it. */
  readonly code: string
  readonly key: string
  readonly shift: boolean
}

/** The one character that the key types, full-width made plain; null when it types none. */
export function characterOf(pressed: PressedKey): string | null {
  const { code, key, shift } = pressed
  if (code === '') return [...key].length === 1 ? key.normalize('NFKC') : null
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return shift ? letter : letter.toLowerCase()
  const digit = /^Numpad(\d)$/.exec(code)?.[1]
  if (digit) return digit
  const symbol = symbols[code]
  return symbol ? symbol[shift ? 1 : 0] : null
}
