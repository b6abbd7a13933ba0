import { z } from 'zod'
import { entryHash } from '../ledger/journal.ts'
import type { ChainLink, JournalEntry, LedgerReader, LedgerResult } from '../ledger/ledger.ts'
import type { Closure } from '../till/evidence/closure.ts'
import type { OrderNumber } from '../till/ids.ts'
import { digestOf, type EvidenceDocument, evidenceFormat, judgeEntries, summaryOf } from './document.ts'

/** One thing that is wrong with an exported file. Never quotes the file, which anybody may have written. */
export type EvidenceFinding = {
  readonly kind:
    | 'unreadable' // no text, no JSON, or not of this form
    | 'form' // the same content, written in another way than the program does
    | 'digest'
    | 'entry' // an entry does not fit its hash, or is not of this order
    | 'link' // the chain is broken, or does not hold the order's entries
    | 'verdict' // the verdict or the summary does not follow from the entries
    | 'ledger' // the ledger says otherwise
  /** The entry concerned; null where it is the file as a whole. */
  readonly sequence: number | null
  readonly detail: string
}

export type EvidenceVerification = {
  readonly orderNumber: string | null
  /** The file says that the till practised; null where the file cannot be read. */
  readonly training: boolean | null
  /** The verdict that the file's entries make, whatever the file says; null where they make none. */
  readonly closure: Closure | null
  readonly entries: number
  /** Entries of other orders in between that the file leaves out. */
  readonly omitted: number
  readonly findings: readonly EvidenceFinding[]
}

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const sequence = z.int().min(0)
const head = z.strictObject({ sequence, hash })
const entry = z.strictObject({
  sequence,
  wallMs: z.int(),
  subject: z.literal('order'),
  subjectId: z.string(),
  type: z.string(),
  payload: z.string(),
  previousHash: hash,
  hash,
})
const named = z.strictObject({ id: z.string(), name: z.string() })
/** What the verifier relies on; summary and verdict are made anew from the entries and compared as a whole. */
const documentShape = z.strictObject({
  format: z.literal(evidenceFormat),
  exportedAt: z.string(),
  programVersion: z.string(),
  store: named,
  till: z.strictObject({ id: z.string() }),
  training: z.boolean(),
  ledger: z.strictObject({ mark: z.string(), genesisHash: hash, headBefore: head, headAfter: head }),
  order: z.looseObject({ orderNumber: z.string() }),
  closure: z.unknown(),
  entries: z.array(entry).min(1),
  chain: z.array(z.strictObject({ sequence, previousHash: hash, hash })).min(1),
  digest: hash,
})

type Parsed = { readonly document: Omit<EvidenceDocument, 'closure' | 'order'> & z.output<typeof documentShape> }

/** Checks an exported file by itself: its digest, every hash and link, and that order and verdict follow from the entries. */
export function verifyEvidence(bytes: Uint8Array): EvidenceVerification {
  const parsed = parse(bytes)
  if ('finding' in parsed) {
    return { orderNumber: null, training: null, closure: null, entries: 0, omitted: 0, findings: [parsed.finding] }
  }
  const { document } = parsed
  const judged = judgeEntries(document.entries)
  const verdictFindings: readonly EvidenceFinding[] = judged.ok
    ? [
        ...differs(document.closure, judged.closure, 'the verdict does not follow from the entries'),
        ...differs(document.order, summaryOf(judged.order), 'the order’s summary does not follow from the entries'),
      ]
    : [{ kind: 'verdict', sequence: judged.sequence, detail: judged.detail }]
  const chain = chainFindings(document)
  return {
    orderNumber: document.order.orderNumber,
    training: document.training,
    closure: judged.ok ? judged.closure : null,
    entries: document.entries.length,
    omitted: chain.omitted,
    findings: [...parsed.findings, ...entryFindings(document), ...chain.findings, ...verdictFindings],
  }
}

/** Checks that a sound file's entries stand in the ledger unchanged. `later` counts entries that came since. */
export async function verifyAgainstLedger(
  bytes: Uint8Array,
  reader: LedgerReader,
): Promise<LedgerResult<{ readonly findings: readonly EvidenceFinding[]; readonly later: number }>> {
  const parsed = parse(bytes)
  if ('finding' in parsed) return { ok: true, value: { findings: [], later: 0 } }
  const { document } = parsed
  const { headBefore, headAfter, genesisHash } = document.ledger
  const found = await reader.chainOf(document.order.orderNumber as OrderNumber)
  if (!found.ok) return found
  if (found.value === null) {
    const detail = 'the ledger has no order of this number'
    return { ok: true, value: { findings: [{ kind: 'ledger', sequence: null, detail }], later: 0 } }
  }
  const findings: EvidenceFinding[] = []
  const wrong = (at: number | null, detail: string): void => {
    findings.push({ kind: 'ledger', sequence: at, detail })
  }
  if (found.value.genesis.hash !== genesisHash) wrong(1, 'the ledger begins with another entry: it is another ledger')
  const known = new Map(found.value.entries.map((each) => [each.sequence, each]))
  for (const each of document.entries) {
    const kept = known.get(each.sequence)
    if (!kept) wrong(each.sequence, 'the ledger has no entry of this order here')
    else if (!isSameEntry(each, kept)) wrong(each.sequence, 'the ledger’s entry is another')
  }
  const heads = [headBefore, headAfter]
  const kept = await reader.linksAt([...document.chain, ...heads].map((each) => each.sequence))
  if (!kept.ok) return kept
  const links = new Map(kept.value.map((link) => [link.sequence, link]))
  for (const each of heads) {
    if (links.get(each.sequence)?.hash !== each.hash) wrong(each.sequence, 'the ledger’s chain has another hash here')
  }
  for (const each of document.chain) {
    if (!isSameLink(each, links.get(each.sequence))) wrong(each.sequence, 'the ledger’s chain is another here')
  }
  const last = document.entries.at(-1)?.sequence ?? 0
  const exported = new Set(document.entries.map((each) => each.sequence))
  for (const each of found.value.entries) {
    if (!exported.has(each.sequence) && each.sequence <= headAfter.sequence) {
      wrong(each.sequence, 'the file leaves out this entry of the order')
    }
  }
  const later = found.value.entries.filter((each) => each.sequence > Math.max(last, headAfter.sequence)).length
  return { ok: true, value: { findings, later } }
}

function parse(
  bytes: Uint8Array,
): (Parsed & { readonly findings: readonly EvidenceFinding[] }) | { readonly finding: EvidenceFinding } {
  const unreadable = (detail: string) => ({ finding: { kind: 'unreadable', sequence: null, detail } as const })
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return unreadable('the file is no text in UTF-8')
  }
  try {
    value = JSON.parse(text)
  } catch {
    return unreadable('the file is no JSON')
  }
  const shaped = documentShape.safeParse(value)
  if (!shaped.success) {
    const field = shaped.error.issues[0]?.path.map(String).join('.') ?? ''
    return unreadable(field === '' ? 'the file is no evidence of an order' : `the field ${field} is missing or wrong`)
  }
  // The shape was checked; the value itself is taken, because the order of its fields counts for the digest.
  const document = value as z.output<typeof documentShape>
  const { digest, ...content } = document
  const findings: EvidenceFinding[] = []
  if (digestOf(JSON.stringify(content)) !== digest) {
    findings.push({ kind: 'digest', sequence: null, detail: 'the digest of the file does not fit its content' })
  }
  if (`${JSON.stringify({ ...content, digest }, null, 2)}\n` !== text) {
    findings.push({ kind: 'form', sequence: null, detail: 'the file is not written as the program writes it' })
  }
  return { document, findings }
}

function differs(said: unknown, made: unknown, detail: string): readonly EvidenceFinding[] {
  return JSON.stringify(said) === JSON.stringify(made) ? [] : [{ kind: 'verdict', sequence: null, detail }]
}

function* entryFindings({ entries, order, ledger }: Parsed['document']): Generator<EvidenceFinding, void, undefined> {
  let former = 0
  for (const each of entries) {
    const at = each.sequence
    if (entryHash(each) !== each.hash) {
      yield { kind: 'entry', sequence: at, detail: 'the entry does not match its hash' }
    }
    if (each.subjectId !== order.orderNumber) {
      yield { kind: 'entry', sequence: at, detail: 'the entry is of another order' }
    }
    if (at <= former) yield { kind: 'entry', sequence: at, detail: 'the entries are not in the journal’s order' }
    former = at
  }
  if (!order.orderNumber.includes(ledger.mark) || ledger.mark.length !== 4) {
    yield { kind: 'entry', sequence: null, detail: 'the ledger’s mark is not that of the order number' }
  }
}

function chainFindings(document: Parsed['document']): {
  readonly findings: readonly EvidenceFinding[]
  readonly omitted: number
} {
  const { entries, chain, ledger } = document
  const findings: EvidenceFinding[] = []
  const broken = (at: number, detail: string): void => {
    findings.push({ kind: 'link', sequence: at, detail })
  }
  const own = new Map(entries.map((each) => [each.sequence, each]))
  const inChain = new Map(chain.map((link) => [link.sequence, link]))
  for (const each of entries) {
    if (!isSameLink(each, inChain.get(each.sequence)))
      broken(each.sequence, 'the chain does not hold the entry as it is')
  }
  let omitted = 0
  let former: ChainLink | null = null
  for (const link of chain) {
    if (former !== null && link.sequence <= former.sequence) broken(link.sequence, 'the chain runs back')
    else if (former !== null && link.sequence === former.sequence + 1) {
      if (link.previousHash !== former.hash) broken(link.sequence, 'the entry does not link to the one before it')
    } else if (former !== null) {
      omitted += link.sequence - former.sequence - 1
      if (own.has(link.sequence) || own.has(former.sequence))
        broken(link.sequence, 'entries beside the order’s are missing')
    }
    former = link
  }
  const [first, last] = [chain[0], chain.at(-1)]
  const { headBefore, headAfter, genesisHash } = ledger
  if (first && (first.sequence !== headBefore.sequence + 1 || first.previousHash !== headBefore.hash)) {
    broken(first.sequence, 'the first entry does not link to the chain’s end before the order')
  }
  if (headBefore.sequence === 1 && headBefore.hash !== genesisHash) {
    broken(1, 'the chain does not begin with the ledger’s first entry')
  }
  if (
    last &&
    (headAfter.sequence < last.sequence || (headAfter.sequence === last.sequence && headAfter.hash !== last.hash))
  ) {
    broken(last.sequence, 'the chain’s end at the export does not follow the last entry')
  }
  return { findings, omitted }
}

const entryColumns = ['sequence', 'wallMs', 'subject', 'subjectId', 'type', 'payload', 'previousHash', 'hash'] as const

function isSameEntry(one: JournalEntry, other: JournalEntry): boolean {
  return entryColumns.every((column) => one[column] === other[column])
}

function isSameLink(one: ChainLink, other: ChainLink | undefined): boolean {
  return (
    other !== undefined &&
    one.sequence === other.sequence &&
    one.previousHash === other.previousHash &&
    one.hash === other.hash
  )
}
