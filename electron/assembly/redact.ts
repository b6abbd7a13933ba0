/**
 * A text without what could be a payment code or a key: digits in the lengths of payment codes that stand alone (I11),
 * and PEM blocks. Order numbers have letters, and wallets' transaction numbers are longer: those stay.
 */
export function redact(text: string): string {
  return text
    .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]')
    .replace(/(?<![0-9A-Za-z])\d{16,24}(?![0-9A-Za-z])/g, (digits) => `${digits.slice(0, 2)}…${digits.slice(-4)}`)
    .replace(/(:\/\/)[^/\s@"]+@/g, '$1[user]@')
}
