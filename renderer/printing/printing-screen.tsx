import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { PrinterView, PrintJobView } from '../../electron/api/contract.ts'
import { Keycap } from '../shell/keycap.tsx'
import { SectionHead } from '../shell/section-head.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { clockText } from '../time/shanghai.ts'
import { useWords } from '../wording/words.tsx'
import { DesignDialog } from './design-dialog.tsx'
import { cancelKey, designKey, testPageKey } from './keys.ts'
import { conditionMark, conditionNext, conditionText, jobStateText, jobText, signs } from './printer-text.ts'
import { chosenRow, type PrintRow, printRows } from './state.ts'
import { svgAddress } from './svg-picture.ts'

function PrinterRow(props: { readonly printer: PrinterView }) {
  const words = useWords()
  const { name, address, profile, fallback, condition, waiting } = props.printer
  const mark = conditionMark(condition)
  return (
    <>
      <b>{name}</b>{' '}
      <span className="quiet">
        {[address === name ? null : address, profile].filter((each) => each !== null).join(' · ')}
      </span>
      <span className="print-state" data-mark={mark}>
        <span aria-hidden="true">{signs[mark]}</span> {conditionText(words, condition)}
        {waiting > 0 && ` · ${words.printing.inLine(waiting)}`}
        {fallback !== null && mark === 'bad' && ` · ${words.printing.fallback(fallback)}`}
      </span>
      <span className="print-next">{conditionNext(words, condition)}</span>
    </>
  )
}

function JobRow(props: { readonly job: PrintJobView }) {
  const words = useWords()
  const { job } = props
  const mark = job.status === 'unconfirmed' ? 'bad' : 'open'
  return (
    <>
      <b>{jobText(words, job)}</b> <time className="figures quiet">{clockText(job.createdWallMs)}</time>
      <span className="print-state" data-mark={mark}>
        <span aria-hidden="true">{mark === 'bad' ? '?' : signs[mark]}</span> {jobStateText(words, job)}
      </span>
    </>
  )
}

function Row(props: { readonly row: PrintRow; readonly isChosen: boolean }) {
  const { prints } = useTill()
  const { row, isChosen } = props
  const place = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isChosen) place.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    <li ref={place} data-row={'job' in row ? 'job' : 'printer'}>
      <button type="button" aria-current={isChosen ? 'true' : undefined} onClick={() => prints.choose(row.key)}>
        {'job' in row ? <JobRow job={row.job} /> : <PrinterRow printer={row.printer} />}
      </button>
    </li>
  )
}

/** How a sale's receipt looks now, on the till's own paper. */
function SalePreview() {
  const words = useWords()
  const { door } = useTill()
  const design = useApp((app) => app.design)
  const { data } = useQuery({
    queryKey: ['sale-preview', design],
    queryFn: async () => {
      const templates = await door.call('receipt.templates', null)
      if (!templates.ok) throw new Error(templates.refusal.code)
      const { paper } = templates.reply
      const sale = templates.reply.templates.find((each) => each.kind === 'sale' && each.paper === paper)
      const answer = await door.call('receipt.template-preview', { kind: 'sale', paper, text: sale?.text ?? '' })
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
  })
  return (
    <div className="print-sample">
      {data?.kind === 'shown' && (
        <img className="receipt-picture" src={svgAddress(data.svg)} alt={words.printing.preview} />
      )}
    </div>
  )
}

/** The section for printing: printers and how they are, what waits, and how papers look. */
export function PrintingScreen() {
  const words = useWords()
  const { prints, store } = useTill()
  const printing = useApp((app) => app.printing)
  const design = useApp((app) => app.design)
  useEffect(() => void prints.refresh(), [prints])
  const { view, notice } = printing
  const chosen = chosenRow(printing)
  const rows = printRows(view)
  const canCancel = chosen !== null && 'job' in chosen && chosen.job.status !== 'sending'
  return (
    <main className="printing">
      <SectionHead section="printing" />
      <div className="printing-panes">
        <section className="printing-side" aria-label={words.printing.queue}>
          <p className="quiet">
            <Keycap name="↑" /> <Keycap name="↓" /> {words.printing.queue}
          </p>
          {view?.mode === 'off' && <p>{words.printing.notices['printing-off']}</p>}
          {view?.printers.length === 0 && <p>{words.printing.noPrinters}</p>}
          <ul className="print-rows">
            {rows.map((row) => (
              <Row key={row.key} row={row} isChosen={row.key === chosen?.key} />
            ))}
          </ul>
          {view !== null && view.jobs.length === 0 && <p className="quiet">{words.printing.nothingWaits}</p>}
          <p role="status" className="printing-said">
            {notice !== null && words.printing.notices[notice]}
          </p>
        </section>
        <section className="printing-look" aria-label={words.printing.look}>
          <SalePreview />
        </section>
      </div>
      <div className="printing-acts">
        <button type="button" className="action" onClick={() => void prints.testPage()}>
          <Keycap name={testPageKey} />
          {words.printing.testPage}
        </button>
        <button type="button" className="action" disabled={!canCancel} onClick={() => void prints.cancel()}>
          <Keycap name={cancelKey} />
          {words.printing.cancel}
        </button>
        <button type="button" className="action" onClick={() => store.dispatch({ type: 'design-changed', open: true })}>
          <Keycap name={designKey} />
          {words.printing.design}
        </button>
      </div>
      {design && <DesignDialog />}
    </main>
  )
}
