import type { FindingName } from './findings.ts'

/** One invariant of design §4 that did not hold. */
export type Breach = {
  readonly rule: 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I11' | 'I12' | 'program'
  readonly atMs: number
  readonly orderNumber: string
  /** What happened, in one sentence. */
  readonly sentence: string
  /** The known weakness of the program that it comes from, or null for something new. */
  readonly finding: FindingName | null
}
