import type { PrinterSettings } from '../../native/printer/printer-settings.ts'
import { type LogoSaving, saveLogo } from '../receipts/logo-file.ts'
import { openReceiptKey } from '../receipts/receipt-key.ts'
import { type ReceiptProfile, receiptProfileOf, receiptProfiles } from '../receipts/receipt-profiles.ts'
import { openReceiptRenderer, type ReceiptRenderer } from '../receipts/receipt-renderer.ts'
import { signedText } from '../receipts/signed-text.ts'
import type { Settings } from '../settings/settings.ts'
import type { ReceiptDocument } from '../till/receipt/document.ts'
import type { DocumentFacts, DocumentRenderer } from './print-documents.ts'
import { type ReceiptSigner, receiptOf } from './receipt-of.ts'

/** What draws this till's papers, for printers and for screens: one set of templates, one logo, one key. */
export type ReceiptDesk = {
  /** Templates and logo are read when the first paper is wanted: a payment's way does not wait for them. */
  readonly renderer: () => Promise<ReceiptRenderer>
  /** How papers are shown where no printer is meant: as the till's first one has them, or on 80 mm paper. */
  readonly shownProfile: ReceiptProfile
  /** The bytes of a document for one of the till's printers. */
  readonly render: DocumentRenderer
  /** A document as it is shown and saved: an electronic one. */
  readonly shown: (facts: DocumentFacts, wallMs: number) => Promise<ReceiptDocument>
  /** Later papers have this logo, or none. */
  readonly saveLogo: (png: Uint8Array | null) => Promise<LogoSaving>
}

/** The drawing profile of a configured printer, with what its entry says otherwise. */
function drawingProfile({ profile, paperMm, encoding }: PrinterSettings): ReceiptProfile {
  const drawing = receiptProfileOf({ profile, paper: paperMm ?? undefined, encoding: encoding ?? undefined })
  if (drawing === undefined) throw new Error(`no profile ${profile}: the settings let a printer through`)
  return drawing
}

/** Opens the desk of a data folder; nothing is read or made before it is needed. */
export function openReceiptDesk(dataDirectory: string, settings: Settings): ReceiptDesk {
  const profiles = new Map(settings.printers.map((printer) => [printer.name, drawingProfile(printer)]))
  let opened: Promise<ReceiptRenderer> | null = null
  const renderer = (): Promise<ReceiptRenderer> => {
    opened ??= openReceiptRenderer(dataDirectory)
    return opened
  }
  let signing: Promise<ReceiptSigner | null> | null = null
  /** Null where the shop does not want it, or its key cannot be had. */
  const signer = (): Promise<ReceiptSigner | null> => {
    signing ??= settings.signedReceipts
      ? openReceiptKey(dataDirectory).then(
          (key): ReceiptSigner =>
            (facts) =>
              signedText(facts, key),
          () => null,
        )
      : Promise.resolve(null)
    return signing
  }
  const shownProfile = [...profiles.values()][0] ?? receiptProfiles['generic-80']
  return {
    renderer,
    shownProfile,
    render: async ({ facts, copy, sentAgain, printedWallMs, printer }) => {
      const profile = profiles.get(printer)
      if (profile === undefined) throw new Error(`no printer ${printer}: the queue chose one that is not configured`)
      const paper = { settings, copy, sentAgain, printedWallMs, profile, sign: await signer() }
      return (await renderer()).bytes(receiptOf(facts, paper), profile)
    },
    shown: async (facts, wallMs) =>
      receiptOf(facts, {
        settings,
        copy: 'electronic',
        sentAgain: false,
        printedWallMs: wallMs,
        profile: shownProfile,
        sign: await signer(),
      }),
    saveLogo: async (png) => {
      const saving = await saveLogo(dataDirectory, png)
      if (saving.kind === 'saved') opened = null
      return saving
    },
  }
}
