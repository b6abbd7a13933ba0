import { assertNever } from '../till/brand.ts'
import type { AmountProblem, Fen } from '../till/money.ts'
import { yuanText } from '../till/money.ts'
import type { ScanProblem } from '../till/payment-code.ts'

/** What was scanned instead of a payment code, for support staff; nothing has left the machine. */
export function scanProblemWords(problem: ScanProblem): string {
  const safe = 'Nothing was charged.'
  switch (problem.kind) {
    case 'empty':
      return `No code was read. ${safe} Give the code on standard input, one line.`
    case 'collection-code':
      return `That is a collection code (收款码), not a payment code. ${safe} The customer must open 付款码.`
    case 'link':
      return `That is a link, not a payment code. ${safe}`
    case 'goods-barcode':
      return `That is a goods barcode of ${problem.text.length} digits, not a payment code. ${safe}`
    case 'bill-number':
      return `That is a number out of a bill (${problem.text}), not a payment code. ${safe}`
    case 'letters':
      return `That has letters or signs in ${problem.length} characters; a payment code is digits only. ${safe}`
    case 'wrong-length':
      return `${problem.masked} has ${problem.length} digits; no wallet's payment code is that long. ${safe}`
    case 'unknown-wallet':
      return `${problem.masked} belongs to no wallet that this till knows. ${safe}`
    default:
      return assertNever(problem, 'scan problem')
  }
}

/** Why an amount cannot be collected. */
export function amountProblemWords(problem: AmountProblem, limitFen: Fen): string {
  switch (problem) {
    case 'empty':
      return 'The amount is missing: --amount 12.34'
    case 'not-a-number':
      return 'The amount is not a number: yuan with at most two decimals are expected, such as 12.34.'
    case 'negative':
      return 'The amount is negative.'
    case 'zero':
      return 'The amount is zero.'
    case 'too-many-decimals':
      return 'The amount has more than two decimals; there is nothing smaller than a fen.'
    case 'too-large':
      return `The amount is above the limit of ¥${yuanText(limitFen)}.`
    default:
      return assertNever(problem, 'amount problem')
  }
}
