/** The letters of AIM identifiers (ISO/IEC 15424) and the symbologies' own names, which are the same in every language. */
const names: Readonly<Record<string, string>> = {
  A: 'Code 39',
  C: 'Code 128',
  E: 'EAN / UPC',
  F: 'Codabar',
  G: 'Code 93',
  I: 'ITF',
  L: 'PDF417',
  Q: 'QR Code',
  d: 'Data Matrix',
  e: 'GS1 DataBar',
  h: 'Han Xin',
  z: 'Aztec',
}

/** A symbology by its name and identifier, such as `QR Code (]Q1)`. */
export function symbologyName(identifier: string): string {
  const name = names[identifier.slice(0, 1)]
  return name === undefined ? `]${identifier}` : `${name} (]${identifier})`
}
