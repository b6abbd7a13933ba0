import { randomBytes } from 'node:crypto'
import { type BackendCall, backendVersion } from '../../electron/channels/backend/codes.ts'
import { type JsonFields, readJsonObject } from '../../electron/channels/backend/json.ts'
import {
  backendAnswerText,
  backendHeaders,
  backendPath,
  backendRequestText,
  backendSignature,
  backendSignatureMatches,
} from '../../electron/channels/backend/sign.ts'
import type { HttpRequest, HttpResponse } from '../../electron/channels/channel.ts'

/** Sends one request and gives its whole answer; rejects when there is none. */
export type Exchange = (request: HttpRequest) => Promise<HttpResponse>

/** Whose server is tested, and with which key. */
export type ContractTarget = {
  /** Without `/v1`. */
  readonly baseUrl: string
  readonly keyId: string
  readonly key: string
  readonly exchange: Exchange
  readonly now: () => number
}

/** What a check changes of a sound request. */
export type Tweak = {
  readonly keyId?: string
  readonly key?: string
  readonly clockOffMs?: number
  readonly nonce?: string
  /** The body that is signed and sent, in place of the members. */
  readonly body?: string
  /** The body that is sent, while another one is signed. */
  readonly sentBody?: string
}

/** An answer as a check sees it. */
export type Told = {
  readonly status: number
  readonly code: string | undefined
  readonly state: string | undefined
  readonly fields: JsonFields | undefined
  readonly text: string
  readonly hasSignature: boolean
  /** What is wrong with the answer's signature; undefined when it is right. */
  readonly signatureProblem: string | undefined
}

export type ContractClient = {
  readonly target: ContractTarget
  ask(call: BackendCall, members: Readonly<Record<string, unknown>>, tweak?: Tweak): Promise<Told>
}

/** 32 letters and digits. */
export const freshText = (): string => randomBytes(16).toString('hex')

/** How far a back end's own clock may be from ours. */
const clockWindowMs = 300_000

export function openContractClient(target: ContractTarget): ContractClient {
  return {
    target,
    async ask(call, members, tweak = {}) {
      const { keyId = target.keyId, key = target.key, clockOffMs = 0, nonce = freshText() } = tweak
      const body = tweak.body ?? JSON.stringify({ version: backendVersion, ...members })
      const timestamp = String(target.now() + clockOffMs)
      const path = backendPath(call)
      const text = backendRequestText({ keyId, timestamp, nonce, method: 'POST', path, body })
      const answer = await target.exchange({
        method: 'POST',
        url: `${target.baseUrl}${path}`,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          [backendHeaders.keyId]: keyId,
          [backendHeaders.timestamp]: timestamp,
          [backendHeaders.nonce]: nonce,
          [backendHeaders.signature]: backendSignature(text, key),
        },
        body: tweak.sentBody ?? body,
        clientCertificate: false,
      })
      return told(target, path, nonce, answer)
    },
  }
}

function told(target: ContractTarget, path: string, nonce: string, answer: HttpResponse): Told {
  const text = Buffer.from(answer.body).toString('utf8')
  const fields = readJsonObject(text)
  return {
    status: answer.status,
    code: fields?.text('code'),
    state: fields?.text('state'),
    fields,
    text,
    hasSignature: Boolean(answer.headers[backendHeaders.signature]),
    signatureProblem: signatureProblem(target, path, nonce, answer),
  }
}

function signatureProblem(
  { keyId, key, now }: ContractTarget,
  path: string,
  nonce: string,
  { status, headers, body }: HttpResponse,
): string | undefined {
  const header = (name: keyof typeof backendHeaders): string => headers[backendHeaders[name]] ?? ''
  for (const name of Object.values(backendHeaders)) if (!headers[name]) return `the answer has no header ${name}`
  if (header('keyId') !== keyId) return 'the answer names another key id'
  if (header('nonce') !== nonce) return 'the answer does not repeat the request’s nonce'
  const timestamp = header('timestamp')
  if (!/^\d{13}$/.test(timestamp)) return 'the answer’s timestamp is not 13 digits'
  const text = backendAnswerText({ keyId, timestamp, nonce, method: 'POST', path, status, body })
  if (!backendSignatureMatches(text, header('signature'), key)) return 'the answer’s signature does not match'
  return Math.abs(Number(timestamp) - now()) > clockWindowMs
    ? 'the answer’s timestamp is off by more than five minutes'
    : undefined
}
