import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type DocumentKind, documentKinds } from '../till/receipt/document.ts'
import { defaultTemplate, type PaperWidth, paperWidths } from './templates/default-templates.ts'
import { readTemplate } from './templates/read-template.ts'
import type { ReceiptTemplate } from './templates/receipt-template.ts'
import type { TemplateProblem } from './templates/template-problem.ts'
import { wroteWholeFile } from './whole-file.ts'

/** The shop's own templates in the data folder, a file for each kind and paper, such as `sale-58.txt`. */
export const templatesFolderName = 'receipt-templates'
/** What was last in use of each file, so that a bad edit by hand changes no receipt. */
const lastGoodFolderName = 'last-good'

/** A file that is not in use as it stands, and why. */
export type TemplateTrouble = {
  readonly file: string
  readonly problems: readonly TemplateProblem[]
  readonly inUse: 'last-good' | 'default'
}

export type TemplateSaving =
  | { readonly kind: 'saved' }
  /** Nothing was written; what was in use stays in use. */
  | { readonly kind: 'refused'; readonly problems: readonly TemplateProblem[] }
  | { readonly kind: 'disk-error'; readonly path: string }

export type ShopTemplates = {
  readonly templateOf: (kind: DocumentKind, paper: PaperWidth) => ReceiptTemplate
  /** The name of a template's file, as troubles have it. */
  readonly fileOf: (kind: DocumentKind, paper: PaperWidth) => string
  /** What is in use, as text to be edited. */
  readonly textOf: (kind: DocumentKind, paper: PaperWidth) => string
  readonly troubles: () => readonly TemplateTrouble[]
  /** Checks a template and puts it into use; later papers have it, those already rendered do not change. */
  readonly save: (kind: DocumentKind, paper: PaperWidth, text: string) => Promise<TemplateSaving>
  /** Puts the built-in template back into use and forgets the shop's own; false where the disk does not take it. */
  readonly reset: (kind: DocumentKind, paper: PaperWidth) => Promise<boolean>
  /** Whether the shop has a template of its own in use. */
  readonly isOwn: (kind: DocumentKind, paper: PaperWidth) => boolean
}

type InUse = { readonly text: string; readonly template: ReceiptTemplate }

const nameOf = (kind: DocumentKind, paper: PaperWidth): string => `${kind}-${paper}.txt`

/** Reads the shop's templates; where there is none, or none that can be used, the default one stands. */
export async function openShopTemplates(dataDirectory: string): Promise<ShopTemplates> {
  const folder = join(dataDirectory, templatesFolderName)
  const lastGoodFolder = join(folder, lastGoodFolderName)
  const inUse = new Map<string, InUse>()
  const troubles = new Map<string, TemplateTrouble>()
  await Promise.all(
    documentKinds.flatMap((kind) =>
      paperWidths.map(async (paper) => {
        const file = nameOf(kind, paper)
        const own = await textIn(folder, file)
        if (own === null) return
        const reading = readTemplate(kind, own)
        if (reading.ok) {
          inUse.set(file, { text: own, template: reading.template })
          // The file may have been edited by hand; the till works all the same where it cannot be kept.
          if ((await textIn(lastGoodFolder, file)) !== own) await wroteWholeFile(join(lastGoodFolder, file), own)
          return
        }
        const former = await textIn(lastGoodFolder, file)
        const formerReading = former === null ? null : readTemplate(kind, former)
        if (former !== null && formerReading?.ok) inUse.set(file, { text: former, template: formerReading.template })
        troubles.set(file, { file, problems: reading.problems, inUse: formerReading?.ok ? 'last-good' : 'default' })
      }),
    ),
  )
  const currentOf = (kind: DocumentKind, paper: PaperWidth): InUse => {
    const file = nameOf(kind, paper)
    const known = inUse.get(file)
    if (known) return known
    const text = defaultTemplate(kind, paper)
    const reading = readTemplate(kind, text)
    if (!reading.ok) throw new Error(`the default template ${file} is not one: line ${reading.problems[0]?.line}`)
    const made = { text, template: reading.template }
    inUse.set(file, made)
    return made
  }
  return {
    templateOf: (kind, paper) => currentOf(kind, paper).template,
    textOf: (kind, paper) => currentOf(kind, paper).text,
    fileOf: nameOf,
    troubles: () => [...troubles.values()],
    save: async (kind, paper, text) => {
      const reading = readTemplate(kind, text)
      if (!reading.ok) return { kind: 'refused', problems: reading.problems }
      const file = nameOf(kind, paper)
      if (
        !(await wroteWholeFile(join(folder, file), text)) ||
        !(await wroteWholeFile(join(lastGoodFolder, file), text))
      ) {
        return { kind: 'disk-error', path: folder }
      }
      inUse.set(file, { text, template: reading.template })
      troubles.delete(file)
      return { kind: 'saved' }
    },
    isOwn: (kind, paper) => currentOf(kind, paper).text !== defaultTemplate(kind, paper),
    reset: async (kind, paper) => {
      const file = nameOf(kind, paper)
      try {
        await rm(join(folder, file), { force: true })
        await rm(join(lastGoodFolder, file), { force: true })
      } catch {
        return false
      }
      inUse.delete(file)
      troubles.delete(file)
      return true
    },
  }
}

async function textIn(folder: string, file: string): Promise<string | null> {
  try {
    return await readFile(join(folder, file), 'utf8')
  } catch {
    // Not there, or not to be read: the default template stands.
    return null
  }
}
