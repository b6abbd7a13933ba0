import { resolve } from 'node:path'
import type { HistoryFilter } from '../api/contract.ts'
import { parseRequest } from '../api/schema.ts'
import { settingsAt } from '../assembly/assemble.ts'
import { allRows } from '../assembly/export-calls.ts'
import { prepareHistory } from '../assembly/history-calls.ts'
import { openingProblemSentence } from '../assembly/problem-sentence.ts'
import { exportWords } from '../exports/export-words.ts'
import { transactionsSheet } from '../exports/history-tables.ts'
import { writeExport } from '../exports/write-export.ts'
import type { HistoryPlace } from '../ledger/history-ledger.ts'
import type { LedgerReader } from '../ledger/ledger.ts'
import type { OrderNumber } from '../till/ids.ts'
import { writeOrder } from './lists.ts'
import { type ExitCode, exitCodes, type Output } from './output.ts'
import { type CommandContext, sayLedgerProblem, withReader } from './session.ts'

/** The filters of `till orders` that a manager's screen has too, as they were typed. */
export type HistoryOptions = {
  readonly status?: string
  readonly shift?: string
  readonly from?: string
  readonly to?: string
  readonly cashier?: string
  readonly channel?: string
  readonly wallet?: string
  readonly least?: string
  readonly most?: string
  readonly digits?: string
  readonly number?: string
  readonly csv?: string
  readonly xlsx?: string
}

/** Which option a field of the filter was typed as. */
const optionNames: { readonly [Field in keyof HistoryFilter]?: string } = {
  states: '--status',
  shiftId: '--shift',
  firstDay: '--from',
  lastDay: '--to',
  cashier: '--cashier',
  channel: '--channel',
  wallet: '--wallet',
  leastAmount: '--least',
  mostAmount: '--most',
  lastDigits: '--digits',
  number: '--number',
}

/** `orders` with a manager's filters: a line an order, newest first; or a file, which holds refunds and cash as well. */
export async function listHistory(context: CommandContext, options: HistoryOptions): Promise<ExitCode> {
  const { output } = context
  const isFile = options.csv !== undefined || options.xlsx !== undefined
  const filter = readFilterOptions(options, isFile, output)
  if (filter === null) return exitCodes.usage
  const reading = await settingsAt(context.place)
  if (!reading.ok) {
    const { sentence, exitCode } = openingProblemSentence({ kind: 'settings', problems: reading.problems })
    output.say(sentence)
    return exitCode
  }
  const { shifts, language } = reading.settings
  return withReader(context, async (reader) => {
    const newest = await reader.shifts({ limit: 1 })
    if (!newest.ok) return sayLedgerProblem(output, newest.problem)
    const shift = newest.value.items.find(({ status }) => status !== 'closed') ?? null
    const ledger = { currentShift: async () => ({ ok: true, value: shift }) as const }
    const prepared = await prepareHistory({ reader, ledger, settings: { shifts } }, filter)
    if (!prepared.ok) {
      const { field, problem } = prepared.refusal
      output.say(`${optionNames[field]}: ${problem}`)
      return exitCodes.usage
    }
    const { query } = prepared
    if (!isFile) return writeOrders(output, reader, query)
    const format = options.xlsx === undefined ? 'csv' : 'xlsx'
    const path = resolve(options.xlsx ?? options.csv ?? '')
    const sheet = transactionsSheet(allRows(reader, query, filter), exportWords[language])
    const written = await writeExport(path, format, [sheet])
    if (written.kind === 'written') {
      const { rows } = written
      output.line({ type: 'result', kind: 'exported', path, rows }, `${path}: ${rows} rows`)
      return exitCodes.done
    }
    output.say(`${path} could not be written (${written.problem}). Nothing new stands there.`)
    return exitCodes.internal
  })
}

function readFilterOptions(options: HistoryOptions, isFile: boolean, output: Output): HistoryFilter | null {
  const day = (text: string | undefined): string | null => text?.replaceAll('-', '') ?? null
  const filter = {
    kinds: isFile ? null : ['order'],
    firstDay: day(options.from),
    lastDay: day(options.to),
    firstMinute: null,
    lastMinute: null,
    shiftId: options.shift ?? null,
    cashier: options.cashier === undefined ? null : Number(options.cashier),
    channel: options.channel ?? null,
    wallet: options.wallet ?? null,
    tender: null,
    states: options.status?.split(',') ?? null,
    leastAmount: options.least ?? null,
    mostAmount: options.most ?? null,
    lastDigits: options.digits ?? null,
    number: options.number ?? null,
  }
  const checked = parseRequest('history.totals', { filter })
  if (checked.ok) return checked.request.filter
  const { refusal } = checked
  if (refusal.code !== 'bad-request') throw new Error('the schema has no such call')
  const field = refusal.field.split('.')[1] ?? ''
  const names: Readonly<Record<string, string>> = optionNames
  output.say(`${names[field] ?? field}: expected ${refusal.expected}`)
  return null
}

const ordersAtOnce = 1_000

async function writeOrders(
  output: Output,
  reader: LedgerReader,
  query: Parameters<LedgerReader['historyPage']>[0]['query'],
): Promise<ExitCode> {
  let after: HistoryPlace | null = null
  do {
    const page = await reader.historyPage({ query, after, limit: ordersAtOnce, doubtfulFirst: false })
    if (!page.ok) return sayLedgerProblem(output, page.problem)
    for (const { subjectId } of page.value.entries) {
      const order = await reader.order(subjectId as OrderNumber)
      if (!order.ok) return sayLedgerProblem(output, order.problem)
      if (order.value !== null) writeOrder(output, order.value)
    }
    after = page.value.last
  } while (after !== null)
  return exitCodes.done
}
