import type { OfficialLoop } from './official-loop.ts'

/** `query_duration` and `max_query_retry` of the demo's `zfbinfo.properties` (alipay.md §4). */
const queryDurationMs = 5_000
const maxQueryRetry = 5

/**
 * The control flow of Alipay's official demo (alipay.md §4, "Demo control flow"): after 10003 it sleeps, queries, and so
 * on, at most five times; whatever is not paid then is cancelled at once.
 */
export const alipayDemo: OfficialLoop = {
  name: 'Alipay demo, 5 × 5 s',
  source: 'alipay.md §4: query_duration=5000, max_query_retry=5',
  run(calls) {
    if (calls.pay() === 'paid') return 'paid'
    for (let retry = 0; retry < maxQueryRetry; retry += 1) {
      calls.sleep(queryDurationMs)
      if (calls.query() === 'paid') return 'paid'
    }
    calls.revoke()
    return 'revoked'
  },
}
