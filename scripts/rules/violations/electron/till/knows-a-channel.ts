// breach: till-imports-itself-only
export type { Port } from '../channels/channel.ts'
