import { systemClock } from '../assembly/system-time.ts'
import { readOrderEntry } from '../ledger/fold.ts'
import type { JournalEntry } from '../ledger/ledger.ts'
import { readPrintEntry } from '../ledger/print-fold.ts'
import { readRefundEntry } from '../ledger/refund-fold.ts'
import { repairProjections } from '../ledger/repair.ts'
import type { OrderNumber, ShiftId } from '../till/ids.ts'
import { yuanText } from '../till/money.ts'
import { type Order, type OrderStatus, orderStatuses } from '../till/order/order.ts'
import { shiftOf } from '../till/shift/entry.ts'
import { shanghaiIso } from '../till/time.ts'
import { type ExitCode, exitCodes, type Output } from './output.ts'
import { type CommandContext, sayLedgerProblem, withReader } from './session.ts'

export type OrdersOptions = {
  readonly status: string | null
  readonly shift: string | null
  readonly text: string | null
}

/** Orders of one page: the list is written page by page, so that a ledger of any length is listed whole. */
const pageLimit = 5_000

/** `orders`: a line an order, newest first. */
export function orders(context: CommandContext, options: OrdersOptions): Promise<ExitCode> {
  const { output } = context
  const status = orderStatuses.find((known) => known === options.status)
  if (options.status !== null && status === undefined) {
    output.say(`--status: expected one of ${orderStatuses.join(', ')}`)
    return Promise.resolve(exitCodes.usage)
  }
  return withReader(context, async (reader) => {
    const filter = filterOf(status, options)
    let before: OrderNumber | undefined
    do {
      const page = await reader.orders({ ...filter, ...(before === undefined ? {} : { before }), limit: pageLimit })
      if (!page.ok) return sayLedgerProblem(output, page.problem)
      for (const order of page.value) writeOrder(output, order)
      // A page may be short, of records that cannot be read; only an empty one is the end.
      before = page.value.at(-1)?.orderNumber
    } while (before !== undefined)
    const unreadable = await reader.unreadable()
    if (!unreadable.ok) return sayLedgerProblem(output, unreadable.problem)
    // On stderr: a script that reads orders meets nothing else, and a person sees them below the list.
    for (const { orderNumber, sequence, detail } of unreadable.value) {
      output.say(
        `${orderNumber}: unreadable record kept: sequence ${sequence} (${detail}); see till show --order ${orderNumber}`,
      )
    }
    return exitCodes.done
  })
}

/** A line of `orders`. */
export function writeOrder(output: Output, order: Order): void {
  const { orderNumber, saleId, status, revokeEffect, amountFen, channel, wallet, transactionId, maskedCode } = order
  const { queries, revokes, failureReason, unknownReason, attentionReason } = order
  const at = shanghaiIso(order.createdWallMs)
  output.line(
    {
      type: 'order',
      orderNumber,
      status,
      revokeEffect,
      amountFen,
      channel,
      wallet,
      saleId,
      shiftId: shiftOf(order),
      cashier: order.cashier ?? null,
      transactionId,
      maskedCode,
      reason: failureReason ?? attentionReason ?? unknownReason,
      queries,
      revokes,
      at,
    },
    `${at}  ${orderNumber}  ${yuanText(amountFen).padStart(10)}  ${wallet.padEnd(8)}  ${status}`,
  )
}

function filterOf(status: OrderStatus | undefined, { shift, text }: OrdersOptions) {
  return {
    ...(status === undefined ? {} : { status }),
    ...(shift === null ? {} : { shiftId: shift as ShiftId }),
    ...(text === null ? {} : { text }),
  }
}

/** `show`: one order with its whole journal, the entries of its refunds and print jobs among them. */
export function show(context: CommandContext, orderNumber: string): Promise<ExitCode> {
  const { output } = context
  return withReader(context, async (reader) => {
    const journal = await reader.journalOf(orderNumber as OrderNumber)
    if (!journal.ok) return sayLedgerProblem(output, journal.problem)
    if (journal.value.length === 0) {
      output.say(`There is no order ${orderNumber} in this data folder.`)
      return exitCodes.usage
    }
    const ofRefunds = await reader.refundJournalOf(orderNumber as OrderNumber)
    if (!ofRefunds.ok) return sayLedgerProblem(output, ofRefunds.problem)
    const ofPrints = await reader.printJournalOf(orderNumber as OrderNumber)
    if (!ofPrints.ok) return sayLedgerProblem(output, ofPrints.problem)
    const entries = [...journal.value, ...ofRefunds.value, ...ofPrints.value].toSorted(
      (left, right) => left.sequence - right.sequence,
    )
    for (const entry of entries) {
      const { sequence, wallMs, subject, subjectId, type, payload, previousHash, hash } = entry
      const reading = readerOf(subject)(entry)
      if (!reading.ok) output.say(`unreadable record kept: sequence ${sequence} (${reading.detail})`)
      const at = shanghaiIso(wallMs)
      const data = readPayload(payload)
      const of = subject === 'refund' ? { refundNumber: subjectId } : subject === 'print' ? { printJob: subjectId } : {}
      const words = subject === 'order' ? type : `${subject} ${type}`
      output.line(
        {
          type: 'event',
          sequence,
          at,
          event: type,
          ...of,
          data,
          previousHash,
          hash,
          unreadable: reading.ok ? null : reading.detail,
        },
        `${String(sequence).padStart(6)}  ${at}  ${words.padEnd(17)}  ${payload}`,
      )
    }
    return exitCodes.done
  })
}

const readerOf = (subject: JournalEntry['subject']) =>
  subject === 'refund' ? readRefundEntry : subject === 'print' ? readPrintEntry : readOrderEntry

/** A payload that does not parse is shown as it stands: nothing that is in the journal is ever hidden. */
function readPayload(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return payload
  }
}

/**
 * `verify`: the hash chain and every projection, against the journal. With `rebuild` the projections are made anew from
 * the journal first; nobody but a person who asked for it ever changes them.
 */
export async function verify(context: CommandContext, rebuild: boolean): Promise<ExitCode> {
  const { output, place } = context
  if (rebuild) {
    const repaired = repairProjections(place.dataDirectory, systemClock.now().wallMs)
    if (!repaired.ok) return sayLedgerProblem(output, repaired.problem)
  }
  return withReader(context, async (reader) => {
    const { isWatched, complain } = context.terminal
    const checked = await reader.verify((done, total) => {
      if (isWatched) complain(`\r${done} of ${total} events`)
    })
    if (isWatched) complain('\n')
    if (!checked.ok) return sayLedgerProblem(output, checked.problem)
    const { events, broken } = checked.value
    const words = broken.length === 0 ? `${events} events, chain and projections whole` : `${broken.length} broken`
    for (const breach of broken) output.say(`${breach.kind}: ${breach.detail}`)
    output.line({ type: 'result', events, broken }, words)
    return broken.length === 0 ? exitCodes.done : exitCodes.internal
  })
}
