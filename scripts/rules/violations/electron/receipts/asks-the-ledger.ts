// breach: receipts-draw-documents
export type { Port } from '../ledger/asks-a-channel.ts'
