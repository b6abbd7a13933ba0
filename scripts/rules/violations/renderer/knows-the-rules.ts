// breach: renderer-imports-screens-only
export type { Harmless } from '../electron/till/harmless.ts'
