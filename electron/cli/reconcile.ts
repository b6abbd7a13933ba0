import { resolve } from 'node:path'
import type { DifferenceView } from '../api/reconcile-views.ts'
import type { AssembledTill } from '../assembly/assemble.ts'
import { billDay } from '../reconcile/bill-day.ts'
import { smallText } from '../reconcile/dropped-files.ts'
import { exportTill, importTill } from '../reconcile/other-tills.ts'
import type { BillFileProblem } from '../reconcile/read-bill.ts'
import type { ReconcileOutcome } from '../reconcile/reconcile.ts'
import type { ReconcileRun } from '../reconcile/run.ts'
import { writeWholeFile } from '../reconcile/whole-file.ts'
import type { ChannelId, OrderNumber } from '../till/ids.ts'
import { type ExitCode, exitCodes, type Output, writeState } from './output.ts'
import { type CommandContext, sayLedgerProblem, withTill } from './session.ts'

export type ReconcileOptions = {
  readonly channel?: string
  /** `yyyy-MM-dd` or `yyyyMMdd`. */
  readonly date?: string
  readonly bill?: string
  readonly settle?: boolean
  /** Where this till's orders around the day go, for another till. */
  readonly export?: string
  /** Another till's export. */
  readonly import?: string
}

/**
 * `reconcile`: has a channel's bill of one day, by download or as a file, and matches it with the ledger. Ends 0 where every
 * difference is explained and needs nobody, 3 where somebody must look or there is no bill yet, 2 where the file or the
 * options are wrong.
 */
export async function reconcile(context: CommandContext, options: ReconcileOptions): Promise<ExitCode> {
  const { output } = context
  const date = (options.date ?? '').replaceAll('-', '')
  if (options.import !== undefined) return importFile(context, resolve(options.import))
  if (options.export !== undefined) return exportFile(context, resolve(options.export), date)
  if (options.channel === undefined || options.date === undefined) {
    output.say('Name the channel and the day: --channel wechat --date 2026-11-26.')
    return exitCodes.usage
  }
  return withTill(context, async ({ till }) => {
    const configured = till.channels.find(options.channel as ChannelId)
    if (configured === undefined) {
      output.say(`--channel: there is no channel "${options.channel}" in the configuration.`)
      return exitCodes.usage
    }
    const file = options.bill === undefined ? null : resolve(options.bill)
    const wanted = { channel: configured.channel, date, file }
    const outcome = await till.reconcile(wanted)
    if (outcome.kind !== 'reconciled' || options.settle !== true) return tell(output, outcome)
    const asked = await settleCases(output, till, outcome.run)
    return tell(output, asked === 0 ? outcome : await till.reconcile({ ...wanted, file: file ?? null }))
  })
}

/** Keeps another till's export; the days around it know its lines from the next matching on. */
function importFile(context: CommandContext, path: string): Promise<ExitCode> {
  const { output } = context
  return withTill(context, async ({ till }) => {
    let text: string | null
    try {
      text = await smallText(path)
    } catch {
      output.say('--import: the file cannot be read.')
      return exitCodes.usage
    }
    const { store, till: own } = till.settings
    const imported =
      text === null ? null : await importTill(till.dataDirectory, { storeId: store.id, tillId: own.id }, text)
    switch (imported?.kind) {
      case 'till-imported': {
        const { till: name, date, orders } = imported
        const sentence = `${orders} orders and refunds of till ${name} around ${date} are known now. Reconcile the day again.`
        output.line({ type: 'result', till: name, date, orders }, sentence)
        return exitCodes.done
      }
      case 'own-till':
        output.say('--import: it is this till’s own export; its orders are known.')
        return exitCodes.usage
      default:
        output.say('--import: the file is no whole export of another till. Export it there again.')
        return exitCodes.usage
    }
  })
}

/** Writes this till's orders around a day for another till: numbers, amounts, ends and times, no codes and no secrets. */
function exportFile(context: CommandContext, path: string, date: string): Promise<ExitCode> {
  const { output } = context
  const day = billDay(date, { dayBeginsAtHour: 0 })
  if (day === null) {
    output.say('--date: expected a day such as 2026-11-26.')
    return Promise.resolve(exitCodes.usage)
  }
  return withTill(context, async ({ till }) => {
    const { store, till: own } = till.settings
    const exported = await exportTill(till.reader, { storeId: store.id, tillId: own.id }, day, Date.now())
    if (!('entries' in exported)) return sayLedgerProblem(output, exported)
    try {
      await writeWholeFile(path, JSON.stringify(exported))
    } catch {
      output.say('--export: the file could not be written.')
      return exitCodes.usage
    }
    const orders = exported.entries.length
    output.line({ type: 'result', date, orders, path }, `${orders} orders and refunds around ${date}: ${path}`)
    return exitCodes.done
  })
}

/** Asks the channel about every order that the bill shows as paid and the ledger does not: a verified answer settles it. */
async function settleCases(output: Output, till: AssembledTill, { differences }: ReconcileRun): Promise<number> {
  let asked = 0
  for (const { cause, orderNumber } of differences) {
    if (cause !== 'paid-there-unknown-here' && cause !== 'late-success-after-revoke') continue
    const act = await till.runner.act(orderNumber as OrderNumber, 'query', 'staff')
    if (act.kind === 'no-such-order' || act.kind === 'ledger-trouble') continue
    asked++
    const order = (await till.runner.settled(orderNumber as OrderNumber)) ?? act.order
    writeState(output, order)
  }
  return asked
}

function tell(output: Output, outcome: ReconcileOutcome): ExitCode {
  switch (outcome.kind) {
    case 'reconciled':
      return tellRun(output, outcome.run, outcome.isNew)
    case 'no-such-date':
      output.say('--date: expected a day such as 2026-11-26.')
      return exitCodes.usage
    case 'no-bill':
      output.say('This channel has no bill for merchants. Nothing was matched.')
      return exitCodes.usage
    case 'file-only':
      output.say('This channel’s bill cannot be asked for. Download it from the channel and name it with --bill FILE.')
      return exitCodes.usage
    case 'not-ready':
      output.say(
        `The channel has not made the bill of this day yet; it is there from ${outcome.readyAtHour}:00 of the next day. Nothing was matched; try again later.`,
      )
      return exitCodes.unresolved
    case 'refused':
      output.say(
        `The channel refuses the bill (${outcome.message}). Nothing was matched; check the date and the settings.`,
      )
      return exitCodes.unresolved
    case 'not-heard':
      output.say(`The bill could not be had (${outcome.reason}). Nothing was matched; try again later.`)
      return exitCodes.unresolved
    case 'bad-file':
      output.say(`${fileProblemSentences[outcome.problem]} Nothing was matched, and no order was changed.`)
      return exitCodes.usage
    case 'ledger-trouble':
      return sayLedgerProblem(output, outcome.problem)
    case 'stopped':
      output.say('It was stopped. Nothing was matched.')
      return exitCodes.unresolved
    case 'not-kept':
      output.say(`The bill could not be kept in the data folder (${outcome.detail}). No order was changed.`)
      return exitCodes.internal
  }
}

const fileProblemSentences = {
  empty: 'The file is empty.',
  'web-page': 'The file is a web page, not a bill: the download was an error page or a login page.',
  'error-answer': 'The file holds the channel’s refusal instead of a bill.',
  'spreadsheet-copy':
    'The file was opened and saved by a spreadsheet, which changes long numbers and dates. Download it again and do not open it first.',
  'other-bill':
    'The file is another kind of bill (fund flow, summary, or payments without refunds). Download the detailed bill of all trades.',
  'wrong-encoding': 'The file’s characters are broken: it was converted on the way. Download it again.',
  'not-a-bill': 'The file is no bill of this channel.',
  'wrong-day': 'The file is the bill of another day.',
  'wrong-merchant': 'The file is the bill of another merchant.',
  'file-unreadable': 'The file cannot be read.',
  'archive-damaged': 'The archive is damaged or was cut off. Download it again.',
  'too-large': 'The file unpacks to more than any bill has.',
  'wrong-hash': 'The file is not the one that the channel announced: its hash differs.',
} as const satisfies Readonly<Record<BillFileProblem, string>>

function tellRun(output: Output, run: ReconcileRun, isNew: boolean): ExitCode {
  const { channel, date, matched, lines, differences, otherTills, billNetFen, bookNetFen, light } = run
  output.line(
    {
      type: 'result',
      channel,
      date,
      run: run.run,
      isNew,
      light,
      lines,
      matched,
      billNetFen,
      bookNetFen,
      differences: differences.map(wireDifference),
      otherTills,
      file: run.file,
    },
    [
      `${channel} ${date}, run ${run.run}${isNew ? '' : ' (as before)'}: ${lines} lines, ${matched} matched, ${differences.length} differences`,
      ...differences.map(differenceWords),
    ].join('\n'),
  )
  return light === 'look' ? exitCodes.unresolved : exitCodes.done
}

function wireDifference(difference: DifferenceView): Readonly<Record<string, unknown>> {
  const { cause, subject, orderNumber, refundNumber, differenceFen, lineNumber, detail, acts, ours, theirs } =
    difference
  return { cause, subject, orderNumber, refundNumber, differenceFen, lineNumber, detail, acts, ours, theirs }
}

function differenceWords({
  cause,
  orderNumber,
  refundNumber,
  differenceFen,
  lineNumber,
  detail,
}: DifferenceView): string {
  const line = lineNumber === null ? '' : ` (line ${lineNumber})`
  const number = refundNumber ?? orderNumber
  const what = [number, detail].filter((text) => text !== null && text !== '').join(' ')
  return `${cause}: ${what}${line}${differenceFen === 0 ? '' : ` ${(differenceFen / 100).toFixed(2)}`}`
}
