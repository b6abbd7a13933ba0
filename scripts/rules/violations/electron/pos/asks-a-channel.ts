// breach: pos-asks-the-till
export type { Port } from '../ledger/asks-a-channel.ts'
