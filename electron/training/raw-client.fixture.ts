import { createHash, createHmac, createSign, createVerify } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { type Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { PaymentCode } from '../till/ids.ts'
import { shanghaiDateTime } from '../till/time.ts'
import { makePracticeCode, type PracticeWallet, type Story } from './practice-code.ts'
import { startTrainingChannels, type TrainingChannels } from './training-channels.ts'

/**
 * A till in the raw, for the tests of the training servers: it signs and verifies by itself, so that a mistake in the
 * channels' own signing cannot hide here.
 */

export type RawAnswer =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | 'cut'

export type Raw = {
  readonly url: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly ca: string
  readonly certificate?: { readonly certificate: string; readonly key: string } | undefined
  readonly agent?: Agent
}

/** Sends one request; `cut` when the connection ended before a whole answer was there. */
export function send({ url, method = 'POST', headers, body = '', ca, certificate, agent }: Raw): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method,
        headers: { ...headers },
        ca,
        cert: certificate?.certificate,
        key: certificate?.key,
        agent: agent ?? false,
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', () => resolve('cut'))
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      },
    )
    outgoing.on('error', (problem: NodeJS.ErrnoException) =>
      problem.code === 'ECONNRESET' ? resolve('cut') : reject(problem),
    )
    outgoing.end(body)
  })
}

export type Clock = { wallMs: number }

/** A fresh data folder that is removed after the test. */
export function dataFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'training-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Training servers on a fresh data folder, with a clock that stands still until it is moved. */
export async function startForTest(context: TestContext): Promise<{
  readonly channels: TrainingChannels
  readonly clock: Clock
  readonly data: string
}> {
  const data = dataFolder(context)
  const clock: Clock = { wallMs: 1_772_326_815_000 }
  const channels = await startTrainingChannels({ dataDirectory: data, now: () => clock.wallMs })
  context.after(() => channels.close())
  return { channels, clock, data }
}

let serial = 0

/** A practice code that no other call gave. */
export function freshCode(wallet: PracticeWallet, story: Story): PaymentCode {
  serial += 1
  return makePracticeCode(wallet, story, String(serial).padStart(10, '0'))
}

export type Fields = Readonly<Record<string, string>>

export function signWechat(fields: Fields, apiKey: string, signType: string | undefined): string {
  const names = Object.keys(fields).filter((name) => name !== 'sign' && fields[name] !== '')
  const text = `${names
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&')}&key=${apiKey}`
  const hash = signType === 'HMAC-SHA256' ? createHmac('sha256', apiKey) : createHash('md5')
  return hash.update(text).digest('hex').toUpperCase()
}

const cdata = (value: string): string => `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

export const toXml = (fields: Fields): string =>
  `<xml>${Object.entries(fields)
    .map(([name, value]) => `<${name}>${cdata(value)}</${name}>`)
    .join('')}</xml>`

/** The elements of a flat answer, as texts. */
export function fromXml(body: string): Fields {
  const elements = [...body.matchAll(/<(\w+)>((?:<!\[CDATA\[.*?\]\]>|[^<])*)<\/\1>/gs)]
  return Object.fromEntries(
    elements.map(([, name = '', content = '']) => [name, content.replace(/<!\[CDATA\[(.*?)\]\]>/gs, '$1')]),
  )
}

export function signAlipay(parameters: Fields, privateKey: string): string {
  const names = Object.keys(parameters).filter((name) => name !== 'sign' && parameters[name] !== '')
  const text = names
    .sort()
    .map((name) => `${name}=${parameters[name]}`)
    .join('&')
  return createSign('RSA-SHA256').update(text, 'utf8').sign(privateKey, 'base64')
}

/** Whether the node's raw text in an answer carries Alipay's signature; `unescaped` turns every `\/` back first. */
export function alipayAnswerVerifies(body: string, publicKey: string, unescaped = false): boolean {
  const sign = /"sign":"([^"]+)"/.exec(body)?.[1] ?? ''
  const start = body.indexOf('{', body.indexOf('_response":'))
  const end = body.indexOf('"sign":') < start ? body.length - 1 : body.lastIndexOf(',"sign":')
  const node = body.slice(start, end)
  const text = unescaped ? node.replaceAll('\\/', '/') : node
  return createVerify('RSA-SHA256').update(text, 'utf8').verify(publicKey, sign, 'base64')
}

export const alipayTimestamp = (clock: Clock): string => shanghaiDateTime(clock.wallMs)

/** Every file below a folder, as bytes. */
export function filesBelow(folder: string): readonly Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
}
