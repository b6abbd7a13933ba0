import { findRescue, type RescueFinding } from '../assembly/rescue.ts'
import { rescueParts } from '../assembly/rescue-calls.ts'
import { systemClock } from '../assembly/system-time.ts'
import { assertNever } from '../till/brand.ts'
import { fen, yuanText } from '../till/money.ts'
import { shanghaiIso } from '../till/time.ts'
import { type ExitCode, exitCodeOf, exitCodes } from './output.ts'
import { type CommandContext, sayLedgerProblem, withTill } from './session.ts'

/** `find`: what became of the payment behind a bill, for the customer who says “my phone says paid”. */
export function find(context: CommandContext, text: string): Promise<ExitCode> {
  const { output } = context
  return withTill(context, async ({ till }) => {
    const finding = await findRescue(rescueParts(till, systemClock), text, 'staff')
    if (finding.kind === 'ledger-trouble') return sayLedgerProblem(output, finding.problem)
    if (finding.kind === 'several') {
      for (const order of finding.orders) {
        const { orderNumber, status, amountFen, wallet } = order
        const at = shanghaiIso(order.createdWallMs)
        output.line(
          { type: 'order', orderNumber, status, amountFen, wallet, at },
          `${at}  ${orderNumber}  ${yuanText(amountFen).padStart(10)}  ${wallet.padEnd(8)}  ${status}`,
        )
      }
    }
    output.line(resultOf(finding), sentenceOf(finding))
    return exitCodeOfFinding(finding)
  })
}

type Answer = Exclude<RescueFinding, { readonly kind: 'ledger-trouble' }>

function resultOf(finding: Answer): Readonly<Record<string, unknown>> {
  const order = 'order' in finding ? finding.order : null
  return {
    type: 'result',
    answer: finding.kind,
    orderNumber: order?.orderNumber ?? ('orderNumber' in finding ? finding.orderNumber : null),
    status: order?.status ?? null,
    revokeEffect: order?.revokeEffect ?? null,
    amountFen: order?.amountFen ?? null,
    transactionId: order?.transactionId ?? null,
    refundedFen: 'refundedFen' in finding ? finding.refundedFen : null,
    heard: 'heard' in finding ? finding.heard : finding.kind === 'now-paid' ? true : null,
  }
}

const unheardNote = ' The channel could not confirm it just now; this is what it had said before.'

function sentenceOf(finding: Answer): string {
  const about = 'order' in finding ? `${finding.order.orderNumber}: ¥${yuanText(finding.order.amountFen)}` : ''
  const note = 'heard' in finding && !finding.heard ? unheardNote : ''
  switch (finding.kind) {
    case 'paid-here': {
      const back = finding.refundedFen > 0 ? `, ¥${yuanText(fen(finding.refundedFen))} of it refunded since` : ''
      return `${about} paid${back}. Do not charge again.${note}`
    }
    case 'now-paid':
      return `${about} paid, as the channel says just now. Do not charge again.`
    case 'returned':
      return `${about} went back to the customer (${finding.by}).${note}`
    case 'never-charged':
      return `${about} was never charged.${note}`
    case 'settled-by-hand':
      return `${about} was settled by a manager; see: till show --order ${finding.order.orderNumber}${note}`
    case 'not-known-yet': {
      const money = finding.money === 'taken' ? 'was charged and is not settled' : 'is not decided yet'
      const next = finding.next === 'person' ? 'till cases' : 'till recover'
      return `${about} ${money} (${finding.order.status}). Do not charge again; go on with: ${next}`
    }
    case 'several':
      return `These orders of today fit${finding.more ? ', and more' : ''}. Ask about one by its number.`
    case 'other-till':
      return `${finding.orderNumber} is an order of another till or shop: look there.`
    case 'unknown-number':
      return finding.of === 'part'
        ? 'No order of today fits. Ask for the merchant order number (商户单号) of the bill.'
        : 'No order here has this number. Ask for the merchant order number (商户单号) of the bill, and look at the other tills.'
    case 'payment-code':
      return 'This is a payment code and not a bill: it was not looked up, not kept, and nothing was charged.'
    case 'not-a-bill-number':
      return '--text: expected an order number, a transaction id, the end of one, an amount or a time such as 14:05'
    case 'scan-gone':
      return 'The scan is gone; scan again.'
    default:
      return assertNever(finding, 'rescue finding')
  }
}

function exitCodeOfFinding(finding: Answer): ExitCode {
  switch (finding.kind) {
    case 'paid-here':
    case 'now-paid':
      return exitCodes.done
    case 'returned':
    case 'never-charged':
      return exitCodes.endedWithoutCharge
    case 'settled-by-hand':
      return exitCodeOf(finding.order)
    case 'payment-code':
    case 'not-a-bill-number':
    case 'scan-gone':
      return exitCodes.usage
    case 'not-known-yet':
    case 'several':
    case 'other-till':
    case 'unknown-number':
      return exitCodes.unresolved
    default:
      return assertNever(finding, 'rescue finding')
  }
}
