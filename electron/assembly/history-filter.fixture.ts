import type { HistoryFilter } from '../api/contract.ts'

/** The filter that leaves everything. */
export const everyEntry: HistoryFilter = {
  kinds: null,
  firstDay: null,
  lastDay: null,
  firstMinute: null,
  lastMinute: null,
  shiftId: null,
  cashier: null,
  channel: null,
  wallet: null,
  tender: null,
  states: null,
  leastAmount: null,
  mostAmount: null,
  lastDigits: null,
  number: null,
}
