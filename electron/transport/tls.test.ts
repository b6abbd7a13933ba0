import assert from 'node:assert/strict'
import type { LookupFunction } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import type { ConnectionSettings } from '../channels/channel.ts'
import type { TransportResult } from './result.ts'
import { makeAuthority, nobody, post, runHttps } from './servers.fixture.ts'
import { createTransport, type Transport, type TransportOptions } from './transport.ts'

const patient = { requestTimeoutMs: 20_000 }
const open = (t: TestContext, options: TransportOptions = {}): Transport => {
  const transport = createTransport(options)
  t.after(() => transport.close())
  return transport
}
const named = (result: TransportResult): string =>
  result.kind === 'answered'
    ? `answered ${Buffer.from(result.response.body).toString('utf8')}`
    : `${result.kind} ${result.reason}`

const authority = makeAuthority('Test authority')
const stranger = makeAuthority('Strange authority')
const { certificate: cert, key } = authority.issue('server', 'Test server')
const trusting: ConnectionSettings = { certificateAuthority: authority.certificate }
const merchant: ConnectionSettings = { ...trusting, clientCertificate: authority.issue('client', 'Test merchant') }

test('a server is trusted by the authority that was configured, and by no other', async (t) => {
  const server = await runHttps(t, { cert, key }, (_request, response) => response.end('ok'))
  const url = `https://127.0.0.1:${server.port}/`
  const transport = open(t)
  assert.equal(named(await transport.send(trusting, post(url), patient)), 'answered ok')
  assert.equal(named(await transport.send(nobody, post(url), patient)), 'not-sent tls')
  const other = { certificateAuthority: stranger.certificate }
  assert.equal(named(await transport.send(other, post(url), patient)), 'not-sent tls')
  assert.equal(named(await transport.send({ certificateAuthority: 'nothing' }, post(url), patient)), 'not-sent tls')
})

test('the environment cannot switch the checks off', async (t) => {
  const server = await runHttps(t, { cert, key }, (_request, response) => response.end('ok'))
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  const warnings = process.listeners('warning')
  process.removeAllListeners('warning') // Node warns about the very thing that is tried here
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
  t.after(() => {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
    for (const listener of warnings) process.on('warning', listener)
  })
  const result = await open(t).send(nobody, post(`https://127.0.0.1:${server.port}/`), patient)
  assert.equal(named(result), 'not-sent tls')
})

test('a server whose certificate is for another name is refused', async (t) => {
  const server = await runHttps(t, { cert, key }, (_request, response) => response.end('ok'))
  const lookup: LookupFunction = (_hostname, options, callback) =>
    options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4)
  const transport = open(t, { lookup })
  const at = (host: string): Promise<TransportResult> =>
    transport.send(trusting, post(`https://${host}:${server.port}/`), patient)
  assert.equal(named(await at('localhost')), 'answered ok')
  assert.equal(named(await at('pay.example.invalid')), 'not-sent tls')
})

test('a server that speaks no TLS 1.2 is refused', async (t) => {
  const old = { cert, key, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
  const server = await runHttps(t, old, (_request, response) => response.end('ok'))
  assert.equal(named(await open(t).send(trusting, post(`https://127.0.0.1:${server.port}/`), patient)), 'not-sent tls')
})

test('the client certificate is shown only for requests that ask for it', async (t) => {
  const options = { cert, key, ca: authority.certificate, requestCert: true, rejectUnauthorized: false }
  const server = await runHttps(t, options, (request, response) => {
    const socket = request.socket as TLSSocket // the server speaks TLS only
    response.end(socket.getPeerX509Certificate()?.subject ?? 'nobody')
  })
  const url = `https://127.0.0.1:${server.port}/`
  const transport = open(t)
  assert.equal(named(await transport.send(merchant, post(url, false), patient)), 'answered nobody')
  assert.equal(named(await transport.send(merchant, post(url, true), patient)), 'answered CN=Test merchant')
  assert.equal(named(await transport.send(merchant, post(url, false), patient)), 'answered nobody')
  await transport.warm(merchant, url, { clientCertificate: true })
  assert.equal(named(await transport.send(merchant, post(url, true), patient)), 'answered CN=Test merchant')
})

test('a demanded client certificate that is missing, unusable or foreign never counts as an answer', async (t) => {
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
    let requests = 0
    const options = { cert, key, ca: authority.certificate, requestCert: true, rejectUnauthorized: true, maxVersion }
    const server = await runHttps(t, options, (_request, response) => {
      requests += 1
      response.end('ok')
    })
    const url = `https://127.0.0.1:${server.port}/`
    const transport = open(t)
    const foreign = { ...trusting, clientCertificate: stranger.issue('client', 'Stranger') }
    const broken = { ...trusting, clientCertificate: { certificate: 'nothing', key: 'nothing' } }
    assert.equal(named(await transport.send(trusting, post(url, true), patient)), 'not-sent tls')
    assert.equal(named(await transport.send(broken, post(url, true), patient)), 'not-sent tls')
    // In TLS 1.3 the refusal comes after the request was written: then nobody can say that it was not sent.
    const refused = maxVersion === 'TLSv1.2' ? 'not-sent tls' : 'no-answer connection-lost'
    assert.equal(named(await transport.send(merchant, post(url, false), patient)), refused, maxVersion)
    assert.equal(named(await transport.send(foreign, post(url, true), patient)), refused, maxVersion)
    assert.equal(requests, 0)
    assert.equal(named(await transport.send(merchant, post(url, true), patient)), 'answered ok')
  }
})
