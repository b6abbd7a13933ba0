// `npm run backend-contract -- URL`: checks a merchant's back end against docs/backend-api.yaml. The key id and the key
// come from BACKEND_KEY_ID and BACKEND_KEY; a private authority by NODE_EXTRA_CA_CERTS. Ends with 1 on a breach, with 2
// when it cannot begin.

import { originProblem } from '../electron/channels/origin.ts'
import type { Exchange } from './backend-contract/client.ts'
import { runContract } from './backend-contract/run.ts'

const answerWithinMs = 10_000

const exchange: Exchange = async ({ url, method, headers, body }) => {
  const answer = await fetch(url, {
    method,
    headers,
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(answerWithinMs),
  })
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: new Uint8Array(await answer.arrayBuffer()),
  }
}

const [url = '', ...others] = process.argv.slice(2)
const { BACKEND_KEY_ID: keyId = '', BACKEND_KEY: key = '' } = process.env
if (others.length > 0 || originProblem(url) !== undefined) {
  console.error('Usage: npm run backend-contract -- URL (https, or http on this machine; without /v1)')
  process.exitCode = 2
} else if (keyId === '' || key === '') {
  console.error('Set BACKEND_KEY_ID and BACKEND_KEY in the environment; they are never arguments.')
  process.exitCode = 2
} else {
  const target = { baseUrl: url.replace(/\/+$/, ''), keyId, key, exchange, now: Date.now }
  process.exitCode = (await runContract(target, console.log)) === 0 ? 0 : 1
}
