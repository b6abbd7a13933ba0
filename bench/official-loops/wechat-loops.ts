import type { OfficialLoop } from './official-loop.ts'

/** What the error table says for USERPAYING and SYSTEMERROR: "wait 5 s, then query" (wechat.md §5). */
const firstSleepMs = 5_000

/** After USERPAYING: wait, query, and go on with a fixed pause until the time is up; then reverse. */
const pollingLoop = (name: string, source: string, pauseMs: number, totalMs: number): OfficialLoop => ({
  name,
  source,
  run(calls) {
    if (calls.pay() === 'paid') return 'paid'
    calls.sleep(firstSleepMs)
    for (;;) {
      if (calls.query() === 'paid') return 'paid'
      if (calls.elapsedMs() >= totalMs) break
      calls.sleep(pauseMs)
    }
    calls.revoke()
    return 'revoked'
  },
})

/** The flow page of 2025-03-21, older pages and the guidance repository (wechat.md §5). */
export const wechatFlowPage: OfficialLoop = pollingLoop(
  'WeChat flow page, 5 s / 30 s',
  'wechat.md §5: poll every 5 s, 30 s in all',
  5_000,
  30_000,
)

/** The pay page of 2025-08-14 (wechat.md §5). */
export const wechatPayPage: OfficialLoop = pollingLoop(
  'WeChat pay page, 10 s / 45 s',
  'wechat.md §5: poll every 10 s, 45 s in all, first query after 5 s',
  10_000,
  45_000,
)
