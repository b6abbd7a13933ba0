/** The order's running number stands at the end of every order number. */
const tailLength = 6

/** The end of an order number, long enough to tell today's orders apart and to be looked for in the list. */
export const orderTail = (orderNumber: string): string => orderNumber.slice(-tailLength)
