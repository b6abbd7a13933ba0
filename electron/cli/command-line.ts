import { resolve } from 'node:path'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { version } from '../assembly/version.ts'
import { defaultDataDirectory, surroundings } from '../hosts/options.ts'
import { handDecisions } from '../till/order/event.ts'
import { isOrderNumber } from '../till/order-number.ts'
import { maskCode } from '../till/payment-code.ts'
import { backup, backups, restore } from './backups.ts'
import { type CheckReceiptOptions, checkReceipt } from './check-receipt.ts'
import { cases, type SettleOptions, type SlipColumns, type SlipOptions, setPin, settle, slip } from './desk.ts'
import { doctor } from './doctor.ts'
import { type EvidenceOptions, evidence, verifyEvidenceFile } from './evidence.ts'
import { find } from './find.ts'
import { type HistoryOptions, listHistory } from './history.ts'
import { orders, show, verify } from './lists.ts'
import { query, recover, revoke } from './order-acts.ts'
import { type ExitCode, exitCodes, outputTo } from './output.ts'
import { pay } from './pay.ts'
import { print } from './print.ts'
import { printers } from './printers.ts'
import { type ReconcileOptions, reconcile } from './reconcile.ts'
import { type RefundOptions, refund } from './refund.ts'
import { printReplayFile } from './replay-file.ts'
import { scanners } from './scanners.ts'
import { deleteSecret, listSecrets, rotateSecrets, setSecret } from './secrets.ts'
import type { CommandContext, Runs } from './session.ts'
import { addShiftCommands } from './shift-commands.ts'
import { addStaffCommands } from './staff-commands.ts'
import { support } from './support.ts'
import type { Terminal } from './terminal.ts'
import { listPracticeCodes, showBooks, train } from './train.ts'

type GlobalOptions = { readonly data?: string; readonly config?: string; readonly json?: boolean }

/** The command line of design §8: runs one command to its end and answers the exit code of the process. */
export async function runCommandLine(parameters: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done
  const program = new Command('till')
    .description('Scantill without a window: payments, recovery, lists, training')
    .version(version)
    .option('--data <directory>', 'the till’s data folder')
    .option('--config <file>', 'the configuration, if it is not config.json in the data folder')
    .option('--json', 'one JSON object a line on stdout')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.write(text),
      writeErr: (text) => terminal.complain(text),
      outputError: (text, write) => write(maskDigits(text)),
    })
    .configureHelp({ showGlobalOptions: true })

  const runs: Runs = (command) => async (options) => {
    exitCode = await command(contextOf(program.opts<GlobalOptions>(), terminal), options)
  }

  program
    .command('pay')
    .description('take a payment; the code is read from standard input, one line')
    .requiredOption('--amount <yuan>', 'such as 12.34')
    .option('--sale <id>', 'the sale that goes on')
    .action(
      runs<{ amount: string; sale?: string }>((context, { amount, sale }) =>
        pay(context, { amount, sale: sale ?? null }),
      ),
    )
  program
    .command('recover')
    .description('resume every order and every refund that is not at its end')
    .option('--for <seconds>', 'how long to go on', readSeconds, 60)
    .action(runs<{ for: number }>((context, options) => recover(context, options.for * 1_000)))
  program
    .command('query')
    .description('ask the channel about one order once more')
    .requiredOption('--order <number>', 'the order number', readOrderNumber)
    .action(runs<{ order: string }>((context, { order }) => query(context, order)))
  program
    .command('revoke')
    .description('revoke one order that is in doubt')
    .requiredOption('--order <number>', 'the order number', readOrderNumber)
    .action(runs<{ order: string }>((context, { order }) => revoke(context, order)))
  program
    .command('refund')
    .description('give money of a paid order back, all of it or a part')
    .requiredOption('--order <number>', 'the order number', readOrderNumber)
    .requiredOption('--amount <yuan>', 'such as 1.00')
    .requiredOption('--reason <text>', 'what the customer reads')
    .option('--manager <who>', 'who allows it, where staff is set up; the PIN is read from standard input')
    .action(runs<RefundOptions>((context, options) => refund(context, options)))
  program
    .command('print')
    .description('print the receipt of an order, or of one of its refunds; a further copy says that it is one')
    .requiredOption('--order <number>', 'the order number', readOrderNumber)
    .option('--refund <number>', 'the refund number', readOrderNumber)
    .action(
      runs<{ order: string; refund?: string }>((context, { order, refund: refundNumber }) =>
        print(context, { order, refund: refundNumber ?? null }),
      ),
    )
  program
    .command('cases')
    .description('list the orders that a person must look at, the earliest deadline first')
    .action(runs((context) => cases(context)))
  program
    .command('settle')
    .description('end a case by a manager’s decision; the PIN is read from standard input, one line')
    .requiredOption('--order <number>', 'the order number', readOrderNumber)
    .requiredOption('--decision <decision>', handDecisions.join(', '))
    .requiredOption('--reason <text>', 'why; it stands in the journal')
    .requiredOption('--manager <who>', 'who decides: a name, or with staff set up a manager’s number or name')
    .action(
      runs<Omit<SettleOptions, 'managerName'> & { manager: string }>((context, { manager, ...options }) =>
        settle(context, { ...options, managerName: manager }),
      ),
    )
  program
    .command('slip')
    .description('write the customer’s slip about a doubtful order')
    .requiredOption('--order <number>', 'the order number', readOrderNumber)
    .option('--columns <cells>', 'width of the paper: 32 or 48', readColumns, 48)
    .action(runs<SlipOptions>((context, options) => slip(context, options)))
  program
    .command('manager-pin')
    .description(
      'set the manager’s PIN, read from standard input: the present one if there is one, then twice the new one',
    )
    .action(runs((context) => setPin(context)))
  const secrets = program
    .command('secrets')
    .description('the sealed store of keys and certificates, under the passphrase of the environment')
  secrets
    .command('list')
    .description('list the names, and which channels use them; never a value')
    .action(runs((context) => listSecrets(context)))
  secrets
    .command('set')
    .argument('<name>', 'as the configuration names it: {"secret": "NAME"}')
    .description('put a secret in, read from standard input')
    .action((name: string) => runs((context) => setSecret(context, name))({}))
  secrets
    .command('delete')
    .argument('<name>', 'as the configuration names it')
    .description('take a secret out')
    .action((name: string) => runs((context) => deleteSecret(context, name))({}))
  secrets
    .command('rotate')
    .description('seal everything under another passphrase. Standard input: twice the new one')
    .action(runs((context) => rotateSecrets(context)))
  program
    .command('orders')
    .description('list the orders, newest first; or write them, refunds and cash into a file that spreadsheets open')
    .option('--status <status>', 'only those')
    .option('--shift <id>', 'only those of this shift')
    .option('--text <text>', 'part of an order number, a transaction id or an amount')
    .option('--from <day>', 'the first business day, such as 2026-11-01')
    .option('--to <day>', 'the last business day')
    .option('--cashier <number>', 'only those of this person; 0 for nobody')
    .option('--channel <id>', 'only those of this channel')
    .option('--wallet <wallet>', 'only those of this wallet')
    .option('--least <yuan>', 'this amount or more')
    .option('--most <yuan>', 'this amount or less')
    .option('--digits <digits>', 'the last four digits of the payment code')
    .option('--number <number>', 'an order or transaction number, or its beginning')
    .option('--csv <file>', 'write a CSV file')
    .option('--xlsx <file>', 'write a workbook')
    .action(
      runs<HistoryOptions & { text?: string }>((context, { text, ...options }) => {
        const { status, shift, ...more } = options
        const isFiltered = Object.keys(more).length > 0
        if (isFiltered && text !== undefined) {
          context.output.say('--text goes with --status and --shift alone; use --number beside the others.')
          return exitCodes.usage
        }
        if (isFiltered) return listHistory(context, options)
        return orders(context, { status: status ?? null, shift: shift ?? null, text: text ?? null })
      }),
    )
  addShiftCommands(program, runs)
  addStaffCommands(program, runs)
  program
    .command('find')
    .description('what became of the payment behind a bill; asks the channel (“my phone says paid”)')
    .requiredOption('--text <text>', 'an order number, a transaction id, the end of one, an amount, or a time of today')
    .action(runs<{ text: string }>((context, { text }) => find(context, text)))
  program
    .command('show')
    .description('one order with its whole journal')
    .requiredOption('--order <number>', 'the order number', readOrderNumber)
    .action(runs<{ order: string }>((context, { order }) => show(context, order)))
  program
    .command('replay')
    .description('print one order’s journal as a file that the simulation can play again; without codes or secrets')
    .requiredOption('--order <number>', 'the order number', readOrderNumber)
    .action(runs<{ order: string }>((context, { order }) => printReplayFile(context, order)))
  program
    .command('evidence')
    .description('write the proof that an order can no longer charge anyone, or that it still may: a page and a file')
    .requiredOption('--order <number>', 'the order number', readOrderNumber)
    .option('--out <folder>', 'where, if not in the folder "evidence" of the data folder')
    .action(runs<EvidenceOptions>((context, options) => evidence(context, options)))
  program
    .command('verify-evidence')
    .description('check a file that "till evidence" wrote, on any machine; with --data, against the ledger there too')
    .requiredOption('--file <file>', 'the file that ends in .json')
    .action(
      runs<{ file: string }>((context, { file }) =>
        verifyEvidenceFile(context, { file, withLedger: program.opts<GlobalOptions>().data !== undefined }),
      ),
    )
  program
    .command('check-receipt')
    .description('tell whether the text of a receipt’s QR code is this shop’s; the text is read from standard input')
    .option('--key <file>', 'the shop’s public key, if not that of the data folder')
    .action(runs<CheckReceiptOptions>((context, options) => checkReceipt(context, options)))
  program
    .command('reconcile')
    .description('match a channel’s bill of one day with the ledger, both ways, and name the cause of each difference')
    .option('--channel <id>', 'the channel’s id in the configuration')
    .option('--date <date>', 'the day, such as 2026-11-26')
    .option('--bill <file>', 'a bill that was downloaded by hand; without it the channel is asked')
    .option('--settle', 'ask the channel about every open case that the bill shows as paid')
    .option('--export <file>', 'write this till’s orders around the day, for another till of the same merchant number')
    .option('--import <file>', 'another till’s export: its lines are settled when the day is matched')
    .action(runs<ReconcileOptions>((context, options) => reconcile(context, options)))
  program
    .command('verify')
    .description('check the hash chain and every projection against the journal')
    .option('--rebuild', 'make the projections anew from the journal, which stays as it is, before checking')
    .action(runs<{ rebuild?: boolean }>((context, { rebuild }) => verify(context, rebuild === true)))
  program
    .command('backup')
    .description('make a backup of the ledger now, beside a till or without one')
    .action(runs((context) => backup(context)))
  program
    .command('backups')
    .description('list the backups, newest first, each with its verdict')
    .option('--verify', 'walk each of them event by event, instead of comparing it with what was verified')
    .action(runs<{ verify?: boolean }>((context, { verify: walk }) => backups(context, walk === true)))
  program
    .command('restore')
    .description('put a backup in the place of a damaged ledger, which is kept, and bring over what came after it')
    .requiredOption('--backup <name>', 'a name of "till backups"; "none" takes the damaged file alone')
    .action(runs<{ backup: string }>((context, { backup: name }) => restore(context, name)))
  program
    .command('train')
    .description('run the training channels; or list practice codes, or show the books')
    .option('--list', 'print fresh practice codes')
    .option('--books', 'print what the training channels hold')
    .action(
      runs<{ list?: boolean; books?: boolean }>((context, { list, books }) => {
        if (list) return listPracticeCodes(context.output)
        return books ? showBooks(context) : train(context)
      }),
    )
  program
    .command('scanners')
    .description('what scan guns are plugged in, which are read, and why one is not')
    .action(runs((context) => scanners(context)))
  program
    .command('printers')
    .description('how each configured printer is, what else is plugged in, and how to take it into use; prints nothing')
    .action(runs((context) => printers(context)))
  program
    .command('doctor')
    .description('check versions, disk, settings, ledger, channels, printers, clock')
    .action(runs((context) => doctor(context)))
  program
    .command('support')
    .description('write one archive for whoever helps: doctor, log, configuration, open orders; no secrets, no codes')
    .requiredOption('--out <file>', 'where, such as support.zip; a file that is there is not replaced')
    .action(runs<{ out: string }>((context, { out }) => support(context, out)))

  try {
    await program.parseAsync([...parameters], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
  }
  return exitCode
}

function contextOf({ data, config, json }: GlobalOptions, terminal: Terminal): CommandContext {
  const { environment, interrupted } = terminal
  const dataDirectory = resolve(data ?? (environment['SCANTILL_DATA'] || defaultDataDirectory(surroundings())))
  return {
    place: {
      dataDirectory,
      configFile: config === undefined ? null : resolve(config),
      environment,
      // A command makes a few commits and leaves: making room for a day's would be most of its time.
      reservedBytes: 0,
    },
    terminal,
    output: outputTo(terminal, json === true),
    interrupted,
  }
}

/** Strikes out what could be a payment code that somebody typed as an argument (I11). */
function maskDigits(text: string): string {
  return text.replace(/\d{12,}/g, (digits) => maskCode(digits))
}

function readSeconds(text: string): number {
  const seconds = Number(text)
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('expected whole seconds')
  return seconds
}

function readColumns(text: string): SlipColumns {
  if (text === '32' || text === '48') return text === '32' ? 32 : 48
  throw new InvalidArgumentError('expected 32 or 48')
}

function readOrderNumber(text: string): string {
  if (!isOrderNumber(text)) throw new InvalidArgumentError('expected 6 to 32 letters and digits')
  return text
}
