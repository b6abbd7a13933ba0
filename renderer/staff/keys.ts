/** Locks the till at the counter, for a break or for the next cashier. */
export const lockKeyName = 'F5'
