import type { DocumentKind } from '../till/receipt/document.ts'
import type { LedgerTrouble } from './order-views.ts'

/** A paper on the screen. */
export type ReceiptShown =
  /** An SVG that loads nothing. */
  | { readonly kind: 'shown'; readonly svg: string }
  /** The order, or its refund, has not come to anything that a document could tell. */
  | { readonly kind: 'nothing-to-print' }
  | { readonly kind: 'no-such-order' }
  | { readonly kind: 'no-such-refund' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }

/** What became of a receipt without paper (电子小票). */
export type ReceiptSaved =
  /** Absolute paths in the data folder, readable by the till's user alone. */
  | { readonly kind: 'saved'; readonly pngPath: string; readonly svgPath: string }
  | Exclude<ReceiptShown, { readonly kind: 'shown' }>
  /** What came is no PNG. */
  | { readonly kind: 'not-a-picture' }
  | { readonly kind: 'disk-error'; readonly path: string }

export type ReceiptPaper = 58 | 80

/** Why a template cannot be used, and where. */
export type TemplateProblemView = {
  /** From 1. */
  readonly line: number
  readonly kind:
    | 'slot-unknown'
    | 'slot-not-closed'
    | 'slot-missing'
    | 'too-many-slots'
    | 'not-alone'
    | 'brace'
    | 'property'
    | 'ruled-border'
    | 'private-character'
    | 'block-not-closed'
    | 'block-not-open'
    | 'too-long'
  /** The slot, list or property that is meant; empty where none is. */
  readonly name: string
}

/** A template as it is in use. */
export type TemplateView = {
  readonly kind: DocumentKind
  readonly paper: ReceiptPaper
  readonly text: string
  /** Whether the shop has changed it. */
  readonly isOwn: boolean
  /** What is wrong with the shop's file, which is therefore not in use; empty nearly always. */
  readonly problems: readonly TemplateProblemView[]
}

/** Why a file cannot be the logo. */
export type LogoProblemName = 'not-a-png' | 'file-too-large' | 'too-many-pixels' | 'damaged'

export type TemplatesView = {
  readonly templates: readonly TemplateView[]
  /** The roll of the till's first printer. */
  readonly paper: ReceiptPaper
  readonly logo: 'none' | 'in-use' | LogoProblemName
}

export type TemplatePreviewed =
  | { readonly kind: 'shown'; readonly svg: string }
  | { readonly kind: 'refused'; readonly problems: readonly TemplateProblemView[] }

/** What became of a template. What was in use stays in use unless it is `saved`. */
export type TemplateSaved =
  | { readonly kind: 'saved'; readonly template: TemplateView }
  | { readonly kind: 'refused'; readonly problems: readonly TemplateProblemView[] }
  | { readonly kind: 'disk-error'; readonly path: string }

export type LogoSaved =
  | { readonly kind: 'saved' }
  | { readonly kind: 'refused'; readonly problem: LogoProblemName }
  | { readonly kind: 'disk-error'; readonly path: string }

/** The calls of papers, templates and the logo; part of `Calls`. */
export type ReceiptCalls = {
  /** The paper of an order, or of one of its refunds, as it would be printed now. */
  'receipt.show': {
    readonly request: { readonly orderNumber: string; readonly refundNumber: string | null }
    readonly reply: ReceiptShown
  }
  /** Keeps a paper as files in the data folder; `png` is the picture that the window drew of it, in base64. */
  'receipt.save': {
    readonly request: { readonly orderNumber: string; readonly refundNumber: string | null; readonly png: string }
    readonly reply: ReceiptSaved
  }
  'receipt.templates': { readonly request: null; readonly reply: TemplatesView }
  /** A template that is being edited, with a sample; nothing is saved. */
  'receipt.template-preview': {
    readonly request: { readonly kind: DocumentKind; readonly paper: ReceiptPaper; readonly text: string }
    readonly reply: TemplatePreviewed
  }
  'receipt.template-save': {
    readonly request: { readonly kind: DocumentKind; readonly paper: ReceiptPaper; readonly text: string }
    readonly reply: TemplateSaved
  }
  /** Puts the built-in template back into use. */
  'receipt.template-reset': {
    readonly request: { readonly kind: DocumentKind; readonly paper: ReceiptPaper }
    readonly reply: TemplateSaved
  }
  /** Sets the logo of later papers, a PNG in base64; null takes it away. */
  'receipt.logo': { readonly request: { readonly png: string | null }; readonly reply: LogoSaved }
}
