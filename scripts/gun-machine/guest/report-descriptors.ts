/**
 * What a gun tells of its own reports (USB Device Class Definition for HID 1.11 §6.2.2; HID Point of Sale Usage Tables
 * 1.02). Written from the documents, not from the till's layouts, so that a mistake there is not made twice.
 */
const bytesOf = (hexadecimal: string): Uint8Array =>
  Uint8Array.from(Buffer.from(hexadecimal.replaceAll(/[^0-9a-f]/g, ''), 'hex'))

/** Usage page bar code scanner, usage scanner; in it the scanned-data report, number 2, of bytes. */
const scannerBegins = '058c 0902 a101 0912 a102 8502 1500 26ff00 7508'
/** Generic desktop's byte count. */
const length = '9501 0501 093b 8102'
/** Symbology identifier 1 to 3. */
const identifier = '9501 058c 09fb 8102 09fc 8102 09fd 8102'
/** Decoded data, 56 buffered bytes. */
const data = '9538 058c 09fe 820201'
const padding = (bytes: number): string => `95${bytes.toString(16).padStart(2, '0')} 8103`
/** Decoded data continued: one bit, and seven that say nothing. */
const continued = '2501 7501 9501 09ff 8102 7507 8103'
const ends = 'c0 c0'

/** Length, AIM identifier, 56 bytes, two that are the maker's, the continuation bit: Honeywell's order (hardware.md §3.1). */
export const scannerWithIdentifier = bytesOf(
  [scannerBegins, length, identifier, data, padding(2), continued, ends].join(''),
)

/** The same without an identifier: Newland's order. */
export const scannerWithoutIdentifier = bytesOf([scannerBegins, length, data, padding(5), continued, ends].join(''))

/** The boot keyboard of the HID definition, appendix B.1: modifiers, a byte, six keys. */
export const bootKeyboard = bytesOf(
  '0501 0906 a101 0507 19e0 29e7 1500 2501 7501 9508 8102 9501 7508 8101 9506 7508 1500 2565 0507 1900 2965 8100 c0',
)
