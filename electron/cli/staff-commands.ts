import type { Command } from 'commander'
import type { Runs } from './session.ts'
import {
  type AddOptions,
  addStaff,
  type ChangeOptions,
  changeStaff,
  listOverrides,
  listStaff,
  type PersonOptions,
  setLostPin,
  setStaffPin,
} from './staff.ts'

const byManager = 'a manager’s number or name; the PIN is read from standard input'

/** `staff …`: people, roles and PINs. PINs are read from standard input and are never options. */
export function addStaffCommands(program: Command, runs: Runs): void {
  const staff = program.command('staff').description('people of the till: roles and PINs')
  staff
    .command('add')
    .description('add a person; the first one is a manager. Standard input: the manager’s PIN, then twice the new one')
    .requiredOption('--name <name>', 'up to 30 characters')
    .requiredOption('--role <role>', 'cashier or manager')
    .option('--number <number>', 'the staff number, if not the next one')
    .option('--manager <who>', byManager)
    .action(runs<AddOptions>((context, options) => addStaff(context, options)))
  staff
    .command('list')
    .description('list everybody who was ever added')
    .action(runs((context) => listStaff(context)))
  staff
    .command('set-pin')
    .description('set another PIN. Standard input: the manager’s PIN, then twice the new one')
    .requiredOption('--number <number>', 'the staff number')
    .option('--manager <who>', byManager)
    .action(runs<PersonOptions>((context, options) => setStaffPin(context, options)))
  staff
    .command('lost-pin')
    .description('set a manager’s PIN where no manager’s is left in the data folder; standard input: twice the new one')
    .requiredOption('--number <number>', 'the staff number')
    .action(runs<PersonOptions>((context, options) => setLostPin(context, options)))
  staff
    .command('change')
    .description('give a person another name or another role')
    .requiredOption('--number <number>', 'the staff number')
    .option('--name <name>', 'the new name')
    .option('--role <role>', 'the new role')
    .option('--manager <who>', byManager)
    .action(runs<ChangeOptions>((context, options) => changeStaff(context, options, 'changed')))
  staff
    .command('leave')
    .description('let a person go; number and name stay in the journal')
    .requiredOption('--number <number>', 'the staff number')
    .option('--manager <who>', byManager)
    .action(runs<ChangeOptions>((context, options) => changeStaff(context, options, 'left')))
  staff
    .command('return')
    .description('take a person back who had left')
    .requiredOption('--number <number>', 'the staff number')
    .option('--manager <who>', byManager)
    .action(runs<ChangeOptions>((context, options) => changeStaff(context, options, 'returned')))
  staff
    .command('overrides')
    .description('list what managers allowed others, newest first')
    .action(runs((context) => listOverrides(context)))
}
