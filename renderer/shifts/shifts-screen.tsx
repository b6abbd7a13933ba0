import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ManagerProof, ManagerRefusal, ShiftReport } from '../../electron/api/contract.ts'
import { Keycap } from '../shell/keycap.tsx'
import { SectionHead } from '../shell/section-head.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useScreenKeys } from '../shell/use-screen-keys.ts'
import { OverrideDialog } from '../staff/override-dialog.tsx'
import { refusalText } from '../staff/refusal-text.ts'
import { useWords } from '../wording/words.tsx'
import { ReportPanel } from './report-panel.tsx'
import { CloseDialog, HandOverDialog, MoveDialog, OpenDialog } from './shift-dialogs.tsx'
import { CurrentShift, FormerShifts } from './shift-panes.tsx'

type Dialog = 'open' | 'hand-over' | 'close' | 'move'

/** The section for shifts: the one that runs, its acts, and the reports of the former ones. */
export function ShiftsScreen() {
  const words = useWords()
  const { door, crew } = useTill()
  const told = useApp((app) => app.crew.shift)
  const revision = useApp(({ till }) => till.revision)
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [shown, setShown] = useState<ShiftReport | null>(null)
  const [reading, setReading] = useState<string | null>(null)
  const [printing, setPrinting] = useState<string | null>(null)
  const [chosenId, setChosen] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const shift = told?.shift ?? null
  const list = useInfiniteQuery({
    queryKey: ['shifts', told],
    initialPageParam: null as number | null,
    queryFn: async ({ pageParam }) => {
      const answer = await door.call('shift.list', { before: pageParam })
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
    getNextPageParam: ({ before }) => before,
  })
  const current = useQuery({
    queryKey: ['shift-report', told, revision],
    queryFn: async () => {
      const answer = await door.call('shift.report', { shiftId: null, manager: null })
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply.kind === 'report' ? answer.reply.report : null
    },
  })
  const former = (list.data?.pages ?? []).flatMap(({ shifts }) => shifts.filter(({ status }) => status === 'closed'))
  const chosen = former.find(({ shiftId }) => shiftId === chosenId) ?? former[0]
  const report = shown ?? current.data ?? null

  const read = async (shiftId: string, manager: ManagerProof | null): Promise<ManagerRefusal | string | null> => {
    const answer = await door.call('shift.report', { shiftId, manager })
    if (!answer.ok) return words.shifts.refusals.lost
    const { reply } = answer
    if (reply.kind === 'no-such-shift') return words.shifts.refusals['no-such-shift']
    if (reply.kind !== 'report') {
      if (reply.kind === 'manager-needed') setReading(shiftId)
      return reply
    }
    setShown(reply.report)
    setReading(null)
    return null
  }
  /** Says why not; that a manager is needed is said by the dialog which opens. */
  const sayRefusal = (refusal: ManagerRefusal | string | null): void => {
    if (refusal === null) return
    if (typeof refusal === 'string') setSaid(refusal)
    else setSaid(refusal.kind === 'manager-needed' ? '' : refusalText(words, refusal, Date.now()))
  }
  const readFormer = async (shiftId: string): Promise<void> => {
    setSaid('')
    sayRefusal(await read(shiftId, null))
  }
  const move = (by: 1 | -1): void => {
    const place = chosen === undefined ? -1 : former.indexOf(chosen)
    const next = former[place + by]
    if (next) setChosen(next.shiftId)
    // The page before is read while the last one is still looked through.
    if (place + by >= former.length - 5 && list.hasNextPage && !list.isFetching) void list.fetchNextPage()
  }
  const resume = async (): Promise<void> => {
    const answer = await door.call('shift.resume', null)
    if (!answer.ok) setSaid(words.shifts.refusals.lost)
    await crew.read()
  }
  const print = async (shiftId: string, manager: ManagerProof | null): Promise<ManagerRefusal | string | null> => {
    const answer = await door.call('shift.print', { shiftId, manager })
    if (!answer.ok) return words.shifts.refusals.lost
    const { reply } = answer
    switch (reply.kind) {
      case 'manager-needed':
        setPrinting(shiftId)
        return reply
      case 'not-a-manager':
      case 'pin-wrong':
      case 'pin-locked':
      case 'ledger-trouble':
        return reply
      default:
        setPrinting(null)
        setSaid(words.shifts.printed[reply.kind === 'queued' ? 'queued' : 'not-printed'])
        return null
    }
  }
  const printShown = async (): Promise<void> => {
    const shiftId = shown?.shiftId ?? shift?.shiftId
    if (shiftId === undefined) return
    sayRefusal(await print(shiftId, null))
  }
  const showCurrent = (): void => {
    setShown(null)
    void current.refetch()
  }
  const ask = (wanted: Dialog): void => {
    if (wanted === 'open' ? shift === null : shift !== null) setDialog(wanted)
  }
  const isCounting = shift?.status === 'counting'
  const canMove = shift?.takesCash === true
  useScreenKeys({
    F2: showCurrent,
    F3: () => (shift === null ? ask('open') : isCounting ? void resume() : ask('hand-over')),
    F4: () => ask('close'),
    F5: () => {
      if (canMove) ask('move')
    },
    F6: () => void printShown(),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => {
      if (chosen) void readFormer(chosen.shiftId)
    },
  })
  const dialogs = {
    onClose: () => {
      setDialog(null)
      void crew.read()
    },
    onDone: (sentence: string) => {
      setDialog(null)
      setSaid(sentence)
    },
  }
  const button = (key: string, label: string, enabled: boolean, act: () => void) => (
    <button type="button" className="action" disabled={!enabled} onClick={act}>
      <Keycap name={key} />
      {label}
    </button>
  )
  const { shifts } = words
  return (
    <main className="crew">
      <SectionHead section="shifts" />
      {(list.isError || current.isError) && <p role="alert">{shifts.refusals.lost}</p>}
      <div className="crew-panes">
        <section className="crew-side" aria-labelledby="shift-current">
          <h2 id="shift-current">{shifts.current}</h2>
          <CurrentShift shift={shift} />
          <div className="crew-actions">
            {button('F2', shifts.report, true, showCurrent)}
            {shift === null
              ? button('F3', shifts.open, true, () => ask('open'))
              : isCounting
                ? button('F3', shifts.goOn, true, () => void resume())
                : button('F3', shifts.handOver, true, () => ask('hand-over'))}
            {button('F4', shifts.close, shift !== null, () => ask('close'))}
            {button('F5', shifts.cashMove, canMove, () => ask('move'))}
            {button('F6', shifts.print, report?.shift !== null && report !== null, () => void printShown())}
          </div>
          <p role="status" data-testid="shift-said">
            {said}
          </p>
          <h2>{shifts.former}</h2>
          <p className="quiet">{shifts.choose}</p>
          <FormerShifts
            shifts={former}
            chosen={chosen?.shiftId}
            choose={(shiftId) => {
              setChosen(shiftId)
              void readFormer(shiftId)
            }}
          />
          {list.hasNextPage && (
            <button type="button" className="tab" disabled={list.isFetching} onClick={() => void list.fetchNextPage()}>
              {shifts.older}
            </button>
          )}
        </section>
        {report && <ReportPanel report={report} />}
      </div>
      {dialog === 'open' && <OpenDialog {...dialogs} />}
      {dialog === 'hand-over' && shift && <HandOverDialog {...dialogs} shift={shift} />}
      {dialog === 'close' && shift && (
        <CloseDialog
          {...dialogs}
          shift={shift}
          open={current.data?.open ?? []}
          onClosed={(made) => {
            setDialog(null)
            setShown(made)
          }}
        />
      )}
      {dialog === 'move' && <MoveDialog {...dialogs} />}
      {reading !== null && (
        <OverrideDialog
          what={shifts.allow.read(reading)}
          onProof={(proof) => read(reading, proof)}
          onClose={() => setReading(null)}
        />
      )}
      {printing !== null && (
        <OverrideDialog
          what={shifts.allow.print(printing)}
          onProof={(proof) => print(printing, proof)}
          onClose={() => setPrinting(null)}
        />
      )}
    </main>
  )
}
