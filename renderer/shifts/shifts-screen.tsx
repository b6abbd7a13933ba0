import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ManagerProof, ManagerRefusal, ShiftReport, ShiftView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { Keycap } from '../shell/keycap.tsx'
import { SectionHead } from '../shell/section-head.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useScreenKeys } from '../shell/use-screen-keys.ts'
import { OverrideDialog } from '../staff/override-dialog.tsx'
import { refusalText } from '../staff/refusal-text.ts'
import { momentText } from '../time/shanghai.ts'
import { useWords } from '../wording/words.tsx'
import { dayText, nameOf } from './people-names.ts'
import { ReportPanel } from './report-panel.tsx'
import { CloseDialog, HandOverDialog, MoveDialog, OpenDialog } from './shift-dialogs.tsx'

type Dialog = 'open' | 'hand-over' | 'close' | 'move'

function CurrentShift(props: { readonly shift: ShiftView | null }) {
  const words = useWords()
  const staff = useApp(({ crew }) => crew.staff)
  const { shift } = props
  if (shift === null) return <p>{words.shifts.none}</p>
  const { day } = shift
  return (
    <>
      <p>
        <b>{words.shifts.statuses[shift.status]}</b> · {words.shifts.runBy(nameOf(words, staff, shift.cashier))}
      </p>
      <p className="figures quiet">
        {words.shifts.since(momentText(shift.openedWallMs, Date.now()))} ·{' '}
        {shift.floatFen === null ? words.shifts.withoutCash : words.shifts.float(yuanText(shift.floatFen))}
      </p>
      {day?.kind === 'forgotten' && <p role="alert">{words.shifts.forgotten(dayText(day.businessDay))}</p>}
      {day?.kind === 'clock-behind' && <p role="alert">{words.shifts.clockBehind(dayText(day.businessDay))}</p>}
    </>
  )
}

function FormerShifts(props: {
  readonly shifts: readonly ShiftView[]
  readonly chosen: string | undefined
  readonly choose: (shiftId: string) => void
}) {
  const words = useWords()
  const staff = useApp(({ crew }) => crew.staff)
  if (props.shifts.length === 0) return <p className="quiet">{words.shifts.noFormer}</p>
  return (
    <ul className="crew-list" aria-label={words.shifts.former}>
      {props.shifts.map((shift) => (
        <li key={shift.shiftId}>
          <button
            ref={shift.shiftId === props.chosen ? (row) => row?.scrollIntoView({ block: 'nearest' }) : null}
            type="button"
            aria-current={shift.shiftId === props.chosen ? 'true' : undefined}
            onClick={() => props.choose(shift.shiftId)}
          >
            <b className="figures">{dayText(shift.businessDay)}</b> {nameOf(words, staff, shift.cashier)}
            <span className="quiet figures"> {shift.shiftId}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The section for shifts: the one that runs, its acts, and the reports of the former ones. */
export function ShiftsScreen() {
  const words = useWords()
  const { door, crew } = useTill()
  const told = useApp((app) => app.crew.shift)
  const revision = useApp(({ till }) => till.revision)
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [shown, setShown] = useState<ShiftReport | null>(null)
  const [reading, setReading] = useState<string | null>(null)
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
  const readFormer = async (shiftId: string): Promise<void> => {
    const refusal = await read(shiftId, null)
    const isAsked = refusal !== null && typeof refusal !== 'string' && refusal.kind === 'manager-needed'
    setSaid(
      refusal === null || isAsked
        ? ''
        : typeof refusal === 'string'
          ? refusal
          : refusalText(words, refusal, Date.now()),
    )
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
  const print = async (): Promise<void> => {
    const shiftId = shown?.shiftId ?? shift?.shiftId
    if (shiftId === undefined) return
    const answer = await door.call('shift.print', { shiftId })
    if (!answer.ok) return setSaid(words.shifts.refusals.lost)
    setSaid(words.shifts.printed[answer.reply.kind === 'queued' ? 'queued' : 'not-printed'])
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
    F6: () => void print(),
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
            {button('F6', shifts.print, report?.shift !== null && report !== null, () => void print())}
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
    </main>
  )
}
