import { useRef, useState } from 'react'
import type { ExportFormat, ExportResult, ExportWish } from '../../electron/api/contract.ts'
import { useApp, useTill } from '../shell/till-context.tsx'
import type { Catalogue } from '../wording/catalogue.ts'

/** How far a file has come; `lost`: no answer came. */
export type FileState =
  | ExportResult
  | { readonly kind: 'none' }
  | { readonly kind: 'writing' }
  | { readonly kind: 'lost' }

/** Has the till write a table as a file, one at a time. */
export function useFile(): {
  readonly state: FileState
  readonly write: (wish: ExportWish, format: ExportFormat) => void
} {
  const { door } = useTill()
  const language = useApp((app) => app.language)
  const [state, setState] = useState<FileState>({ kind: 'none' })
  const isWriting = useRef(false)
  const write = async (wish: ExportWish, format: ExportFormat): Promise<void> => {
    if (isWriting.current) return
    isWriting.current = true
    setState({ kind: 'writing' })
    const answer = await door.call('exports.write', { wish, format, language })
    isWriting.current = false
    setState(answer.ok ? answer.reply : { kind: 'lost' })
  }
  return { state, write: (wish, format) => void write(wish, format) }
}

/** What became of a file, in one sentence; empty where nothing was asked for. */
export function fileText(words: Catalogue, state: FileState): string {
  const { exporting, locked } = words.books
  switch (state.kind) {
    case 'none':
      return ''
    case 'writing':
      return exporting.writing
    case 'done':
      return `${exporting.done(state.rows)} ${state.path}`
    case 'not-written':
      return `${exporting.unwritten[state.problem]} ${state.path}`
    case 'nothing-to-export':
      return exporting.nothing
    case 'refused':
      return words.books.meant.unclear
    case 'ledger-trouble':
      return words.ledgerTroubles[state.problem].happened
    case 'manager-needed':
      return locked.sentence
    case 'lost':
      return exporting.lost
  }
}
