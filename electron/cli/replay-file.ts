import { writeReplayFile } from '../ledger/replay-file.ts'
import type { OrderNumber } from '../till/ids.ts'
import { type ExitCode, exitCodes } from './output.ts'
import { type CommandContext, sayLedgerProblem, withReader } from './session.ts'

/**
 * `replay`: one order's journal as a replay file on stdout, which the simulation plays again. Holds no secret and no
 * payment code beyond the digits that the journal keeps.
 */
export function printReplayFile(context: CommandContext, orderNumber: string): Promise<ExitCode> {
  const { output } = context
  return withReader(context, async (reader) => {
    const journal = await reader.journalOf(orderNumber as OrderNumber)
    if (!journal.ok) return sayLedgerProblem(output, journal.problem)
    if (journal.value.length === 0) {
      output.say(`There is no order ${orderNumber} in this data folder.`)
      return exitCodes.usage
    }
    context.terminal.write(writeReplayFile(orderNumber, journal.value))
    return exitCodes.done
  })
}
