import assert from 'node:assert/strict'
import { test } from 'node:test'
import { originProblem } from '../channels/origin.ts'
import { isAllowedAddress } from './origin.ts'

/** Address, and what the settings check calls its problem. */
const addresses: Readonly<Record<string, string | undefined>> = {
  'https://pay.example.invalid/gateway.do': undefined,
  'http://127.0.0.1:8080/': undefined,
  'http://127.9.8.7/': undefined,
  'http://127.1/': undefined,
  'http://localhost:1/': undefined,
  'http://[::1]:1/': undefined,
  'http://[0:0:0:0:0:0:0:1]/': undefined,
  'http://pay.example.invalid/': 'insecure',
  'http://10.0.0.1/': 'insecure',
  'http://128.0.0.1/': 'insecure',
  'http://127.0.0.1.example.invalid/': 'insecure',
  'http://localhost.example.invalid/': 'insecure',
  'http://localhost@pay.example.invalid/': 'insecure',
  'http://[::2]/': 'insecure',
  'ftp://127.0.0.1/': 'unsupported-scheme',
  'file:///etc/hostname': 'unsupported-scheme',
  'pay.example.invalid': 'not-a-url',
  '': 'not-a-url',
}

test('the settings check and the client agree about every address', () => {
  for (const [url, problem] of Object.entries(addresses)) {
    assert.equal(originProblem(url), problem, url)
    assert.equal(isAllowedAddress(url), problem === undefined, url)
  }
})
