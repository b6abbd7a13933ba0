import { alipaySignatureMatches, alipayStringToSign } from '../channels/alipay/sign.ts'
import { shanghaiDateTime } from '../till/time.ts'
import type { RequestKind } from './books.ts'
import type { Arrival } from './listener.ts'

/** Who the training Alipay knows: one application in public-key mode. */
export type AlipayIdentity = {
  readonly appId: string
  readonly appPublicKey: string
  /** What answers are signed with. */
  readonly platformPrivateKey: string
}

/** The methods that are served (alipay.md §2). */
export const alipayMethods = {
  'alipay.trade.pay': 'pay',
  'alipay.trade.query': 'query',
  'alipay.trade.cancel': 'revoke',
  'alipay.trade.refund': 'refund',
  'alipay.trade.fastpay.refund.query': 'refund-query',
  // Counted as a question: it moves nothing.
  'alipay.data.dataservice.bill.downloadurl.query': 'query',
} as const satisfies Record<string, RequestKind>
export type AlipayMethod = keyof typeof alipayMethods

/** Why the gateway refuses a request; answered without a signature (alipay.md §11 "errors"). */
export type GatewayRefusal = {
  readonly code: '40001' | '40002'
  readonly subCode: string
  readonly breach: string
  readonly subject: string
  /** Known methods are refused under their own node for signature trouble, else under `error_response` (§1.5). */
  readonly method?: AlipayMethod
}

export type SignedCall = { readonly method: AlipayMethod; readonly bizContent: string }

type Parameters = Readonly<Record<string, string>>

/** How far the request's clock may be off. The references give no figure (alipay.md §1.2); ten minutes is ours. */
const clockToleranceMs = 600_000

const isTimestamp = (value: string, wallMs: number): boolean => {
  const stampMs = Date.parse(`${value.replace(' ', 'T')}+08:00`)
  return (
    Number.isFinite(stampMs) && shanghaiDateTime(stampMs) === value && Math.abs(stampMs - wallMs) <= clockToleranceMs
  )
}

type CommonRule = {
  readonly name: string
  readonly longestBytes: number
  /** The `sub_code` when it is missing; absent for parameters that may be left out. */
  readonly missing?: string
  readonly invalid: string
  readonly form: (value: string, wallMs: number, identity: AlipayIdentity) => boolean
}

/** The common parameters (alipay.md §1.2), in the order in which they are looked at. */
const commonRules: readonly CommonRule[] = [
  {
    name: 'app_id',
    longestBytes: 32,
    missing: 'isv.missing-app-id',
    invalid: 'isv.invalid-app-id',
    form: (value, _wallMs, { appId }) => value === appId,
  },
  { name: 'format', longestBytes: 40, invalid: 'isv.invalid-format', form: (value) => value === 'JSON' },
  { name: 'charset', longestBytes: 10, invalid: 'isv.invalid-charset', form: (value) => /^utf-8$/i.test(value) },
  {
    name: 'sign_type',
    longestBytes: 10,
    missing: 'isv.missing-signature-type',
    invalid: 'isv.invalid-signature-type',
    form: (value) => value === 'RSA2',
  },
  {
    name: 'timestamp',
    longestBytes: 19,
    missing: 'isv.missing-timestamp',
    invalid: 'isv.invalid-timestamp',
    form: isTimestamp,
  },
  {
    name: 'version',
    longestBytes: 3,
    missing: 'isv.missing-version',
    invalid: 'isv.invalid-parameter',
    form: (value) => value === '1.0',
  },
  {
    name: 'sign',
    longestBytes: 344,
    missing: 'isv.missing-signature',
    invalid: 'isv.invalid-signature',
    form: (value) => value.length === 344,
  },
  {
    name: 'biz_content',
    longestBytes: 65_536,
    missing: 'isv.invalid-parameter',
    invalid: 'isv.invalid-parameter',
    form: () => true,
  },
  { name: 'app_auth_token', longestBytes: 40, invalid: 'isv.invalid-parameter', form: () => true },
  { name: 'notify_url', longestBytes: 256, invalid: 'isv.invalid-parameter', form: () => true },
]

const refused = (subCode: string, breach: string, subject: string, method?: AlipayMethod): GatewayRefusal => ({
  code: subCode.startsWith('isv.missing-') ? '40001' : '40002',
  subCode,
  breach,
  subject,
  ...(method === undefined ? {} : { method }),
})

/** The parameters of both places, or undefined if one of them stands twice. */
const gather = (...places: readonly URLSearchParams[]): Parameters | undefined => {
  const gathered = new Map<string, string>()
  for (const [name, value] of places.flatMap((place) => [...place])) {
    if (gathered.has(name)) return undefined
    gathered.set(name, value)
  }
  return Object.fromEntries(gathered)
}

/** Checks transport, common parameters and signature (alipay.md §1.2–1.4), in this order. */
export function readSignedCall(
  arrival: Arrival,
  identity: AlipayIdentity,
  wallMs: number,
): SignedCall | GatewayRefusal {
  const inQuery = new URLSearchParams(arrival.target.split('?').slice(1).join('?'))
  const inBody = bodyParameters(arrival)
  if (inBody === undefined) return refused('isv.invalid-parameter', 'body', 'form')
  const parameters = gather(inQuery, inBody)
  if (parameters === undefined) return refused('isv.invalid-parameter', 'parameter', 'twice')
  const { method: methodName } = parameters
  if (!methodName) return refused('isv.missing-method', 'parameter', 'method')
  if (!isMethod(methodName)) return refused('isv.invalid-method', 'parameter', 'method')
  // A charset that is missing from the URL makes the gateway report a bad signature (alipay.md §1.3).
  if (!inQuery.has('charset')) return refused('isv.invalid-signature', 'parameter', 'charset', methodName)
  for (const { name, longestBytes, missing, invalid, form } of commonRules) {
    const value = parameters[name] ?? ''
    if (value === '') {
      if (missing !== undefined) return refused(missing, 'parameter', name)
    } else if (Buffer.byteLength(value, 'utf8') > longestBytes || !form(value, wallMs, identity)) {
      return refused(invalid, name === 'sign' ? 'signature' : 'parameter', name)
    }
  }
  const { sign = '', biz_content: bizContent = '' } = parameters
  if (!alipaySignatureMatches(alipayStringToSign(parameters), sign, identity.appPublicKey)) {
    return refused('isv.invalid-signature', 'signature', 'sign', methodName)
  }
  return { method: methodName, bizContent }
}

const isMethod = (name: string): name is AlipayMethod => Object.hasOwn(alipayMethods, name)

const bodyParameters = ({ body, contentType }: Arrival): URLSearchParams | undefined => {
  if (body === 'too-large') return undefined
  if (body.length > 0 && !/^application\/x-www-form-urlencoded\b/i.test(contentType)) return undefined
  return new URLSearchParams(Buffer.from(body).toString('utf8'))
}
