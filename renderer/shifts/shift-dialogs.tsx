import { useState } from 'react'
import type { ManagerProof, ManagerRefusal, ShiftReport, ShiftView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { useApp, useTill } from '../shell/till-context.tsx'
import { OverrideDialog } from '../staff/override-dialog.tsx'
import { PinField, textIn } from '../staff/pin-field.tsx'
import { refusalText } from '../staff/refusal-text.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import { ShiftForm, TextField } from './shift-form.tsx'

type DialogProps = { readonly onClose: () => void; readonly onDone: (said: string) => void }

const orNull = (text: string): string | null => (text === '' ? null : text)

const amountText = (words: Catalogue, problem: keyof Catalogue['amountProblems']): string =>
  words.amountProblems[problem](yuanText(0))

/** Begins a shift; an empty float means that it takes no cash. */
export function OpenDialog(props: DialogProps) {
  const words = useWords()
  const { door, crew } = useTill()
  const { openDialog, refusals } = words.shifts
  return (
    <ShiftForm
      title={openDialog.title}
      confirm={openDialog.confirm}
      onClose={props.onClose}
      send={async (form) => {
        const answer = await door.call('shift.open', { floatText: orNull(textIn(form, 'float')) })
        if (!answer.ok) return refusals.lost
        const { reply } = answer
        if (reply.kind === 'amount-refused') return amountText(words, reply.problem)
        if (reply.kind === 'ledger-trouble') return words.ledgerTroubles[reply.problem].happened
        await crew.read()
        if (reply.kind === 'already-open') return refusals['already-open']
        props.onDone('')
        return null
      }}
    >
      <p className="small-print">{openDialog.why}</p>
      <TextField name="float" label={openDialog.float} length={12} numeric />
    </ShiftForm>
  )
}

/** The next cashier takes the shift over by number and PIN, and is the one at the till. */
export function HandOverDialog(props: DialogProps & { readonly shift: ShiftView }) {
  const words = useWords()
  const { door, crew } = useTill()
  const { handOverDialog, refusals, problems } = words.shifts
  return (
    <ShiftForm
      title={handOverDialog.title}
      confirm={handOverDialog.confirm}
      onClose={props.onClose}
      send={async (form) => {
        const to = Number(textIn(form, 'to'))
        if (!Number.isInteger(to) || to < 1 || to > 9_999) return words.staff.signIn.missing
        const counted = orNull(textIn(form, 'counted'))
        const answer = await door.call('shift.hand-over', { to, pin: textIn(form, 'pin'), countedText: counted })
        if (!answer.ok) return refusals.lost
        const { reply } = answer
        switch (reply.kind) {
          case 'done':
            await crew.read()
            props.onDone('')
            return null
          case 'refused':
            return problems[reply.problem]
          case 'amount-refused':
            return amountText(words, reply.problem)
          case 'no-such-shift':
          case 'no-staff':
            return refusals[reply.kind]
          default:
            return refusalText(words, reply, Date.now())
        }
      }}
    >
      <p className="small-print">{handOverDialog.why}</p>
      <TextField name="to" label={handOverDialog.to} length={4} numeric />
      <PinField name="pin" label={handOverDialog.pin} />
      {props.shift.takesCash && <TextField name="counted" label={handOverDialog.counted} length={12} numeric />}
    </ShiftForm>
  )
}

/** Counts blind and closes, step by step; what should be in the drawer is told by the report of the close alone. */
export function CloseDialog(
  props: DialogProps & {
    readonly shift: ShiftView
    readonly open: ShiftReport['open']
    readonly onClosed: (report: ShiftReport | null) => void
  },
) {
  const words = useWords()
  const { door, crew } = useTill()
  const { closeDialog, refusals, problems, allow } = words.shifts
  const isBeingCounted = props.shift.status === 'counting'
  const [wants, setWants] = useState<'count' | 'reason'>(
    isBeingCounted && props.shift.counts === 2 ? 'reason' : 'count',
  )
  const [counts, setCounts] = useState(isBeingCounted ? props.shift.counts : 0)
  /** What was asked and waits for a manager; the count is in the ledger by then. */
  const [waiting, setWaiting] = useState<{ readonly reason: string } | null>(null)

  const close = async (
    countedText: string | null,
    reason: string,
    manager: ManagerProof | null,
  ): Promise<ManagerRefusal | string | null> => {
    const answer = await door.call('shift.close', { countedText, reason, manager })
    if (!answer.ok) return refusals.lost
    const { reply } = answer
    switch (reply.kind) {
      case 'done':
        await crew.read()
        props.onClosed(reply.report)
        return null
      case 'refused':
        setCounts(reply.shift.counts)
        if (reply.problem === 'manager-needed') setWaiting({ reason })
        else setWaiting(null)
        if (reply.problem === 'reason-missing' || reply.problem === 'counted-twice') setWants('reason')
        return problems[reply.problem]
      case 'amount-refused':
        return amountText(words, reply.problem)
      case 'no-such-shift':
        return refusals[reply.kind]
      case 'manager-needed':
        setWaiting({ reason })
        return problems['manager-needed']
      default:
        return reply
    }
  }

  if (waiting !== null) {
    return (
      <OverrideDialog
        what={`${allow.close}${waiting.reason === '' ? '' : ` · ${words.shifts.drawer.reason(waiting.reason)}`}`}
        onProof={(proof) => close(null, waiting.reason, proof)}
        onClose={() => setWaiting(null)}
      />
    )
  }
  const countsNow = props.shift.takesCash && wants === 'count'
  return (
    <ShiftForm
      title={closeDialog.title}
      confirm={closeDialog.confirm}
      onClose={props.onClose}
      send={async (form) => {
        const said = await close(countsNow ? textIn(form, 'counted') : null, textIn(form, 'reason'), null)
        form.reset()
        return typeof said === 'string' || said === null ? said : refusalText(words, said, Date.now())
      }}
    >
      <p className="small-print">{props.shift.takesCash ? closeDialog.blind : closeDialog.noCash}</p>
      {props.open.length > 0 && (
        <>
          <p>{closeDialog.openCases(props.open.length)}</p>
          <ul className="report-open figures">
            {props.open.map(({ subjectId, amountFen }) => (
              <li key={subjectId}>
                {subjectId} <span className="money">{yuanText(amountFen)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {countsNow && (
        <TextField
          key={counts}
          name="counted"
          label={counts === 0 ? closeDialog.counted : closeDialog.second}
          length={12}
          numeric
        />
      )}
      {wants === 'reason' && <TextField name="reason" label={closeDialog.reason} length={200} />}
    </ShiftForm>
  )
}

/** Cash in or out without a sale, or the drawer opened: with a reason, and by a manager where staff is set up. */
export function MoveDialog(props: DialogProps) {
  const words = useWords()
  const { door } = useTill()
  const own = useApp(({ crew }) => crew.staff?.person ?? null)
  const { moveDialog, refusals } = words.shifts
  const [kind, setKind] = useState<'paid-in' | 'paid-out' | 'drawer-opened'>('paid-out')
  const [waiting, setWaiting] = useState<{ readonly amountText: string; readonly reason: string } | null>(null)

  const move = async (
    wish: { readonly amountText: string; readonly reason: string },
    manager: ManagerProof | null,
  ): Promise<ManagerRefusal | string | null> => {
    const answer = await door.call('cash.move', { kind, ...wish, manager })
    if (!answer.ok) return refusals.lost
    const { reply } = answer
    switch (reply.kind) {
      case 'recorded':
        props.onDone(words.cash.drawer[reply.drawer])
        return null
      case 'refused':
        return words.cash.problems[reply.problem.kind]
      case 'amount-refused':
        return amountText(words, reply.problem)
      case 'manager-needed':
        setWaiting(wish)
        return refusalText(words, reply, Date.now())
      default:
        return reply
    }
  }

  if (waiting !== null) {
    return (
      <OverrideDialog
        what={moveDialog.what(moveDialog.kinds[kind], waiting.amountText, waiting.reason)}
        {...(own?.role === 'manager' ? { staffNumber: String(own.number) } : {})}
        onProof={(proof) => move(waiting, proof)}
        onClose={() => setWaiting(null)}
      />
    )
  }
  return (
    <ShiftForm
      title={moveDialog.title}
      confirm={moveDialog.confirm}
      onClose={props.onClose}
      send={async (form) => {
        const said = await move({ amountText: textIn(form, 'amount'), reason: textIn(form, 'reason') }, null)
        return typeof said === 'string' || said === null ? said : refusalText(words, said, Date.now())
      }}
    >
      <label>
        <span>{moveDialog.title}</span>
        <select
          name="kind"
          value={kind}
          onChange={(event) => {
            const { value } = event.currentTarget
            if (value === 'paid-in' || value === 'paid-out' || value === 'drawer-opened') setKind(value)
          }}
        >
          {(['paid-out', 'paid-in', 'drawer-opened'] as const).map((each) => (
            <option key={each} value={each}>
              {moveDialog.kinds[each]}
            </option>
          ))}
        </select>
      </label>
      {kind !== 'drawer-opened' && <TextField name="amount" label={moveDialog.amount} length={12} numeric />}
      <TextField name="reason" label={moveDialog.reason} length={200} />
    </ShiftForm>
  )
}
