import { placeOfError } from '../assembly/place-of-error.ts'
import type { Report, TillService } from './service.ts'

/** Longer than any channel lets a request take; what is open then is resumed at the next start (I5). */
export const closeLimitMs = 30_000

/**
 * Closes the till and answers the process's exit code: 0 when its books are closed, 4 when closing failed or did not
 * come to an end. Never rejects.
 */
export async function closeWithinLimit(
  service: Pick<TillService, 'close'>,
  report: Report,
  limitMs: number = closeLimitMs,
): Promise<0 | 4> {
  const limit = Promise.withResolvers<4>()
  const timer = setTimeout(() => {
    report('The till did not close in time; what is open goes on at the next start.')
    limit.resolve(4)
  }, limitMs)
  try {
    return await Promise.race([service.close().then(() => 0 as const), limit.promise])
  } catch (error) {
    report(`The till did not close cleanly (${placeOfError(error)}); what is open goes on at the next start.`)
    return 4
  } finally {
    clearTimeout(timer)
  }
}
