/** A clock that is off by more than this is said; the wallets refuse answers much later (design §5). */
const clockToleranceMs = 30_000

/** Whether the machine's clock is off by so much that a person should see to it. */
export const isClockOff = (offsetMs: number): boolean => Math.abs(offsetMs) > clockToleranceMs
