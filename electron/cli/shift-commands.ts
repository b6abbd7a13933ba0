import type { Command } from 'commander'
import type { Runs } from './session.ts'
import {
  closeShift,
  type HandOverOptions,
  handOverShift,
  listShifts,
  openShift,
  reportShift,
  resumeShift,
  type ShiftCloseOptions,
  type ShiftOpenOptions,
} from './shift.ts'

/** `shift …`: opening, handing over, closing and reporting shifts. */
export function addShiftCommands(program: Command, runs: Runs): void {
  const shift = program.command('shift').description('shifts: open, hand over, close, report')
  shift
    .command('open')
    .description('begin a shift; with staff set up the cashier’s PIN is read from standard input')
    .option('--cashier <number>', 'who runs it, where staff is set up')
    .option('--float <yuan>', 'the cash in the drawer, such as 200.00; without it the shift takes no cash')
    .action(runs<ShiftOpenOptions>((context, options) => openShift(context, options)))
  shift
    .command('close')
    .description('count the drawer, blind, and close; ends 3 and says what is wanted where the count does not fit')
    .option('--cashier <number>', 'who closes, where staff is set up; the PIN is read from standard input')
    .option('--counted <yuan>', 'the cash in the drawer, where the shift takes cash')
    .option('--reason <text>', 'why the drawer differs')
    .option('--manager <who>', 'who allows it; the PIN is read from standard input')
    .action(runs<ShiftCloseOptions>((context, options) => closeShift(context, options)))
  shift
    .command('resume')
    .description('go on with a shift that was being counted; what was counted is forgotten')
    .action(runs((context) => resumeShift(context)))
  shift
    .command('hand-over')
    .description('hand the open shift to the next cashier, whose PIN is read from standard input')
    .requiredOption('--to <number>', 'the next cashier')
    .option('--counted <yuan>', 'the cash in the drawer, if it was counted')
    .action(runs<HandOverOptions>((context, options) => handOverShift(context, options)))
  shift
    .command('report')
    .description('what a shift comes to: X while it is open, Z once it is closed')
    .option('--shift <id>', 'the shift; the open one, or today’s implicit one, if left out')
    .action(runs<{ shift?: string }>((context, options) => reportShift(context, options)))
  shift
    .command('list')
    .description('list the shifts, newest first')
    .action(runs((context) => listShifts(context)))
}
