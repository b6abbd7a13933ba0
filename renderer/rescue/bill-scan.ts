/** Digits alone are a bill's transaction id from here on; every payment code of digits is shorter (payment-codes.md §1). */
const transactionDigits = /^\d{28}$/
/** Our order number: store, till, date, ledger mark, sequence, with a letter somewhere, as no payment code of its length has. */
const orderNumber = /^(?=.*[A-Za-z])[0-9A-Za-z]{3,12}20\d{6}[0-9A-Z]{4}\d{6,8}$/

/**
 * Whether a scan is surely a bill and no payment code, so that it is never a customer's secret and never charged. What is
 * in doubt is not: the main side reads that.
 */
export function isBillScan(text: string): boolean {
  const scan = text.trim()
  return transactionDigits.test(scan) || (scan.length <= 32 && orderNumber.test(scan))
}
