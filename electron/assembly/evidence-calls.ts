import { join } from 'node:path'
import type { Calls, ClosureView, EvidenceResult } from '../api/contract.ts'
import { type EvidenceOrigin, judgeEntries } from '../evidence/document.ts'
import { exportEvidence } from '../evidence/export-evidence.ts'
import type { JournalEntry } from '../ledger/ledger.ts'
import type { Clock } from '../runner/ports.ts'
import type { Settings } from '../settings/settings.ts'
import { assertNever } from '../till/brand.ts'
import type { AssembledTill } from './assemble.ts'
import { version } from './version.ts'

type EvidencePlace = Pick<AssembledTill, 'reader' | 'dataDirectory'> & {
  readonly settings: Pick<Settings, 'store' | 'till' | 'mode'>
}

type EvidenceCalls = {
  readonly 'evidence.export': (
    request: Calls['evidence.export']['request'],
  ) => Promise<Calls['evidence.export']['reply']>
}

/** Where exports are written when nobody names another folder. */
export const evidenceFolder = (dataDirectory: string): string => join(dataDirectory, 'evidence')

/** Who makes an export, and when. */
export function evidenceOrigin(
  { store, till, mode }: Pick<Settings, 'store' | 'till' | 'mode'>,
  wallMs: number,
): EvidenceOrigin {
  return { store, till, training: mode === 'training', programVersion: version, exportedWallMs: wallMs }
}

/** The verdict on an order by its journal; null where an entry cannot be understood, so that nothing can be said. */
export function closureView(entries: readonly JournalEntry[]): ClosureView | null {
  const judged = judgeEntries(entries)
  return judged.ok ? judged.closure : null
}

/** The contract's call that writes an order's proof of closure. */
export function evidenceCalls({ reader, dataDirectory, settings }: EvidencePlace, clock: Clock): EvidenceCalls {
  return {
    'evidence.export': async ({ orderNumber }): Promise<EvidenceResult> => {
      const origin = evidenceOrigin(settings, clock.now().wallMs)
      const written = await exportEvidence(reader, orderNumber, origin, evidenceFolder(dataDirectory))
      switch (written.kind) {
        case 'exported': {
          const { document, htmlPath, jsonPath } = written
          const { sequence, hash } = document.ledger.headAfter
          return { kind: 'done', closure: document.closure, htmlPath, jsonPath, headSequence: sequence, headHash: hash }
        }
        case 'no-such-order':
          return { kind: written.kind }
        case 'unreadable':
          return { kind: written.kind, sequence: written.sequence }
        case 'not-written':
          return { kind: 'disk-error', path: written.path }
        case 'ledger-trouble':
          return { kind: written.kind, problem: written.problem.kind }
        default:
          return assertNever(written, 'export of evidence')
      }
    },
  }
}
