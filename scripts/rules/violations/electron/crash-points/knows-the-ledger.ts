// breach: crash-points-name-and-kill
export type { LedgerEntry } from '../ledger/asks-a-channel.ts'
