// breach: ledger-keeps-and-knows-nothing
export type { Port } from '../channels/channel.ts'
