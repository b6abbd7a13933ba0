import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DocumentKind, ReceiptDocument, ReceiptLanguage } from '../till/receipt/document.ts'
import { logoFileName } from './logo-file.ts'
import { receiptPrinting } from './receipt-bytes.ts'
import { type LogoProblem, type LogoReading, type ReceiptLogo, readLogo } from './receipt-logo.ts'
import { receiptSvg, receiptText } from './receipt-picture.ts'
import type { ReceiptProfile } from './receipt-profiles.ts'
import { sampleDocument } from './sample-documents.ts'
import { openShopTemplates, type ShopTemplates } from './shop-templates.ts'
import { readTemplate } from './templates/read-template.ts'
import type { ReceiptTemplate } from './templates/receipt-template.ts'
import type { TemplateProblem } from './templates/template-problem.ts'

export type TemplatePreview =
  | { readonly kind: 'shown'; readonly svg: string }
  | { readonly kind: 'refused'; readonly problems: readonly TemplateProblem[] }

/** What makes papers of documents, with the shop's templates and logo. */
export type ReceiptRenderer = {
  readonly templates: ShopTemplates
  readonly hasLogo: boolean
  /** Why the logo is left out; null where there is none or it is in use. */
  readonly logoProblem: LogoProblem | null
  /** The bytes for a printer, from initialising it to the cut. The same document gives the same bytes. */
  readonly bytes: (document: ReceiptDocument, profile: ReceiptProfile) => Uint8Array
  /** What that printer would print, as a picture. */
  readonly svg: (document: ReceiptDocument, profile: ReceiptProfile) => string
  /** The document as a picture for screens, which have every character: the receipt to be saved or sent (电子小票). */
  readonly screenSvg: (document: ReceiptDocument, profile: ReceiptProfile) => string
  /** The document as plain text. */
  readonly text: (document: ReceiptDocument, profile: ReceiptProfile) => string
  /** A template that is being edited, with a sample document; nothing is saved or put into use. */
  readonly preview: (
    kind: DocumentKind,
    text: string,
    profile: ReceiptProfile,
    language: ReceiptLanguage,
  ) => TemplatePreview
}

/** Opens the shop's templates and logo in its data folder. Bad ones are left out and told; it never fails. */
export async function openReceiptRenderer(dataDirectory: string): Promise<ReceiptRenderer> {
  const [templates, logoFile] = await Promise.all([
    openShopTemplates(dataDirectory),
    readFile(join(dataDirectory, logoFileName)).catch(() => null),
  ])
  return createReceiptRenderer(templates, logoFile)
}

/** Widths of logos and templates that are kept ready, far more than one till has printers. */
const preparedMax = 50

/** The renderer of these templates and this PNG; what does not change between papers is prepared once. */
export function createReceiptRenderer(templates: ShopTemplates, logoFile: Uint8Array | null): ReceiptRenderer {
  const logos = new Map<number, LogoReading | null>()
  const logoFor = (dots: number): ReceiptLogo | null => {
    const known = logos.get(dots)
    const reading = known === undefined && logoFile !== null ? readLogo(logoFile, dots) : (known ?? null)
    logos.set(dots, reading)
    return reading?.ok ? reading.logo : null
  }
  const printings = new Map<
    string,
    { readonly template: ReceiptTemplate; readonly print: ReturnType<typeof receiptPrinting> }
  >()
  const printingFor = (kind: DocumentKind, profile: ReceiptProfile): ReturnType<typeof receiptPrinting> => {
    const template = templates.templateOf(kind, profile.paper)
    // A printer's settings may correct a profile, so that its name alone does not say how it prints.
    const { columns, dots, encoding, hasCutter, hasQr, chineseSize } = profile
    const key = [kind, columns, dots, encoding, hasCutter, hasQr, chineseSize].join()
    const known = printings.get(key)
    if (known?.template === template) return known.print
    if (printings.size >= preparedMax) printings.clear()
    const print = receiptPrinting(template, profile, logoFor(profile.dots)?.bytes ?? '')
    printings.set(key, { template, print })
    return print
  }
  const partsFor = (
    template: ReceiptTemplate,
    profile: ReceiptProfile,
    drawing: ReceiptProfile['encoding'] | 'screen',
  ) => ({
    template,
    room: { columns: profile.columns, dots: profile.dots, drawing },
    logoPng: logoFor(profile.dots)?.png ?? null,
  })
  const partsOf = (
    document: ReceiptDocument,
    profile: ReceiptProfile,
    drawing: ReceiptProfile['encoding'] | 'screen',
  ) => partsFor(templates.templateOf(document.kind, profile.paper), profile, drawing)
  const narrow = logoFile === null ? null : readLogo(logoFile, 384)
  return {
    templates,
    hasLogo: logoFile !== null,
    logoProblem: narrow === null || narrow.ok ? null : narrow.problem,
    bytes: (document, profile) => printingFor(document.kind, profile)(document),
    svg: (document, profile) => receiptSvg(document, partsOf(document, profile, profile.encoding)),
    screenSvg: (document, profile) => receiptSvg(document, partsOf(document, profile, 'screen')),
    text: (document, profile) => receiptText(document, partsOf(document, profile, 'screen')),
    preview: (kind, text, profile, language) => {
      const reading = readTemplate(kind, text)
      if (!reading.ok) return { kind: 'refused', problems: reading.problems }
      const document = sampleDocument(kind, { profile, language })
      return { kind: 'shown', svg: receiptSvg(document, partsFor(reading.template, profile, profile.encoding)) }
    },
  }
}
