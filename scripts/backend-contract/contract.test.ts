import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import {
  backendAnswerText,
  backendHeaders,
  backendRequestText,
  backendSignature,
} from '../../electron/channels/backend/sign.ts'
import type { HttpRequest, HttpResponse } from '../../electron/channels/channel.ts'
import { backendServer } from '../../electron/training/backend/server.ts'
import { dataFolder, send } from '../../electron/training/raw-client.fixture.ts'
import { startTrainingServers } from '../../electron/training/start-training-servers.ts'
import { projectRoot } from '../steps/step.ts'
import { type ContractTarget, freshText } from './client.ts'
import { runContract } from './run.ts'

async function start(context: TestContext) {
  const data = dataFolder(context)
  const started = await startTrainingServers({ dataDirectory: data, now: Date.now }, [backendServer])
  context.after(() => started.close())
  const { origin, keys } = started.servers[0] ?? assert.fail('no server')
  const keyId = keys['key-id.txt'] ?? ''
  const key = keys['key.txt'] ?? ''
  const { certificateAuthority: ca } = started
  const exchange = async ({ url, method, headers, body }: HttpRequest): Promise<HttpResponse> => {
    const answer = await send({ url, method, headers, body, ca })
    if (answer === 'cut') throw new Error('cut')
    return { status: answer.status, headers: answer.headers, body: Buffer.from(answer.body) }
  }
  const target: ContractTarget = { baseUrl: origin, keyId, key, exchange, now: Date.now }
  return { target, data, ca }
}

type Spoil = {
  /** What a lax server overlooks: the request is put right before it arrives. */
  readonly request?: (request: HttpRequest, target: ContractTarget) => HttpRequest
  readonly answer?: (text: string) => string
  readonly headers?: (headers: HttpResponse['headers']) => HttpResponse['headers']
}

/** A server with a fault, in front of the training server: it signs what it says, as the real one would. */
function spoiled(target: ContractTarget, spoil: Spoil): ContractTarget {
  return {
    ...target,
    exchange: async (request) => {
      const answer = await target.exchange(spoil.request?.(request, target) ?? request)
      const body = Buffer.from(spoil.answer?.(Buffer.from(answer.body).toString()) ?? answer.body)
      const { keyId, key } = target
      const header = (name: keyof typeof backendHeaders) => answer.headers[backendHeaders[name]] ?? ''
      const path = new URL(request.url).pathname
      const parts = { keyId, timestamp: header('timestamp'), nonce: request.headers[backendHeaders.nonce] ?? '' }
      const text = backendAnswerText({ ...parts, method: 'POST', path, status: answer.status, body })
      const isSigned = header('signature') !== ''
      const headers = isSigned
        ? {
            ...answer.headers,
            [backendHeaders.nonce]: parts.nonce,
            [backendHeaders.signature]: backendSignature(text, key),
          }
        : answer.headers
      return { ...answer, body, headers: spoil.headers?.(headers) ?? headers }
    },
  }
}

/** The request as if it had been signed properly, with some of its headers changed. */
const resigned = (
  request: HttpRequest,
  { key }: ContractTarget,
  change: Readonly<Record<string, string>>,
): HttpRequest => {
  const headers = { ...request.headers, ...change }
  const of = (name: keyof typeof backendHeaders) => headers[backendHeaders[name]] ?? ''
  const text = backendRequestText({
    keyId: of('keyId'),
    timestamp: of('timestamp'),
    nonce: of('nonce'),
    method: request.method,
    path: new URL(request.url).pathname,
    body: request.body,
  })
  return { ...request, headers: { ...headers, [backendHeaders.signature]: backendSignature(text, key) } }
}

/** Each fault of a server, and the check that must find it. */
const faults: Readonly<Record<string, Spoil & { readonly found: RegExp }>> = {
  'takes any key id': {
    request: (request, target) => resigned(request, target, { [backendHeaders.keyId]: target.keyId }),
    found: /^✖ another key id/m,
  },
  'takes any signature': {
    request: (request, target) =>
      request.headers[backendHeaders.keyId] === target.keyId ? resigned(request, target, {}) : request,
    found: /^✖ a signature by another key.*\n✖ a body that is not the signed one/m,
  },
  'looks at no clock': {
    request: (request, target) => resigned(request, target, { [backendHeaders.timestamp]: String(Date.now()) }),
    found: /^✖ a clock off by -360 s.*\n✖ a clock off by 360 s/m,
  },
  'remembers no nonce': {
    request: (request, target) => resigned(request, target, { [backendHeaders.nonce]: freshText() }),
    found: /^✖ a nonce that comes again/m,
  },
  'signs no answer': {
    headers: (headers) => ({ ...headers, [backendHeaders.signature]: '' }),
    found: /^✖ a query of an unknown order.*no header scantill-signature/m,
  },
  'signs with another nonce': {
    headers: (headers) => ({ ...headers, [backendHeaders.nonce]: 'x'.repeat(32) }),
    found: /^✖ a query of an unknown order.*nonce/m,
  },
  'names another order': {
    answer: (text) => text.replace(/"orderNumber":"CT/, '"orderNumber":"CX'),
    found: /^✖ a query of an unknown order.*orderNumber is another/m,
  },
  'says another amount': {
    answer: (text) => text.replace('"amountFen":1234', '"amountFen":1235'),
    found: /^✖ pays-at-once.*amountFen is another/m,
  },
  'has a word of its own': {
    answer: (text) => text.replace('"awaiting-payer"', '"waiting"'),
    found: /^✖ password-never.*the state is "waiting"/m,
  },
  'repeats the payment code': {
    answer: (text) =>
      text
        .replace('"bad-request"', '"bad-request","message":"0000000000000000"')
        .replace(/,"message":"amountFen[^"]*"/, ''),
    found: /^✖ a pay of 0 .*repeats the payment code/m,
  },
  'says failed where an order is not known': {
    answer: (text) => text.replace('"not-found"', '"closed"'),
    found: /^✖ a query of an unknown order.*"closed"/m,
  },
}

test('the training server keeps the contract, practice codes included', async (context) => {
  const { target } = await start(context)
  const lines: string[] = []
  assert.equal(await runContract(target, (line) => lines.push(line)), 0, lines.join('\n'))
  assert.match(lines.join('\n'), /^✔ refunds:/m)
  assert.ok(!lines.join('\n').includes(target.key))
})

test('each fault of a server is found, by the check that names it', async (context) => {
  const { target } = await start(context)
  for (const [name, { found, ...spoil }] of Object.entries(faults)) {
    const lines: string[] = []
    const breaches = await runContract(spoiled(target, spoil), (line) => lines.push(line))
    assert.ok(breaches > 0, name)
    assert.match(lines.join('\n'), found, name)
  }
})

test('a server that does not say it is for training is sent no practice code', async (context) => {
  const { target } = await start(context)
  const real = spoiled(target, { answer: (text) => text.replace(',"training":true', '') })
  const codes: string[] = []
  const watched: ContractTarget = {
    ...real,
    exchange: (request) => {
      const code = /"paymentCode":"(\d+)"/.exec(request.body)?.[1]
      if (code !== undefined) codes.push(code)
      return real.exchange(request)
    },
  }
  const lines: string[] = []
  assert.equal(await runContract(watched, (line) => lines.push(line)), 0, lines.join('\n'))
  assert.deepEqual(new Set(codes), new Set(['0000000000000000']))
})

test('the command takes key and key id from the environment, and ends with 0, 1 and 2', async (context) => {
  const { target, data, ca } = await start(context)
  const authority = join(data, 'ca.pem')
  writeFileSync(authority, ca)
  const run = (words: readonly string[], key: string): Promise<number | null> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(projectRoot, 'scripts/backend-contract.ts'), ...words], {
        env: { ...process.env, NODE_EXTRA_CA_CERTS: authority, BACKEND_KEY_ID: target.keyId, BACKEND_KEY: key },
        stdio: 'ignore',
      })
      child.once('error', reject)
      child.once('close', resolve)
    })
  assert.equal(await run([target.baseUrl], target.key), 0)
  assert.equal(await run([target.baseUrl], freshText()), 1)
  assert.equal(await run([target.baseUrl, target.key], target.key), 2)
  assert.equal(await run([target.baseUrl], ''), 2)
  assert.equal(await run(['http://pay.example.invalid'], target.key), 2)
})
