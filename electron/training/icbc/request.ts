import type { IcbcPathName } from '../../channels/icbc/settings.ts'
import { icbcDefaultPaths } from '../../channels/icbc/settings.ts'
import { type IcbcSignType, icbcSignatureMatches, icbcStringToSign } from '../../channels/icbc/sign.ts'
import { shanghaiDateTime } from '../../till/time.ts'
import type { RequestKind } from '../books.ts'
import type { Arrival } from '../listener.ts'

/** Who the training bank knows: one application of one merchant. */
export type IcbcServerIdentity = {
  readonly appId: string
  readonly merchantId: string
  readonly merchantPublicKey: string
  /** What answers are signed with. */
  readonly gatewayPrivateKey: string
}

const kinds = {
  payPath: 'pay',
  queryPath: 'query',
  reversePath: 'revoke',
  rejectPath: 'refund',
  rejectQueryPath: 'refund-query',
} as const satisfies Record<IcbcPathName, RequestKind>

/** The calls that are served, by path (icbc.md §1). */
export const icbcServedPaths: ReadonlyMap<string, RequestKind> = new Map(
  (Object.keys(kinds) as readonly IcbcPathName[]).map((name) => [icbcDefaultPaths[name], kinds[name]]), // the literal's keys
)

/** What the gateway will not let through; `messageId` is echoed where it could be read. */
export type GatewayRefusal = { readonly breach: string; readonly subject: string; readonly messageId: string }

/** A request that our merchant signed; its content is still to be checked. */
export type SignedCall = { readonly messageId: string; readonly bizContent: string }

type Parameters = Readonly<Record<string, string>>

/** How far the request's clock may be off. The reference gives no figure (icbc.md §2); ten minutes is ours. */
const clockToleranceMs = 600_000

const isTimestamp = (value: string, wallMs: number): boolean => {
  const stampMs = Date.parse(`${value.replace(' ', 'T')}+08:00`)
  return (
    Number.isFinite(stampMs) && shanghaiDateTime(stampMs) === value && Math.abs(stampMs - wallMs) <= clockToleranceMs
  )
}

/** The envelope's fields, all of them mandatory (icbc.md §2); these calls have no others. */
const envelopeForms: Readonly<
  Record<string, (value: string, wallMs: number, identity: IcbcServerIdentity) => boolean>
> = {
  app_id: (value, _wallMs, { appId }) => value === appId,
  // Longer ones have been seen nowhere; the limit is unconfirmed.
  msg_id: (value) => /^[0-9A-Za-z]{1,32}$/.test(value),
  format: (value) => value === 'json',
  charset: (value) => value === 'UTF-8',
  sign_type: (value) => value === 'RSA2' || value === 'RSA',
  timestamp: isTimestamp,
  biz_content: (value) => value.length <= 65_536,
  sign: (value) => value.length === 344,
}

/**
 * Checks transport, envelope and signature of a request to a served path (icbc.md §2, §4), in this order. `isUsed` tells
 * whether a `msg_id` came before.
 */
export function readSignedCall(
  arrival: Arrival,
  identity: IcbcServerIdentity,
  wallMs: number,
  isUsed: (messageId: string) => boolean,
): SignedCall | GatewayRefusal {
  const parameters = formParameters(arrival)
  if (typeof parameters === 'string') return { breach: 'body', subject: parameters, messageId: '' }
  const { msg_id: messageId = '', biz_content: bizContent = '', sign = '', sign_type: signType } = parameters
  const refused = (breach: string, subject: string): GatewayRefusal => ({ breach, subject, messageId })
  // A query string is no part of what is signed (icbc.md §10 pitfall 2).
  if (arrival.target.includes('?')) return refused('target', 'query string')
  const foreign = Object.keys(parameters).find((name) => !Object.hasOwn(envelopeForms, name))
  if (foreign !== undefined) return refused('parameter-unknown', foreign)
  for (const [name, form] of Object.entries(envelopeForms)) {
    const value = parameters[name] ?? ''
    if (value === '') return refused('parameter-missing', name)
    if (!form(value, wallMs, identity)) return refused(name === 'sign' ? 'signature' : 'parameter', name)
  }
  const text = icbcStringToSign(arrival.target, parameters)
  const type: IcbcSignType = signType === 'RSA' ? 'RSA' : 'RSA2'
  if (!icbcSignatureMatches(text, sign, identity.merchantPublicKey, type)) return refused('signature', 'sign')
  if (isUsed(messageId)) return refused('message-repeated', 'msg_id')
  return { messageId, bizContent }
}

/** The form's fields, or what is wrong with the body. */
const formParameters = ({ body, contentType }: Arrival): Parameters | string => {
  if (body === 'too-large') return 'length'
  if (!/^application\/x-www-form-urlencoded\s*;\s*charset=utf-8$/i.test(contentType)) return 'content type'
  const gathered = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString('utf8'))) {
    if (gathered.has(name)) return 'field twice'
    gathered.set(name, value)
  }
  return Object.fromEntries(gathered)
}
