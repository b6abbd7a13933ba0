import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LedgerProblem, LedgerReader } from '../ledger/ledger.ts'
import type { OrderNumber } from '../till/ids.ts'
import { shanghaiCompact } from '../till/time.ts'
import { type EvidenceDocument, type EvidenceOrigin, evidenceText, makeEvidence } from './document.ts'
import { evidencePage } from './page.ts'

/** What became of looking for an order's evidence. */
export type EvidenceFound =
  | { readonly kind: 'found'; readonly document: EvidenceDocument }
  | { readonly kind: 'no-such-order' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerProblem }
  /** An entry of the order cannot be read: nothing can be said of it before somebody has looked. */
  | { readonly kind: 'unreadable'; readonly sequence: number; readonly detail: string }

export type EvidenceExported =
  | Exclude<EvidenceFound, { readonly kind: 'found' }>
  | {
      readonly kind: 'exported'
      readonly document: EvidenceDocument
      readonly htmlPath: string
      readonly jsonPath: string
    }
  | { readonly kind: 'not-written'; readonly path: string; readonly detail: string }

/** The evidence of one order as the ledger has it now. */
export async function findEvidence(
  reader: LedgerReader,
  orderNumber: string,
  origin: EvidenceOrigin,
): Promise<EvidenceFound> {
  const chain = await reader.chainOf(orderNumber as OrderNumber)
  if (!chain.ok) return { kind: 'ledger-trouble', problem: chain.problem }
  if (chain.value === null) return { kind: 'no-such-order' }
  const made = makeEvidence(chain.value, origin)
  return made.ok
    ? { kind: 'found', document: made.document }
    : { kind: 'unreadable', sequence: made.sequence, detail: made.detail }
}

/**
 * Writes the evidence of one order into a folder, as a page and as a file that can be verified. The names hold the time of
 * the export, so that no former export is lost; each file appears whole or not at all.
 */
export async function exportEvidence(
  reader: LedgerReader,
  orderNumber: string,
  origin: EvidenceOrigin,
  folder: string,
): Promise<EvidenceExported> {
  const found = await findEvidence(reader, orderNumber, origin)
  if (found.kind !== 'found') return found
  const { document } = found
  const name = `${document.order.orderNumber}-${shanghaiCompact(origin.exportedWallMs)}`
  const jsonPath = join(folder, `${name}.json`)
  const htmlPath = join(folder, `${name}.html`)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeWhole(jsonPath, evidenceText(document))
    await writeWhole(htmlPath, evidencePage(document, `${name}.json`))
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    return { kind: 'not-written', path: folder, detail }
  }
  return { kind: 'exported', document, htmlPath, jsonPath }
}

async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.part`, text, { mode: 0o600, flush: true })
  await rename(`${path}.part`, path)
}
