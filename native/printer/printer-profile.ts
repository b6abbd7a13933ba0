import type { DrawerPulse } from '../drawer/pulse.ts'

/**
 * What the transport must know of a model. How a receipt looks on it (columns, encoding, cutter) is the rendering
 * profile's affair.
 */
export type PrinterProfile = {
  /**
   * Whether it answers DLE EOT. `always`: by its maker's word, so that silence holds a job back; `unknown`: silence is
   * taken for a model that answers nothing, and the job is sent unconfirmed; `never`: it is not asked.
   */
  readonly realTimeStatus: 'always' | 'unknown' | 'never'
  /** Whether it is told to report each change by itself (GS a). Reports are understood in either case. */
  readonly automaticStatus: boolean
  /** What shows that a job was worked off: GS r 1, or GS ( H on Epson models; both are answered in order with the data. */
  readonly proof: 'queued-status' | 'process-id' | 'none'
  /** Most accept one TCP client at a time, so that a refusal first means that another one is there (hardware.md §6.1). */
  readonly oneClient: boolean
  /** Null where no cash drawer hangs on it. */
  readonly drawer: DrawerPulse | null
  /** The most that is handed over at once. */
  readonly chunkBytes: number
  readonly connectMs: number
  /** How long one answer is waited for. */
  readonly answerMs: number
  /** How long the proof is waited for after the last byte; on a serial line the wire's own time comes on top. */
  readonly proofMs: number
  /** The most from the open connection to the outcome; on a serial line the wire's own time comes on top. */
  readonly jobMs: number
}

/** A model of which nothing is known: asked, believed when it answers, and not waited for in vain (hardware.md §6.1, §8). */
export const genericProfile: PrinterProfile = {
  realTimeStatus: 'unknown',
  automaticStatus: false,
  proof: 'queued-status',
  oneClient: true,
  drawer: null,
  chunkBytes: 4_096,
  connectMs: 3_000,
  answerMs: 1_000,
  proofMs: 5_000,
  jobMs: 30_000,
}

/** Epson's TM series: DLE EOT is always answered, and a process id is the best proof there is (hardware.md §6.1). */
export const epsonProfile: PrinterProfile = { ...genericProfile, realTimeStatus: 'always', proof: 'process-id' }
