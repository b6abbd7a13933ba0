/** Who made an order number, as far as the number itself tells (order-number.ts). */
export type NumberOwner =
  | { readonly kind: 'this-till' }
  /** `till` is what stands before the date: the store's id and the till's. */
  | { readonly kind: 'another-till'; readonly till: string }
  | { readonly kind: 'stranger' }

/** Store and till, date, ledger mark, sequence; a refund's number has `R` and its place behind that. */
const tillNumber = /^([0-9A-Za-z]{3,12})20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[0-9A-Z]{4}\d{6,8}(?:R\d{2})?$/

/** Tells this till's numbers from those of other tills of this program, and both from anything else. */
export function ownerOfNumber(number: string, own: { readonly storeId: string; readonly tillId: string }): NumberOwner {
  const till = tillNumber.exec(number)?.[1]
  if (till === undefined) return { kind: 'stranger' }
  return till === `${own.storeId}${own.tillId}` ? { kind: 'this-till' } : { kind: 'another-till', till }
}
