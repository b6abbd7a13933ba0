import { systemClock } from '../assembly/system-time.ts'
import { openStaff } from '../staff/open-staff.ts'
import type { StaffDesk, StaffOutcome } from '../staff/staff-desk.ts'
import type { ManagerProof } from '../till/order/event.ts'
import { type Person, readStaffNumber } from '../till/staff/person.ts'
import { type Role, roles } from '../till/staff/rights.ts'
import { shanghaiIso } from '../till/time.ts'
import { type ExitCode, exitCodes } from './output.ts'
import { readSecrets } from './read-secrets.ts'
import { type CommandContext, sayLedgerProblem, withLedger, withReader } from './session.ts'
import { sayPinRefusal, sayStaffRefusal } from './staff-words.ts'

export type AddOptions = {
  readonly name: string
  readonly role: string
  readonly number?: string
  readonly manager?: string
}

const newPinPrompts = ['The new PIN, six digits:', 'The new PIN once more:'] as const

/**
 * `staff add`: adds a person. The first one is the manager who sets staff up; where the till had a single manager's PIN,
 * that one is asked for and becomes theirs. PINs are read from standard input: the manager's, then twice the new one.
 */
export async function addStaff(context: CommandContext, options: AddOptions): Promise<ExitCode> {
  const { output } = context
  const role = roles.find((known) => known === options.role)
  const number = options.number === undefined ? null : readStaffNumber(options.number)
  if (role === undefined || (options.number !== undefined && number === null)) {
    output.say(role === undefined ? `--role: expected one of ${roles.join(', ')}` : numberWanted)
    return exitCodes.usage
  }
  return withDesk(context, async (desk, hasSingle) => {
    const people = await desk.people()
    if (!people.ok) return sayLedgerProblem(output, people.problem)
    if (people.value.length === 0) return setUp(context, desk, { name: options.name, role, hasSingle })
    return byManager(
      context,
      desk,
      { who: options.manager, prompts: newPinPrompts },
      async (proof, [pin = '', again = '']) => {
        if (pin !== again) return notTheSame(context)
        return tell(context, await desk.add({ name: options.name, role, number, pin }, proof))
      },
    )
  })
}

async function setUp(
  context: CommandContext,
  desk: StaffDesk,
  { name, role, hasSingle }: { readonly name: string; readonly role: Role; readonly hasSingle: boolean },
): Promise<ExitCode> {
  const { output, terminal } = context
  if (role !== 'manager') {
    output.say('The first person must be a manager: --role manager. Nothing was changed.')
    return exitCodes.usage
  }
  const prompts = hasSingle ? ['The manager’s present PIN:'] : newPinPrompts
  const read = await readSecrets(terminal, prompts)
  if (read === null) return exitCodes.unresolved
  const [pin = '', again = pin] = read
  return pin === again ? tell(context, await desk.setUp({ name, pin })) : notTheSame(context)
}

/** `staff list`: a line a person, by number. */
export function listStaff(context: CommandContext): Promise<ExitCode> {
  const { output } = context
  return withReader(context, async (reader) => {
    const people = await reader.staff()
    if (!people.ok) return sayLedgerProblem(output, people.problem)
    for (const person of people.value) output.line({ type: 'person', ...jsonOf(person) }, wordsOf(person))
    return exitCodes.done
  })
}

/** `staff overrides`: what managers allowed others, newest first. */
export function listOverrides(context: CommandContext): Promise<ExitCode> {
  const { output } = context
  return withReader(context, async (reader) => {
    const page = await reader.overrides({ limit: 1_000 })
    if (!page.ok) return sayLedgerProblem(output, page.problem)
    for (const { sequence, wallMs, override, proof } of page.value.items) {
      const at = shanghaiIso(wallMs)
      output.line(
        { type: 'override', sequence, at, ...override, manager: proof.name, managerNumber: proof.staffNumber ?? null },
        `${at}  ${override.act.padEnd(18)}  ${proof.name} for ${override.cashier ?? 'nobody signed in'}: ${override.reason}`,
      )
    }
    return exitCodes.done
  })
}

export type PersonOptions = { readonly number: string; readonly manager?: string }

/** `staff set-pin`: another PIN for a person, by a manager; read from standard input. */
export function setStaffPin(context: CommandContext, options: PersonOptions): Promise<ExitCode> {
  return withNumber(context, options.number, (desk, number) =>
    byManager(context, desk, { who: options.manager, prompts: newPinPrompts }, async (proof, [pin = '', again = '']) =>
      pin === again ? tell(context, await desk.setPin(number, pin, proof)) : notTheSame(context),
    ),
  )
}

/** `staff lost-pin`: a manager's PIN where no manager's is left in the data folder; the journal says so. */
export function setLostPin(context: CommandContext, options: PersonOptions): Promise<ExitCode> {
  return withNumber(context, options.number, async (desk, number) => {
    const read = await readSecrets(context.terminal, newPinPrompts)
    if (read === null) return exitCodes.unresolved
    const [pin = '', again = ''] = read
    return pin === again ? tell(context, await desk.setLostPin(number, pin)) : notTheSame(context)
  })
}

export type ChangeOptions = PersonOptions & { readonly name?: string; readonly role?: string }

/** `staff leave`, `staff return` and `staff change`: what becomes of a person, by a manager. */
export function changeStaff(
  context: CommandContext,
  options: ChangeOptions,
  change: 'left' | 'returned' | 'changed',
): Promise<ExitCode> {
  const { output } = context
  const role = roles.find((known) => known === options.role)
  if (change === 'changed' && (options.name === undefined) === (role === undefined)) {
    output.say(`expected either --name or --role (${roles.join(', ')})`)
    return Promise.resolve(exitCodes.usage)
  }
  return withNumber(context, options.number, (desk, number) =>
    byManager(context, desk, { who: options.manager, prompts: [] }, async (proof) => {
      if (change !== 'changed') return tell(context, await desk.change(number, { type: change }, proof))
      if (role !== undefined) return tell(context, await desk.change(number, { type: 'role-changed', role }, proof))
      return tell(context, await desk.rename(number, options.name ?? '', proof))
    }),
  )
}

const numberWanted = '--number: expected a staff number, 1 to 9999'

function withNumber(
  context: CommandContext,
  text: string,
  command: (desk: StaffDesk, number: NonNullable<ReturnType<typeof readStaffNumber>>) => Promise<ExitCode>,
): Promise<ExitCode> {
  const number = readStaffNumber(text)
  if (number !== null) return withDesk(context, (desk) => command(desk, number))
  context.output.say(numberWanted)
  return Promise.resolve(exitCodes.usage)
}

function withDesk(
  context: CommandContext,
  command: (desk: StaffDesk, hasSingle: boolean) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withLedger(context, async (ledger) => {
    const { desk, single } = openStaff(context.place.dataDirectory, ledger, () => systemClock.now())
    return command(desk, (await single.state()) !== 'not-set')
  })
}

type Wanted = { readonly who: string | undefined; readonly prompts: readonly string[] }

/** Reads the manager's PIN, and the secrets after it, and goes on with the proof. */
async function byManager(
  { output, terminal }: CommandContext,
  desk: StaffDesk,
  { who, prompts }: Wanted,
  act: (proof: ManagerProof, secrets: readonly string[]) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (who === undefined) {
    output.say('--manager: expected the number or the name of a manager; the PIN is read from standard input')
    return exitCodes.usage
  }
  const read = await readSecrets(terminal, ['The manager’s PIN:', ...prompts])
  if (read === null) return exitCodes.unresolved
  const [pin = '', ...secrets] = read
  const proved = await desk.prove({ who, pin })
  return proved.kind === 'right' ? act(proved.proof, secrets) : sayPinRefusal(output, proved)
}

function notTheSame({ output }: CommandContext): ExitCode {
  output.say('The new PIN must stand on two lines, twice the same. Nothing was changed.')
  return exitCodes.usage
}

function tell({ output }: CommandContext, outcome: StaffOutcome): ExitCode {
  if (outcome.kind !== 'done') return sayStaffRefusal(output, outcome)
  output.line({ type: 'result', ...jsonOf(outcome.person) }, wordsOf(outcome.person))
  return exitCodes.done
}

const jsonOf = ({ number, name, role, status, pinId }: Person) => ({ number, name, role, status, pinId })

const wordsOf = ({ number, name, role, status }: Person): string =>
  `${String(number).padStart(4)}  ${role.padEnd(7)}  ${status.padEnd(6)}  ${name}`
