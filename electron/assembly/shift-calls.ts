import type { Calls, ManagerProof as SaidProof, ShiftActView, ShiftReportResult, ShiftState } from '../api/contract.ts'
import type { LedgerResult } from '../ledger/ledger.ts'
import type { ShiftActResult } from '../ledger/shift-ledger.ts'
import { shiftView } from '../shifts/shift-report.ts'
import type { ShiftId, StaffNumber } from '../till/ids.ts'
import { type AmountProblem, type Fen, readYuan } from '../till/money.ts'
import type { ManagerProof } from '../till/order/event.ts'
import type { Shift } from '../till/shift/shift.ts'
import { implicitShiftId } from '../till/shift/shift-id.ts'
import type { AssembledTill } from './assemble.ts'
import { permission } from './permission.ts'
import { personRefusalView } from './pin-refusal-view.ts'
import { requestView } from './print-calls.ts'
import { systemClock } from './system-time.ts'

type ShiftCall = Extract<keyof Calls, `shift.${string}`>
type ShiftHandlers = {
  readonly [Name in ShiftCall]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']>
}

type ShiftTill = Pick<AssembledTill, 'shifts' | 'reader' | 'staff' | 'signIn' | 'settings' | 'printing'>

/** How many shifts a page of the list has. */
const pageLimit = 50

/** What the counter must know about shifts; rejects where the ledger cannot be read. */
export async function shiftState({ shifts }: Pick<AssembledTill, 'shifts'>): Promise<ShiftState> {
  const current = await shifts.current()
  if (!current.ok) throw new Error(`the ledger cannot be read: ${current.problem.kind}`)
  return { today: shifts.today(), shift: current.value && viewNow(current.value) }
}

/** The contract's calls of shifts. `onChange` hears of every act that changed one. */
export function shiftCalls(till: ShiftTill, onChange: () => void): ShiftHandlers {
  const { shifts, reader, staff, signIn, settings, printing } = till

  const told = async (result: LedgerResult<ShiftActResult>): Promise<ShiftActView> => {
    if (!result.ok) return { kind: 'ledger-trouble', problem: result.problem.kind }
    const { value } = result
    if (value.kind === 'no-such-shift') return value
    // A refused close may have kept a count before: the window sees how far it got.
    onChange()
    const shift = viewNow(value.shift)
    if (value.kind === 'refused') return { kind: 'refused', problem: value.problem, shift }
    const made = value.shift.status === 'closed' ? await shifts.report(value.shift.shiftId) : null
    return { kind: 'done', shift, report: made?.ok ? made.value : null }
  }

  /** Does an act with the shift that is open. */
  const withCurrent = async <Result>(
    act: (shift: Shift) => Promise<Result>,
  ): Promise<Result | Exclude<ShiftActView, { readonly kind: 'done' | 'refused' }>> => {
    const current = await shifts.current()
    if (!current.ok) return { kind: 'ledger-trouble', problem: current.problem.kind }
    return current.value === null ? { kind: 'no-such-shift' } : act(current.value)
  }

  /** A manager's proof for a close that needs one; what for depends on whose shift it is. */
  const proofOfClose = (shift: Shift, reason: string, said: SaidProof) => {
    const act = signIn.person()?.number === shift.cashier ? 'accept-difference' : 'close-other-shift'
    return permission(till, { act, reason, shiftId: shift.shiftId }, said)
  }

  const reportOf = async (shiftId: ShiftId): Promise<ShiftReportResult> => {
    const made = await shifts.report(shiftId)
    if (!made.ok) return { kind: 'ledger-trouble', problem: made.problem.kind }
    return made.value === null ? { kind: 'no-such-shift' } : { kind: 'report', report: made.value }
  }

  /** Whether a shift runs now, or is the last one and was closed by who is at the till: its report was just shown to them. */
  const isOwn = (shiftId: string, newest: Shift | undefined): boolean => {
    const isRunning = newest !== undefined && newest.status !== 'closed'
    if (!isRunning && shiftId === implicitShiftId(systemClock.now().wallMs)) return true
    return newest?.shiftId === shiftId && (isRunning || newest.cashier === (signIn.person()?.number ?? null))
  }

  return {
    'shift.state': () => shiftState(till),
    'shift.open': async ({ floatText }) => {
      const float = optionalYuan(floatText)
      if ('problem' in float) return { kind: 'amount-refused', problem: float.problem }
      const opened = await shifts.open(signIn.person()?.number ?? null, float.amountFen)
      if (!opened.ok) return { kind: 'ledger-trouble', problem: opened.problem.kind }
      onChange()
      return { kind: opened.value.kind, shift: viewNow(opened.value.shift) }
    },
    'shift.hand-over': async ({ to, pin, countedText }) => {
      const counted = optionalYuan(countedText)
      if ('problem' in counted) return { kind: 'amount-refused', problem: counted.problem }
      const people = await staff.people()
      if (!people.ok) return { kind: 'ledger-trouble', problem: people.problem.kind }
      if (people.value.length === 0) return { kind: 'no-staff' }
      return withCurrent(async (shift) => {
        // Looked at first, so that a refusal does not cost the next cashier's sign-in; the ledger decides all the same.
        if (shift.status !== 'open') return { kind: 'refused', problem: 'being-counted', shift: viewNow(shift) }
        const by = signIn.person()?.number ?? shift.cashier
        const next = to as StaffNumber
        const signed = await signIn.signIn(next, pin)
        if (signed.kind !== 'right') return personRefusalView(signed)
        return told(await shifts.handOver(shift.shiftId, by, next, counted.amountFen))
      })
    },
    'shift.close': async ({ countedText, reason, manager }) => {
      const counted = optionalYuan(countedText)
      if ('problem' in counted) return { kind: 'amount-refused', problem: counted.problem }
      return withCurrent(async (shift) => {
        let proof: ManagerProof | undefined
        if (manager !== null) {
          const allowed = await proofOfClose(shift, reason, manager)
          if (allowed.kind === 'refused') return allowed.refusal
          proof = allowed.proof
        }
        const wish = {
          by: signIn.person(),
          countedFen: counted.amountFen,
          differenceReason: reason,
          ...(proof === undefined ? {} : { proof }),
        }
        return told(await shifts.close(shift.shiftId, wish))
      })
    },
    'shift.resume': () =>
      withCurrent(async (shift) =>
        told(await shifts.abandonClose(shift.shiftId, signIn.person()?.number ?? shift.cashier)),
      ),
    'shift.report': async ({ shiftId, manager }) => {
      const current = await shifts.current()
      if (!current.ok) return { kind: 'ledger-trouble', problem: current.problem.kind }
      const own = current.value?.shiftId ?? implicitShiftId(systemClock.now().wallMs)
      const wanted = (shiftId ?? own) as ShiftId
      const act = wanted === own ? 'read-shift-report' : 'read-every-shift'
      const allowed = await permission(till, { act, reason: 'report', shiftId: wanted }, manager)
      return allowed.kind === 'refused' ? allowed.refusal : reportOf(wanted)
    },
    'shift.list': async ({ before }) => {
      const page = await reader.shifts({ limit: pageLimit, before })
      if (!page.ok) throw new Error(`the ledger cannot be read: ${page.problem.kind}`)
      return { shifts: page.value.items.map(viewNow), before: page.value.before }
    },
    'shift.print': async ({ shiftId, manager }) => {
      if (settings.printing.mode === 'off') return { kind: 'printing-off' }
      const newest = await reader.shifts({ limit: 1, before: null })
      if (!newest.ok) return { kind: 'ledger-trouble', problem: newest.problem.kind }
      const act = isOwn(shiftId, newest.value.items[0]) ? 'read-shift-report' : 'read-every-shift'
      const allowed = await permission(till, { act, reason: 'print report', shiftId: shiftId as ShiftId }, manager)
      if (allowed.kind === 'refused') return allowed.refusal
      return requestView(
        await printing.request({ kind: 'shift-report', subjectId: shiftId, orderNumber: null }, 'cashier'),
      )
    },
  }
}

const viewNow = (shift: Shift) => shiftView(shift, systemClock.now().wallMs)

function optionalYuan(text: string | null): { readonly amountFen: Fen | null } | { readonly problem: AmountProblem } {
  if (text === null) return { amountFen: null }
  const reading = readYuan(text)
  return reading.ok ? { amountFen: reading.amountFen } : { problem: reading.problem }
}
