import { placeOfError } from '../assembly/place-of-error.ts'

/**
 * The one handler for what nobody caught: tells it in a sentence that holds nothing of the error's text, which may quote
 * a payment code (I11). The books are durable at every moment, so the process may end right after.
 */
export function onBug(tell: (sentence: string) => void): void {
  const end = (error: unknown): void => {
    tell(`Scantill met a bug and stops (${placeOfError(error)}). What is open goes on at the next start.`)
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}
