import type { Language } from './language.ts'

/** What the window knows of the customer display's settings. */
export type CustomerDisplayView = {
  /** Whether the counter opens it by itself, or a person does (F12). */
  readonly open: 'at-start' | 'by-hand'
  /** `both`: Chinese large, English small below it. */
  readonly language: Language | 'both'
  /** Whether a paid sale has a code that the customer may keep. */
  readonly hasReceiptCode: boolean
}

/** The receipt that a customer takes from the display. */
export type ReceiptCodeShown =
  /** A QR code as an SVG that loads nothing; the same signed text that stands on the paper. */
  | { readonly kind: 'shown'; readonly qrSvg: string }
  /** The shop wants none, its key cannot be had, or the order is not one that is paid. */
  | { readonly kind: 'none' }

/** The calls of the customer display; part of `Calls`. */
export type DisplayCalls = {
  /** The signed receipt of a paid order as a code. */
  'display.receipt': { readonly request: { readonly orderNumber: string }; readonly reply: ReceiptCodeShown }
}
