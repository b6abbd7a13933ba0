import { type ConnectionProblem, connectionProblems } from '../connection-check.ts'
import { type OriginProblem, originProblem } from '../origin.ts'
import type { BackendSettings } from './settings.ts'

/** What is wrong with one setting; the field's name is the configuration's (design §9). */
export type BackendSettingsProblem =
  | { readonly field: 'baseUrl'; readonly problem: OriginProblem | 'has-more-than-a-path' | 'holds-the-version' }
  | { readonly field: 'keyId'; readonly problem: 'malformed' }
  | { readonly field: 'key'; readonly problem: 'pem' | 'malformed' | 'same-as-key-id' }
  | ConnectionProblem

/** docs/backend-api.yaml, "Keys". */
const keyIdForm = /^[A-Za-z0-9_.-]{1,64}$/
const keyForm = /^[\x21-\x7e]{32,128}$/

const addressProblem = (
  baseUrl: string,
): Extract<BackendSettingsProblem, { field: 'baseUrl' }>['problem'] | undefined => {
  const origin = originProblem(baseUrl)
  if (origin !== undefined) return origin
  const { username, password, pathname } = new URL(baseUrl)
  if (username !== '' || password !== '' || /[?#]/.test(baseUrl)) return 'has-more-than-a-path'
  return /\/v1\/?$/.test(pathname) ? 'holds-the-version' : undefined
}

const keyProblem = ({
  key,
  keyId,
}: BackendSettings): Extract<BackendSettingsProblem, { field: 'key' }>['problem'] | undefined => {
  if (key.includes('-----BEGIN')) return 'pem'
  if (!keyForm.test(key)) return 'malformed'
  return key === keyId ? 'same-as-key-id' : undefined
}

/** Checks a channel's settings before it is made: an empty list means usable. */
export function checkBackendSettings(settings: BackendSettings, wallMs: number): readonly BackendSettingsProblem[] {
  const address = addressProblem(settings.baseUrl)
  const key = keyProblem(settings)
  return [
    ...(address === undefined ? [] : [{ field: 'baseUrl', problem: address } as const]),
    ...(keyIdForm.test(settings.keyId) ? [] : [{ field: 'keyId', problem: 'malformed' } as const]),
    ...(key === undefined ? [] : [{ field: 'key', problem: key } as const]),
    ...connectionProblems(settings.connection, false, wallMs),
  ]
}
