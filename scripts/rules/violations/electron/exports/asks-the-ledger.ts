// breach: exports-write-tables
export type { Port } from '../ledger/asks-a-channel.ts'
