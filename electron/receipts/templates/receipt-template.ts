import type { ReceiptWordName } from '../../till/receipt/receipt-words.ts'

/** A place in a line that the document fills. */
export type TemplateSlot =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'entry'; readonly name: string }
  | { readonly kind: 'word'; readonly name: ReceiptWordName }

type Line = {
  /** The field, the list or the logo without which the line is left out. */
  readonly when: string | null
  /** What holds for this line, as properties of receiptline's language: every lasting property, always in one order. */
  readonly settings: readonly string[]
}

/** One line of a template, read and checked. */
export type TemplateLine =
  | (Line & {
      readonly kind: 'text'
      /** One more than slots. */
      readonly texts: readonly string[]
      readonly slots: readonly TemplateSlot[]
      /** How wide a character is where the line is one slot over the whole width; such a text is broken at words. */
      readonly paragraphScale: number | null
    })
  | (Line & { readonly kind: 'code' | 'qr'; readonly slot: TemplateSlot })
  | (Line & { readonly kind: 'logo' })

/** Lines that stand once, or once for each entry of a list. */
export type TemplateBlock = { readonly list: string | null; readonly lines: readonly TemplateLine[] }

/** A template, read and checked: how a kind of paper looks. */
export type ReceiptTemplate = { readonly blocks: readonly TemplateBlock[] }
