import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { settingsAt } from '../assembly/assemble.ts'
import { evidenceFolder, evidenceOrigin } from '../assembly/evidence-calls.ts'
import { openingProblemSentence } from '../assembly/problem-sentence.ts'
import { systemClock } from '../assembly/system-time.ts'
import { exportEvidence } from '../evidence/export-evidence.ts'
import { trainingOnly, verdictSentence, whatIsProven } from '../evidence/sentences.ts'
import { type EvidenceVerification, verifyAgainstLedger, verifyEvidence } from '../evidence/verify-evidence.ts'
import { ledgerFileName } from '../ledger/ledger-file.ts'
import { assertNever } from '../till/brand.ts'
import { type ExitCode, exitCodes, type Output } from './output.ts'
import { type CommandContext, sayLedgerProblem, withReader } from './session.ts'

export type EvidenceOptions = { readonly order: string; readonly out?: string }

/** `evidence`: writes the proof that an order can no longer charge anyone, or that it still may; says where and what. */
export async function evidence(context: CommandContext, { order, out }: EvidenceOptions): Promise<ExitCode> {
  const { output, place } = context
  const checked = await settingsAt(place)
  if (!checked.ok) {
    const { sentence, exitCode } = openingProblemSentence({ kind: 'settings', problems: checked.problems })
    output.say(sentence)
    return exitCode
  }
  const origin = evidenceOrigin(checked.settings, systemClock.now().wallMs)
  const folder = out === undefined ? evidenceFolder(place.dataDirectory) : resolve(out)
  return withReader(context, async (reader) => {
    const written = await exportEvidence(reader, order, origin, folder)
    switch (written.kind) {
      case 'exported': {
        const { document, htmlPath, jsonPath } = written
        const { isClosed, verdict } = document.closure
        const { sequence: headSequence, hash: headHash } = document.ledger.headAfter
        output.line(
          {
            type: 'result',
            orderNumber: order,
            isClosed,
            verdict: verdict.kind,
            htmlPath,
            jsonPath,
            headSequence,
            headHash,
          },
          [
            htmlPath,
            jsonPath,
            plain(verdictSentence(verdict).en),
            `The chain ended at #${headSequence} ${headHash}`,
          ].join('\n'),
        )
        return exitCodes.done
      }
      case 'no-such-order':
        output.say(`There is no order ${order} in this data folder.`)
        return exitCodes.usage
      case 'unreadable':
        output.say(
          `Entry ${written.sequence} of order ${order} is kept and cannot be read (${written.detail}), so nothing can be said of the order. Nothing was written. Run: till verify`,
        )
        return exitCodes.internal
      case 'not-written':
        output.say(
          `The evidence could not be written to ${written.path} (${written.detail}). The order is as it was. Name another folder with --out.`,
        )
        return exitCodes.internal
      case 'ledger-trouble':
        return sayLedgerProblem(output, written.problem)
      default:
        return assertNever(written, 'export of evidence')
    }
  })
}

export type VerifyEvidenceOptions = {
  readonly file: string
  /** Compares with the ledger of the context's data folder too. */
  readonly withLedger: boolean
}

/**
 * `verify-evidence`: checks an exported file by itself, on any machine; with a data folder, against the ledger there too.
 * Ends 0 for a sound file, 1 for one that is not, 2 where there is nothing to check.
 */
export async function verifyEvidenceFile(
  context: CommandContext,
  { file, withLedger }: VerifyEvidenceOptions,
): Promise<ExitCode> {
  const { output, place } = context
  const path = resolve(file)
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => error.code ?? 'unknown error')
  if (typeof bytes === 'string') {
    output.say(`--file: ${path} cannot be read (${bytes}). Nothing was checked.`)
    return exitCodes.usage
  }
  if (withLedger && !existsSync(join(place.dataDirectory, ledgerFileName))) {
    output.say(`--data: there is no ledger in ${place.dataDirectory}. Nothing was checked.`)
    return exitCodes.usage
  }
  const verification = verifyEvidence(bytes)
  if (verification.findings.length > 0) return tellUnsound(output, verification, 'not-compared')
  if (!withLedger) return tellSound(output, verification, null)
  return withReader(context, async (reader) => {
    const against = await verifyAgainstLedger(bytes, reader)
    if (!against.ok) return sayLedgerProblem(output, against.problem)
    const { findings, later } = against.value
    if (findings.length > 0) return tellUnsound(output, { ...verification, findings }, 'differs')
    return tellSound(output, verification, later)
  })
}

function tellUnsound(
  output: Output,
  { findings, entries, omitted }: EvidenceVerification,
  ledger: 'not-compared' | 'differs',
): ExitCode {
  for (const { kind, sequence, detail } of findings) {
    const at = sequence === null ? '' : ` (entry ${sequence})`
    output.line({ type: 'finding', kind, sequence, detail }, `${kind}${at}: ${detail}`)
  }
  // Neither the file's order nor its verdict is repeated: whoever changed the file wrote them.
  output.line(
    { type: 'result', sound: false, findings: findings.length, entries, omitted, ledger },
    `NOT SOUND: this file proves nothing. ${ledger === 'differs' ? 'It is whole by itself, and the ledger says otherwise.' : 'It was not compared with a ledger.'}`,
  )
  return exitCodes.endedWithoutCharge
}

function tellSound(output: Output, verification: EvidenceVerification, later: number | null): ExitCode {
  const { orderNumber, training, closure, entries, omitted } = verification
  const number = plain(orderNumber ?? '')
  const compared =
    later === null
      ? 'Not compared with a ledger; do so with: --data FOLDER'
      : `Compared with the ledger: every entry and every link of the file stands there unchanged${later === 0 ? '; the order has no later entry.' : `. The order has ${later} later ${later === 1 ? 'entry' : 'entries'}: export it anew.`}`
  output.line(
    {
      type: 'result',
      sound: true,
      orderNumber: number,
      training,
      isClosed: closure?.isClosed ?? false,
      verdict: closure?.verdict.kind ?? null,
      entries,
      omitted,
      ledger: later === null ? 'not-compared' : 'same',
      later,
    },
    [
      `SOUND: ${number}`,
      training === true ? trainingOnly.en : '',
      closure ? plain(verdictSentence(closure.verdict).en) : '',
      `Checked: the digest, ${entries} entries against their hashes, the links between them${omitted === 0 ? '' : ` (${omitted} entries of other orders in the middle are left out)`}, and that summary and verdict follow from the entries.`,
      compared,
      whatIsProven.en,
    ]
      .filter((line) => line !== '')
      .join('\n'),
  )
  return exitCodes.done
}

/** A text out of a file that anybody may have written, without what a terminal would obey. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd')
}
