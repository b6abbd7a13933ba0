/** Characters that mean something in receiptline's language. */
const markup = /[\\{|}~_"`^=;:-]/g

/**
 * A text as receiptline's language writes it, so that it stands on the paper as it is: no character of it starts a column,
 * a property, a line or a decoration, and no blank at its edge aligns a column. The text must be printable (`printableText`): one line without control characters.
 */
export function escapedText(text: string): string {
  return text.replace(markup, (character) => `\\x${character.charCodeAt(0).toString(16)}`).replace(/^ | $/g, '~')
}
