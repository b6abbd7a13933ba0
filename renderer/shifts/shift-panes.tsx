import type { ShiftView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { useApp } from '../shell/till-context.tsx'
import { momentText } from '../time/shanghai.ts'
import { useWords } from '../wording/words.tsx'
import { dayText, nameOf } from './people-names.ts'

/** The shift that runs: who runs it, since when, and whether it was forgotten. */
export function CurrentShift(props: { readonly shift: ShiftView | null }) {
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

/** The closed shifts, newest first; the chosen one is kept in sight. */
export function FormerShifts(props: {
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
