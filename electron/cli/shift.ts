import { settingsAt } from '../assembly/assemble.ts'
import { openingProblemSentence } from '../assembly/problem-sentence.ts'
import { systemClock } from '../assembly/system-time.ts'
import type { LedgerReader } from '../ledger/ledger.ts'
import { openLedgerReader } from '../ledger/open-ledger.ts'
import { openShiftDesk, readReport, type ShiftDesk } from '../shifts/shift-desk.ts'
import { shiftView } from '../shifts/shift-report.ts'
import { openStaff } from '../staff/open-staff.ts'
import type { StaffDesk } from '../staff/staff-desk.ts'
import type { ShiftId } from '../till/ids.ts'
import { type Fen, readYuan } from '../till/money.ts'
import type { ManagerProof } from '../till/order/event.ts'
import type { Shift } from '../till/shift/shift.ts'
import { implicitShiftId } from '../till/shift/shift-id.ts'
import { type Person, readStaffNumber } from '../till/staff/person.ts'
import { shanghaiDateTime } from '../till/time.ts'
import { type ExitCode, exitCodes } from './output.ts'
import { readProof } from './read-proof.ts'
import { readSecrets } from './read-secrets.ts'
import { amountProblemWords } from './scan-words.ts'
import { type CommandContext, sayLedgerProblem, withLedger, withReader } from './session.ts'
import { shiftProblemWords, writeReport } from './shift-words.ts'
import { sayPinRefusal } from './staff-words.ts'

export type ShiftOpenOptions = { readonly cashier?: string; readonly float?: string }

/** `shift open`: begins a shift; with staff set up the cashier's PIN is read from standard input. */
export function openShift(context: CommandContext, options: ShiftOpenOptions): Promise<ExitCode> {
  const { output } = context
  const floatFen = readOptional(context, '--float', options.float)
  if (floatFen === 'refused') return Promise.resolve(exitCodes.usage)
  return withShifts(context, async ({ desk, staff }) => {
    const cashier = await cashierOf(context, staff, options.cashier)
    if ('exit' in cashier) return cashier.exit
    const opened = await desk.open(cashier.person?.number ?? null, floatFen)
    if (!opened.ok) return sayLedgerProblem(output, opened.problem)
    if (opened.value.kind === 'opened') return report(context, desk, opened.value.shift.shiftId, exitCodes.done)
    const { shiftId, businessDay } = opened.value.shift
    output.say(`The shift ${shiftId} of ${businessDay} is open: close it first. Nothing was changed.`)
    return exitCodes.usage
  })
}

export type ShiftCloseOptions = {
  readonly cashier?: string
  readonly counted?: string
  readonly reason?: string
  readonly manager?: string
}

/**
 * `shift close`: counts the drawer, blind, and closes. Where the count does not fit it ends 3 and says what is wanted next:
 * a second count, a reason, a manager. The last line holds the totals once the shift is closed.
 */
export function closeShift(context: CommandContext, options: ShiftCloseOptions): Promise<ExitCode> {
  const { output } = context
  const countedFen = readOptional(context, '--counted', options.counted)
  if (countedFen === 'refused') return Promise.resolve(exitCodes.usage)
  return withShifts(context, async ({ desk, staff }) => {
    const shift = await currentShift(context, desk)
    if ('exit' in shift) return shift.exit
    const signed = await signaturesOf(context, staff, options)
    if ('exit' in signed) return signed.exit
    const { by, proof } = signed
    const differenceReason = options.reason ?? ''
    const wish = { by, countedFen, differenceReason, ...(proof === null ? {} : { proof }) }
    const closed = await desk.close(shift.shiftId, wish)
    if (!closed.ok) return sayLedgerProblem(output, closed.problem)
    if (closed.value.kind === 'no-such-shift') return exitCodes.internal
    if (closed.value.kind === 'done') return report(context, desk, shift.shiftId, exitCodes.done)
    const { problem } = closed.value
    output.say(shiftProblemWords(problem))
    const { status, counts } = shiftView(closed.value.shift, systemClock.now().wallMs)
    output.line({ type: 'result', shiftId: shift.shiftId, status, problem, counts }, `${shift.shiftId}: ${problem}`)
    return problem === 'shift-without-cash' ? exitCodes.usage : exitCodes.unresolved
  })
}

export type HandOverOptions = { readonly to: string; readonly counted?: string }

/** `shift hand-over`: the next cashier runs the shift; with staff set up it is their PIN that is read. */
export function handOverShift(context: CommandContext, options: HandOverOptions): Promise<ExitCode> {
  const { output } = context
  const countedFen = readOptional(context, '--counted', options.counted)
  if (countedFen === 'refused') return Promise.resolve(exitCodes.usage)
  return withShifts(context, async ({ desk, staff }) => {
    const shift = await currentShift(context, desk)
    if ('exit' in shift) return shift.exit
    const to = await cashierOf(context, staff, options.to)
    if ('exit' in to) return to.exit
    if (to.person === null) {
      output.say('A shift is handed to a person: set staff up with till staff add. Nothing was changed.')
      return exitCodes.usage
    }
    return told(context, desk, await desk.handOver(shift.shiftId, shift.cashier, to.person.number, countedFen))
  })
}

/** `shift resume`: the shift goes on, and what was counted is forgotten. */
export function resumeShift(context: CommandContext): Promise<ExitCode> {
  return withShifts(context, async ({ desk }) => {
    const shift = await currentShift(context, desk)
    return 'exit' in shift ? shift.exit : told(context, desk, await desk.abandonClose(shift.shiftId, shift.cashier))
  })
}

/** `shift report`: X of the open shift, or of the day where none is open; Z of a closed one. Works beside a till. */
export function reportShift(context: CommandContext, { shift }: { readonly shift?: string }): Promise<ExitCode> {
  return withReading(context, async (desk, reader) => {
    if (shift !== undefined) return report(context, desk, shift as ShiftId, exitCodes.done)
    const newest = await reader.shifts({ limit: 1 })
    if (!newest.ok) return sayLedgerProblem(context.output, newest.problem)
    const [last] = newest.value.items
    const isOpen = last !== undefined && last.status !== 'closed'
    const shiftId = isOpen ? last.shiftId : implicitShiftId(systemClock.now().wallMs)
    if (isOpen) sayForgotten(context, last)
    return report(context, desk, shiftId, exitCodes.done)
  })
}

/** `shift list`: a line a shift, newest first. */
export function listShifts(context: CommandContext): Promise<ExitCode> {
  const { output } = context
  return withReader(context, async (reader) => {
    const { wallMs } = systemClock.now()
    let before: number | null = null
    do {
      const page = await reader.shifts({ limit: 500, before })
      if (!page.ok) return sayLedgerProblem(output, page.problem)
      for (const shift of page.value.items) {
        const { shiftId, businessDay, status, openedWallMs, cashier, day } = shiftView(shift, wallMs)
        const opened = shanghaiDateTime(openedWallMs)
        output.line(
          { type: 'shift', shiftId, businessDay, status, opened, cashier, day: day?.kind ?? null },
          `${opened}  ${shiftId}  ${status}`,
        )
      }
      before = page.value.before
    } while (before !== null)
    return exitCodes.done
  })
}

type Shifts = { readonly desk: ShiftDesk; readonly staff: StaffDesk }

/** Opens the ledger and its reader, not the whole till: a shift is closed also where no channel can be reached. */
async function withShifts(context: CommandContext, command: (shifts: Shifts) => Promise<ExitCode>): Promise<ExitCode> {
  const checked = await settingsAt(context.place)
  if (!checked.ok) {
    const { sentence, exitCode } = openingProblemSentence({ kind: 'settings', problems: checked.problems })
    context.output.say(sentence)
    return exitCode
  }
  const { settings } = checked
  return withLedger(context, async (ledger) => {
    const reader = await openLedgerReader({ dataDirectory: context.place.dataDirectory })
    if (!reader.ok) return sayLedgerProblem(context.output, reader.problem)
    try {
      const now = () => systemClock.now()
      const { desk: staff } = openStaff(context.place.dataDirectory, ledger, now)
      const desk = openShiftDesk({
        ledger,
        reader: reader.value,
        tillId: settings.till.id,
        cutOverHour: settings.shifts.cutOverHour,
        limits: settings.staff.limits,
        now,
      })
      return await command({ desk, staff })
    } finally {
      await reader.value.close()
    }
  })
}

/** The desk for reports alone, beside a till that works on the ledger. */
function withReading(
  context: CommandContext,
  command: (desk: Pick<ShiftDesk, 'report'>, reader: LedgerReader) => Promise<ExitCode>,
): Promise<ExitCode> {
  const now = () => systemClock.now()
  return withReader(context, (reader) => command({ report: (shiftId) => readReport({ reader, now }, shiftId) }, reader))
}

async function report(
  { output }: CommandContext,
  desk: Pick<ShiftDesk, 'report'>,
  shiftId: ShiftId,
  exit: ExitCode,
): Promise<ExitCode> {
  const made = await desk.report(shiftId)
  if (!made.ok) return sayLedgerProblem(output, made.problem)
  if (made.value === null) {
    output.say(`There is no shift ${shiftId} in this data folder; see: till shift list`)
    return exitCodes.usage
  }
  writeReport(output, made.value)
  return exit
}

async function told(
  context: CommandContext,
  desk: ShiftDesk,
  result: Awaited<ReturnType<ShiftDesk['handOver']>>,
): Promise<ExitCode> {
  if (!result.ok) return sayLedgerProblem(context.output, result.problem)
  if (result.value.kind === 'done') return report(context, desk, result.value.shift.shiftId, exitCodes.done)
  if (result.value.kind === 'refused')
    context.output.say(`${shiftProblemWords(result.value.problem)} Nothing was changed.`)
  return exitCodes.usage
}

async function currentShift(context: CommandContext, desk: ShiftDesk): Promise<Shift | { readonly exit: ExitCode }> {
  const current = await desk.current()
  if (!current.ok) return { exit: sayLedgerProblem(context.output, current.problem) }
  if (current.value !== null) {
    sayForgotten(context, current.value)
    return current.value
  }
  context.output.say('No shift is open. Open one with: till shift open')
  return { exit: exitCodes.usage }
}

function sayForgotten({ output }: CommandContext, shift: Shift): void {
  const { day } = shiftView(shift, systemClock.now().wallMs)
  if (day?.kind === 'forgotten') output.say(`This shift is of ${day.businessDay}: it was not closed on its day.`)
  if (day?.kind === 'clock-behind') output.say(`This shift is of ${day.businessDay}, a later day: check the clock.`)
}

function readOptional({ output }: CommandContext, option: string, text: string | undefined): Fen | null | 'refused' {
  if (text === undefined) return null
  const amount = readYuan(text)
  if (amount.ok) return amount.amountFen
  output.say(`${option}: ${amountProblemWords(amount.problem, Number.MAX_SAFE_INTEGER as Fen)}`)
  return 'refused'
}

/** Who says to be at the till, proved by the PIN where staff is set up; nobody where it is not. */
async function cashierOf(
  { output, terminal }: CommandContext,
  staff: StaffDesk,
  text: string | undefined,
): Promise<{ readonly person: Person | null } | { readonly exit: ExitCode }> {
  const people = await staff.people()
  if (!people.ok) return { exit: sayLedgerProblem(output, people.problem) }
  if (people.value.length === 0) return { person: null }
  const number = readStaffNumber(text ?? '')
  if (number === null) {
    output.say('Staff is set up: give the staff number; the PIN is read from standard input.')
    return { exit: exitCodes.usage }
  }
  const read = await readSecrets(terminal, ['The PIN:'])
  if (read === null) return { exit: exitCodes.unresolved }
  const checked = await staff.check(number, read[0] ?? '')
  return checked.kind === 'right' ? { person: checked.person } : { exit: sayPinRefusal(output, checked) }
}

type Signatures = { readonly by: Person | null; readonly proof: ManagerProof | null }

/** Who closes: the manager who gives a PIN, or the cashier; nobody where no staff is set up. */
async function signaturesOf(
  context: CommandContext,
  staff: StaffDesk,
  { cashier, manager }: ShiftCloseOptions,
): Promise<Signatures | { readonly exit: ExitCode }> {
  if (manager === undefined) {
    const said = await cashierOf(context, staff, cashier)
    return 'exit' in said ? said : { by: said.person, proof: null }
  }
  const proved = await readProof(context, staff, manager)
  if ('exit' in proved) return proved
  const people = await staff.people()
  if (!people.ok) return { exit: sayLedgerProblem(context.output, people.problem) }
  const { proof } = proved
  return { by: people.value.find(({ number }) => number === proof.staffNumber) ?? null, proof }
}
