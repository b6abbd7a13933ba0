import type { OrderView, TillSnapshot } from '../../electron/api/contract.ts'

/** A moment for all stories: 2026-05-20 10:32:05 in Shanghai. */
export const storyWallMs = Date.UTC(2026, 4, 20, 2, 32, 5)

/** A WeChat order of ¥35.80 that waits for the customer, with whatever the story changes. */
export function sampleOrder(change: Partial<OrderView> = {}): OrderView {
  return {
    orderNumber: 'S0010120260520000042K7QX',
    saleId: 'sale-42',
    channel: 'wechat',
    wallet: 'wechat',
    amountFen: 3_580,
    maskedCode: '13************4071',
    status: 'awaiting-payer',
    revokeEffect: null,
    revokeCause: null,
    failureReason: null,
    unknownReason: null,
    attentionReason: null,
    alarm: null,
    lastCode: 'USERPAYING',
    lastMessage: '需要用户输入支付密码',
    moneyWasTaken: false,
    transactionId: null,
    queries: 3,
    revokes: 0,
    inFlight: 'none',
    queryPurpose: null,
    parked: false,
    caseOwner: null,
    settlement: null,
    createdWallMs: storyWallMs - 18_000,
    statusSinceWallMs: storyWallMs - 17_000,
    ageMs: 18_000,
    windowMs: 45_000,
    timeLeftMs: 27_000,
    revokeAllowedInMs: 0,
    lastAnswerAgeMs: 2_000,
    ...change,
  }
}

/** A till in training with everything ready. */
export function sampleSnapshot(change: Partial<TillSnapshot> = {}): TillSnapshot {
  return {
    mode: 'training',
    store: { id: 'S001', name: '示例便利店' },
    till: { id: '01' },
    host: 'browser',
    version: '0.1.0',
    amountLimitFen: 5_000_000,
    passwordLikelyAboveFen: { wechat: 100_000, alipay: 200_000 },
    wallets: ['wechat', 'alipay'],
    channelRevokes: { wechat: 'revoke', alipay: 'revoke', icbc: 'reversal', jeepay: 'none' },
    openOrders: [],
    readiness: {
      ledger: { state: 'ready', problem: null },
      certificates: [],
      backup: { state: 'ready', madeWallMs: Date.UTC(2026, 4, 20, 1), isDamaged: false, making: null },
      channels: [
        { id: 'wechat', state: 'ready', away: null, wallets: ['wechat'] },
        { id: 'alipay', state: 'ready', away: null, wallets: ['alipay'] },
      ],
      networkAway: null,
      owed: { count: 0, oldestAgeMs: null },
      clockOffsetMs: 0,
      updateReady: null,
    },
    gunKeyGap: { ms: 35, leastMs: 15, mostMs: 60 },
    pos: { kind: 'off' },
    sound: { on: true, tonesPercent: 100, voicePercent: 100 },
    reconcileNotice: null,
    customerDisplay: { open: 'by-hand', language: 'both', hasReceiptCode: false },
    language: 'zh-CN',
    ...change,
  }
}
