import { useSyncExternalStore } from 'react'
import type { PrintingView, Readiness, ReadinessState } from '../../electron/api/contract.ts'
import { conditionMark, conditionText } from '../printing/printer-text.ts'
import { doubtfulJobs } from '../printing/state.ts'
import { gunState } from '../scan/guns.ts'
import { isClockOff } from '../system/clock.ts'
import type { ScannerView } from '../till/types.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import { useApp } from './till-context.tsx'

/** A certificate that ends within these days is trouble already: getting one takes days. */
const urgentDays = 7

type Mark = 'good' | 'bad' | 'open'
type Item = { readonly name: string; readonly mark: Mark; readonly state: string }

const signs: Readonly<Record<Mark, string>> = { good: '✓', bad: '✗', open: '–' }

const markOf = (state: ReadinessState): Mark => (state === 'ready' ? 'good' : state === 'checking' ? 'open' : 'bad')

function clockItem(words: Catalogue, offsetMs: number | null): Item {
  const name = words.readiness.clock
  if (offsetMs === null) return { name, mark: 'open', state: words.readiness.clockUnknown }
  const off = Math.abs(offsetMs)
  if (!isClockOff(offsetMs)) return { name, mark: 'good', state: words.readiness.ready }
  return { name, mark: 'bad', state: words.readiness.clockOff(Math.round(off / 1_000)) }
}

/** The certificate that ends first; the others come up when it was replaced. */
function certificateItems(words: Catalogue, [first]: Readiness['certificates']): readonly Item[] {
  if (first === undefined) return []
  const { certificate, certificateEnds, certificateEnded } = words.readiness
  const { channel, daysLeft } = first
  const name = `${words.channel(channel)} ${certificate}`
  if (daysLeft < 0) return [{ name, mark: 'bad', state: certificateEnded }]
  return [{ name, mark: daysLeft < urgentDays ? 'bad' : 'open', state: certificateEnds(daysLeft) }]
}

/** Shown only when somebody has to look after it, or while a long one is made: it is nothing that a cashier does. */
function backupItems(words: Catalogue, backup: Readiness['backup']): readonly Item[] {
  const { backup: name, backupCopied, backupChecked } = words.readiness
  if (backup.state !== 'trouble') {
    if (backup.making === null) return []
    const { copiedPercent } = backup.making
    return [{ name, mark: 'open', state: copiedPercent === null ? backupChecked : backupCopied(copiedPercent) }]
  }
  const state = backup.isDamaged ? words.readiness.backupDamaged : words.readiness.backupOld
  return [{ name, mark: 'bad', state }]
}

/** Nothing that a cashier does; the manager finds it at the set-up (F12). */
const updateItems = ({ readiness: words }: Catalogue, version: string | null): readonly Item[] =>
  version === null ? [] : [{ name: words.update, mark: 'open', state: words.updateReady(version) }]

const followNetwork = (changed: () => void): (() => void) => {
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  return () => {
    window.removeEventListener('online', changed)
    window.removeEventListener('offline', changed)
  }
}

/** A gun that the main side reads, or else whether the window has been typed into by one. */
function scannerItem(words: Catalogue, scannerSeen: boolean, guns: readonly ScannerView[]): Item {
  const name = words.readiness.scanner
  const state = gunState(guns)
  if (state === 'connected') return { name, mark: 'good', state: words.readiness.scannerStates.connected }
  if (scannerSeen) return { name, mark: 'good', state: words.readiness.scannerSeen }
  if (state === null) return { name, mark: 'open', state: words.readiness.scannerUnseen }
  return { name, mark: state === 'connecting' ? 'open' : 'bad', state: words.readiness.scannerStates[state] }
}

/** Each printer in words, and how many papers wait for somebody to say whether they printed. */
function printerItems(words: Catalogue, view: PrintingView | null): readonly Item[] {
  const { printer, noPrinter, off, inDoubt } = words.printing
  if (view === null) return [{ name: printer, mark: 'open', state: words.readiness.checking }]
  if (view.mode === 'off') return [{ name: printer, mark: 'open', state: off }]
  if (view.printers.length === 0) return [{ name: printer, mark: 'open', state: noPrinter }]
  const doubtful = doubtfulJobs(view).length
  return view.printers.map(({ name, condition }, index) => {
    const isAsking = index === 0 && doubtful > 0
    const state = conditionText(words, condition)
    return {
      name: view.printers.length === 1 ? printer : `${printer} ${name}`,
      mark: isAsking ? 'bad' : conditionMark(condition),
      state: isAsking ? `${state} · ${inDoubt(doubtful)}` : state,
    }
  })
}

/** What the till needs before the next scan, each a word and a sign (ux.md 27). */
export function ReadinessLine(props: { readonly scannerSeen: boolean; readonly guns: readonly ScannerView[] }) {
  const words = useWords()
  const snapshot = useApp(({ till }) => till.snapshot)
  const printing = useApp((app) => app.printing.view)
  const online = useSyncExternalStore(followNetwork, () => navigator.onLine)
  if (!snapshot) return <footer className="readiness" />
  const { readiness, mode } = snapshot
  const network: Item = readiness.networkAway
    ? { name: words.readiness.network, mark: 'bad', state: words.lines.marks[readiness.networkAway] }
    : mode === 'training'
      ? { name: words.readiness.network, mark: 'open', state: words.readiness.notNeeded }
      : {
          name: words.readiness.network,
          mark: online ? 'good' : 'bad',
          state: online ? words.readiness.ready : words.readiness.trouble,
        }
  const items: readonly Item[] = [
    scannerItem(words, props.scannerSeen, props.guns),
    ...printerItems(words, printing),
    network,
    ...readiness.channels.map(({ id, state, away }) => ({
      name: words.channel(id),
      mark: markOf(state),
      state: away ? words.lines.marks[away.reason] : words.readiness[state],
    })),
    {
      name: words.readiness.ledger,
      mark: markOf(readiness.ledger.state),
      state: words.readiness[readiness.ledger.state],
    },
    ...backupItems(words, readiness.backup),
    ...certificateItems(words, readiness.certificates),
    clockItem(words, readiness.clockOffsetMs),
    ...updateItems(words, readiness.updateReady),
  ]
  return (
    <footer className="readiness">
      <ul aria-label={words.readiness.title}>
        {items.map(({ name, mark, state }) => (
          <li key={name} data-mark={mark}>
            <span aria-hidden="true">{signs[mark]}</span> {name} <span className="readiness-state">{state}</span>
          </li>
        ))}
      </ul>
    </footer>
  )
}
