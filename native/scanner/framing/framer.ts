/** What one scan came to be: bytes as the gun sent them, without terminator, prefix, suffix and symbology. */
export type FramedScan = {
  readonly bytes: Uint8Array
  /** The AIM identifier behind its `]`, such as `Q1` for a QR code; null where the gun sent none. */
  readonly symbology: string | null
  readonly end: ScanEnd
  /** From the first piece to the last; 0 where all came at once. */
  readonly tookMs: number
}

/** What told that a scan was complete. `suffix` is the configured one, `report` a HID POS report without continuation. */
export const scanEnds = ['cr', 'lf', 'crlf', 'tab', 'suffix', 'silence', 'report'] as const

export type ScanEnd = (typeof scanEnds)[number]

/** Why bytes did not become a scan. Each is told to the cashier's side as a reason, never with the bytes (I11). */
export type DropReason =
  /** The rest did not come, or the head is missing. */
  | 'torn'
  /** Complete by its looks, but no terminator came: the gun or its setting must be changed. */
  | 'no-terminator'
  | 'too-long'
  /** A report whose length field contradicts its size: another layout, or noise. */
  | 'wrong-length'
  /** Characters that no code holds, as a wrong line speed makes them. */
  | 'noise'
  /** A line right behind another one: the rest of a code with a line end inside. */
  | 'line-inside-a-code'
  /** The gun's answer to a command, no scan. */
  | 'setting-answer'

export type Framing =
  | { readonly kind: 'scan'; readonly scan: FramedScan }
  | { readonly kind: 'dropped'; readonly reason: DropReason; readonly byteCount: number }

/**
 * Turns what a device sends into scans. No clock of its own: every call says when it happens, in milliseconds of any
 * monotonic clock.
 */
export type Framer = {
  readonly take: (bytes: Uint8Array, atMs: number) => readonly Framing[]
  /** When `elapse` wants to be called if nothing is taken before; null when nothing is held. */
  readonly deadlineMs: () => number | null
  readonly elapse: (atMs: number) => readonly Framing[]
  /** The device is gone: whatever is held is dropped. */
  readonly unplug: () => readonly Framing[]
}

/** A drop as a framer tells it. */
export const dropped = (reason: DropReason, byteCount: number): Framing => ({ kind: 'dropped', reason, byteCount })
