// breach: contract-is-types-only contract-reaches-till-only
import { harmless } from '../till/harmless.ts'
import type { Port } from '../channels/channel.ts'
export type Call = Port
export const answer = harmless
