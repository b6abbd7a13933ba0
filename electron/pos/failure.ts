import type { Language } from '../api/language.ts'
import type { FailureCode } from './failure-codes.ts'
import { failureWords } from './failure-words.ts'

export type PosFailure = {
  readonly code: FailureCode
  /** The field that was wrong. */
  readonly field?: string
  /** More about why, by a name of the till's tables. */
  readonly reason?: string
  /** The order that stands in the way. */
  readonly orderNumber?: string
  /** For how long to wait before it may be asked again. */
  readonly waitMs?: number
}

/** A failure as it goes to the POS; its words say what happened to the money and what to do. */
export function failureBody({ code, waitMs, ...rest }: PosFailure, language: Language) {
  const message = failureWords[language][code]
  return { code, message, ...rest, ...(waitMs === undefined ? {} : { waitMs }) }
}

/** What a call came to. */
export type PosResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: PosFailure }

/** A call that failed. */
export const failed = (
  code: FailureCode,
  rest: Omit<PosFailure, 'code'> = {},
): { readonly ok: false; readonly failure: PosFailure } => ({ ok: false, failure: { code, ...rest } })
