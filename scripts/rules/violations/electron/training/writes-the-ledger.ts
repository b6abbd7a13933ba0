// breach: training-plays-the-channel
export type { Port } from '../ledger/asks-a-channel.ts'
