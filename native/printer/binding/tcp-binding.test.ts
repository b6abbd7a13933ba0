import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tcpProblem } from './tcp-binding.ts'

test('what the system says of a connection tells a busy printer from one that is not there', () => {
  const kindOf = (code: string) => tcpProblem(Object.assign(new Error(code), { code })).kind
  assert.deepEqual(
    ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'EMFILE'].map(
      kindOf,
    ),
    ['refused', 'refused', 'no-connection', 'unreachable', 'unreachable', 'unreachable', 'unreachable', 'failed'],
  )
})
