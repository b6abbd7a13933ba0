import type { StaffDesk } from '../staff/staff-desk.ts'
import type { ManagerProof } from '../till/order/event.ts'
import { type ExitCode, exitCodes } from './output.ts'
import { readSecrets } from './read-secrets.ts'
import type { CommandContext } from './session.ts'
import { sayPinRefusal } from './staff-words.ts'

/** A manager's proof: who is said as an option, the PIN is read from standard input, one line. */
export async function readProof(
  { output, terminal }: CommandContext,
  staff: Pick<StaffDesk, 'prove'>,
  who: string,
): Promise<{ readonly proof: ManagerProof } | { readonly exit: ExitCode }> {
  const read = await readSecrets(terminal, ['The manager’s PIN:'])
  if (read === null) return { exit: exitCodes.unresolved }
  const proved = await staff.prove({ who, pin: read[0] ?? '' })
  return proved.kind === 'right' ? { proof: proved.proof } : { exit: sayPinRefusal(output, proved) }
}
