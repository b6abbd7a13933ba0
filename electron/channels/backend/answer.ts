import type { Evidence, UnknownReason } from '../../till/outcome.ts'
import type { HttpResponse } from '../channel.ts'
import { evidenceOf } from '../evidence.ts'
import { utf8Text } from '../text.ts'
import {
  type BackendCall,
  type BackendCode,
  backendCodes,
  backendVersion,
  listedIn,
  unsignedBackendCodes,
} from './codes.ts'
import { type JsonFields, readJsonObject } from './json.ts'
import type { BackendSettings } from './settings.ts'
import { backendAnswerText, backendHeaders, backendPath, backendSignatureMatches } from './sign.ts'

/** An answer after its signature was checked. */
export type BackendAnswer =
  | { readonly kind: 'useless'; readonly reason: UnknownReason; readonly evidence: Evidence }
  /** A signed answer with a listed code and that code's HTTP status. */
  | {
      readonly kind: 'readable'
      readonly code: BackendCode
      readonly fields: JsonFields
      readonly evidence: Evidence
    }
  /** Refused at the door, by nobody who can be verified. */
  | { readonly kind: 'turned-away'; readonly evidence: Evidence }

const codeNames = Object.keys(backendCodes) as readonly BackendCode[] // the keys of the literal
const statuses: readonly number[] = Object.values(backendCodes)

const hasMark = (body: Uint8Array): boolean => body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf

/** Reads and verifies an answer to a call (docs/backend-api.yaml, "Signing"). Never throws. */
export function readBackendAnswer(
  { keyId, key }: Pick<BackendSettings, 'keyId' | 'key'>,
  call: BackendCall,
  { status, headers, body }: HttpResponse,
): BackendAnswer {
  const useless = (reason: UnknownReason, evidence: Evidence = evidenceOf({ httpStatus: status })): BackendAnswer => ({
    kind: 'useless',
    reason,
    evidence,
  })
  if (!statuses.includes(status)) return useless('http-status')
  const text = hasMark(body) ? undefined : utf8Text(body)
  const fields = text === undefined ? undefined : readJsonObject(text)
  if (fields === undefined) return useless(status === 200 ? 'unreadable-answer' : 'http-status')
  const evidence = evidenceOf({
    httpStatus: status,
    code: fields.text('code'),
    message: fields.text('message'),
    tradeState: fields.text('state'),
  })
  const code = listedIn(codeNames, fields.text('code'))
  const header = (name: keyof typeof backendHeaders): string => headers[backendHeaders[name]] ?? ''
  if (header('signature') === '') {
    const isRefusal = status === 401 && listedIn(unsignedBackendCodes, code) !== undefined
    return isRefusal ? { kind: 'turned-away', evidence } : useless('unverifiable-answer', evidence)
  }
  const signingText = backendAnswerText({
    keyId: header('keyId'),
    timestamp: header('timestamp'),
    nonce: header('nonce'),
    method: 'POST',
    path: backendPath(call),
    status,
    body,
  })
  const isWhole = /^\d{1,16}$/.test(header('timestamp')) && header('nonce') !== ''
  if (!isWhole || !backendSignatureMatches(signingText, header('signature'), key)) {
    return useless('unverifiable-answer', evidence)
  }
  if (header('keyId') !== keyId) return useless('mismatched-answer', evidence)
  if (fields.text('version') === undefined || fields.text('code') === undefined) {
    return useless('unverifiable-answer', evidence)
  }
  const isListed = fields.text('version') === backendVersion && code !== undefined && backendCodes[code] === status
  return isListed ? { kind: 'readable', code, fields, evidence } : useless('unlisted-code', evidence)
}

/** Why an answer is not about what was asked; undefined when it is. A missing field is "not verifiable", never equal. */
export function differenceIn(
  fields: JsonFields,
  expected: { readonly texts: Readonly<Record<string, string>>; readonly amountFen?: number },
): 'mismatched-answer' | 'unverifiable-answer' | undefined {
  const pairs: readonly (readonly [string | number | undefined, string | number])[] = [
    ...Object.entries(expected.texts).map(([name, value]) => [fields.text(name), value] as const),
    ...(expected.amountFen === undefined ? [] : [[fields.whole('amountFen'), expected.amountFen] as const]),
  ]
  if (pairs.some(([found, wanted]) => found !== undefined && found !== '' && found !== wanted))
    return 'mismatched-answer'
  return pairs.some(([found]) => found === undefined || found === '') ? 'unverifiable-answer' : undefined
}
