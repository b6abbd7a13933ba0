import type { OrderNumber, RefundNumber } from '../ids.ts'

const longestNumber = 32

/** How many refunds an order can have numbers for; refused and failed ones keep theirs. */
export const mostRefundNumbers = 99

/**
 * Makes the number of an order's n-th refund: the order's own number, `R` and the place, such as
 * `S0010120261123K7QX000042R01`. Only an order number above 29 characters loses its first ones (of the store's id); what
 * makes it unique stands at its end.
 *
 * At most 32 letters and digits, within what WeChat (`out_refund_no`, wechat.md §2.1) and Alipay (`out_request_no`,
 * alipay.md §2.5) take. Throws on a place that `refundProblem` has refused already: a bug.
 */
export function makeRefundNumber(orderNumber: OrderNumber, place: number): RefundNumber {
  if (!Number.isSafeInteger(place) || place < 1 || place > mostRefundNumbers)
    throw new RangeError('refund number: place')
  const end = `R${String(place).padStart(2, '0')}`
  return `${orderNumber.slice(-(longestNumber - end.length))}${end}` as RefundNumber
}
