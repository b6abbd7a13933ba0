import type { JournalLine } from '../../electron/api/contract.ts'
import type { QueryPurpose } from '../till/types.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { isJournalType, isOutcomeKind } from '../wording/names.ts'

/** A journal line as the detail shows it. */
export type ReadableLine = {
  readonly sequence: number
  readonly wallMs: number
  readonly headline: string
  /** What the answer came to, in words; empty for lines that are no answers. */
  readonly outcome: string
  /** The channel's own code, state and words, small print. */
  readonly evidence: string
}

type Data = { readonly [name: string]: unknown }

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value)

const dataOf = (payload: string): Data => {
  try {
    const value: unknown = JSON.parse(payload)
    return isData(value) ? value : {}
  } catch {
    // A damaged line is shown without its data; the ledger's own check reports it.
    return {}
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

const isPurpose = (words: Catalogue, text: string): text is QueryPurpose => text in words.journal.purposes

/** Puts a journal line into words; types and kinds that the catalogue does not know are shown as they are. */
export function readableLine(words: Catalogue, line: JournalLine): ReadableLine {
  const data = dataOf(line.payload)
  const outcome = isData(data['outcome']) ? data['outcome'] : {}
  const kind = textOf(outcome['kind'])
  const reason = textOf(outcome['reason'])
  const purpose = textOf(data['purpose'])
  const evidence = isData(outcome['evidence']) ? outcome['evidence'] : {}
  const said = [evidence['code'], evidence['tradeState'], evidence['message']].map(textOf)
  const unknowns: Readonly<Record<string, string>> = words.unknowns
  const failures: Readonly<Record<string, { readonly happened: string }>> = words.failures
  const why = unknowns[reason] ?? failures[reason]?.happened ?? reason
  const came = isOutcomeKind(kind) ? words.journal.outcomes[kind] : kind
  return {
    sequence: line.sequence,
    wallMs: line.wallMs,
    headline: line.isUnreadable
      ? words.journal.unreadable(line.sequence)
      : isJournalType(line.type)
        ? words.journal.types[line.type]
        : words.journal.other(line.type),
    outcome: [isPurpose(words, purpose) ? words.journal.purposes[purpose] : '', came, why]
      .filter((part) => part !== '')
      .join(' · '),
    evidence: said.filter((part) => part !== '').join(' '),
  }
}
