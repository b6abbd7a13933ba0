import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyOf, nobody, post, runHttp, runRaw } from './servers.fixture.ts'
import { createTransport } from './transport.ts'

// A request goes to the other address of the same system only where nothing of it left for the first.

const patient = { requestTimeoutMs: 5_000 }
/** A port of this machine at which nobody listens. */
const deadUrl = 'http://127.0.0.1:9/pay?mark=1'

test('the very same request goes to the backup where the first address cannot be reached', async (t) => {
  const seen: string[] = []
  const backup = await runHttp(t, async (request, response) => {
    seen.push(`${request.method} ${request.url} ${await bodyOf(request)}`)
    response.end('ok')
  })
  const transport = createTransport()
  t.after(() => transport.close())
  const connection = { ...nobody, backupOrigin: `http://127.0.0.1:${backup.port}/ignored` }
  const result = await transport.send(connection, { ...post(deadUrl), body: 'charge' }, patient)
  assert.equal(result.kind, 'answered')
  assert.deepEqual(seen, ['POST /pay?mark=1 charge'])
})

test('what may have left is never sent to the backup as well', async (t) => {
  const seen: string[] = []
  const backup = await runHttp(t, (request, response) => {
    seen.push(request.url ?? '')
    response.end('ok')
  })
  // Takes the request and cuts the line without a word.
  const first = await runRaw(t, (socket) => socket.once('data', () => socket.destroy()))
  const transport = createTransport()
  t.after(() => transport.close())
  const connection = { ...nobody, backupOrigin: `http://127.0.0.1:${backup.port}` }
  const result = await transport.send(connection, post(`http://127.0.0.1:${first.port}/pay`), patient)
  assert.equal(result.kind, 'no-answer')
  assert.deepEqual(seen, [])
})

test('where neither can be reached nothing was sent, and without a backup only one address is tried', async (t) => {
  const transport = createTransport()
  t.after(() => transport.close())
  const both = await transport.send({ ...nobody, backupOrigin: 'http://127.0.0.1:9' }, post(deadUrl), patient)
  assert.equal(both.kind, 'not-sent')
  assert.equal((await transport.send(nobody, post(deadUrl), patient)).kind, 'not-sent')
})
