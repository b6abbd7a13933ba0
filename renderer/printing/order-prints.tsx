import { useEffect, useRef } from 'react'
import { Keycap } from '../shell/keycap.tsx'
import { clockText } from '../time/shanghai.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import { PaperSheet } from './paper-sheet.tsx'
import { jobStateText, jobText } from './printer-text.ts'
import { svgAddress } from './svg-picture.ts'
import type { OrderPrints, PaperAct } from './use-order-prints.ts'

/** Prints an order's paper, or a further copy. */
export const printKey = 'F4'
const sheetKeyName = 'Ctrl+P'

/** Whether a key gives the paper to the system, for another printer or as a PDF: where every program prints with it. */
export const isSheetKey = ({ key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): boolean =>
  (ctrlKey || metaKey) && key.toLowerCase() === 'p'

function actText(words: Catalogue, act: PaperAct): string {
  const { printing } = words
  switch (act.kind) {
    case 'none':
      return ''
    case 'working':
    case 'lost':
      return printing.notices[act.kind]
    case 'asked':
      return act.result.kind === 'ledger-trouble'
        ? words.ledgerTroubles[act.result.problem].happened
        : printing.notices[act.result.kind]
    case 'kept': {
      const { result } = act
      switch (result.kind) {
        case 'saved':
          return printing.saved(result.pngPath)
        case 'disk-error':
          return printing.diskError(result.path)
        case 'ledger-trouble':
          return words.ledgerTroubles[result.problem].happened
        default:
          return printing.notices[result.kind]
      }
    }
  }
}

/** An order's papers: what was printed and when, the paper itself, a copy of it, and the receipt without paper. */
export function OrderPrintsPanel(props: OrderPrints & { readonly orderNumber: string }) {
  const words = useWords()
  const panel = useRef<HTMLElement>(null)
  const { orderNumber, jobs, shown, act, print, save } = props
  const isThere = shown?.kind === 'shown'
  const isCopy = jobs.some(({ kind, status }) => kind !== 'refund' && status === 'printed')
  useEffect(() => {
    if (act.kind !== 'none') panel.current?.scrollIntoView({ block: 'nearest' })
  }, [act])
  if (!isThere && jobs.length === 0) return null
  return (
    <section ref={panel} className="order-prints" aria-label={words.printing.papers}>
      <div className="order-prints-side">
        <h3>{words.printing.papers}</h3>
        <ul data-testid="order-prints">
          {jobs.map((job) => (
            <li key={job.jobId} data-status={job.status}>
              <time className="figures">{clockText(job.statusSinceWallMs)}</time> <b>{jobText(words, job)}</b>{' '}
              {jobStateText(words, job)}
              {job.kind === 'refund' && (
                <button type="button" className="tab" onClick={() => print(job.subjectId)}>
                  {words.printing.printAgain}
                </button>
              )}
            </li>
          ))}
          {jobs.length === 0 && <li className="quiet">{words.printing.neverPrinted}</li>}
        </ul>
        {isThere && (
          <div className="order-prints-acts">
            <button type="button" className="action" onClick={() => print()}>
              <Keycap name={printKey} />
              {isCopy ? words.printing.printAgain : words.printing.printIt}
            </button>
            <button type="button" className="action" onClick={save}>
              {words.printing.save}
            </button>
            <button type="button" className="action" onClick={() => window.print()}>
              <Keycap name={sheetKeyName} />
              {words.printing.sheet}
            </button>
          </div>
        )}
        <p role="status" className="order-prints-said">
          {actText(words, act)}
        </p>
      </div>
      {shown?.kind === 'shown' && (
        <>
          <img className="receipt-picture" src={svgAddress(shown.svg)} alt={words.printing.preview} />
          <PaperSheet svg={shown.svg} name={orderNumber} />
        </>
      )}
    </section>
  )
}
