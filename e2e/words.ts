import type { Language } from '../electron/api/contract.ts'

/**
 * What the cashier must read, written down a second time: the screens have their own catalogue, and a story that asked
 * it what to expect would agree with whatever stands there.
 */

/** The pictures of the counter, as `data-scene` names them. */
export const scenes = [
  'idle',
  'amount',
  'amount-problem',
  'scan',
  'sending',
  'answer-lost',
  'awaiting-payer',
  'unknown',
  'revoking',
  'paid',
  'former-paid',
  'failed',
  'revoked-closed',
  'revoked-refunded',
  'attention',
  'former-open',
  'refused',
  'connection-lost',
  'another-window',
] as const
export type SceneName = (typeof scenes)[number]

/** Pictures that say how a payment ended. */
export const endScenes: readonly SceneName[] = [
  'paid',
  'former-paid',
  'failed',
  'revoked-closed',
  'revoked-refunded',
  'attention',
]

/** The words that a headline must have; the rest of it is the screen's own. */
export const headlines: Readonly<Record<Language, Readonly<Record<SceneName, RegExp>>>> = {
  'zh-CN': {
    idle: /输入金额/,
    amount: /核对金额/,
    'amount-problem': /金额不对/,
    scan: /扫.*付款码/,
    sending: /^正在收款/,
    'answer-lost': /核对/,
    'awaiting-payer': /等待顾客输入密码/,
    unknown: /结果未知/,
    revoking: /正在撤销/,
    paid: /^收款成功/,
    'former-paid': /之前.*已收款/,
    failed: /没有收到款|收款失败/,
    'revoked-closed': /已撤销.*没有扣款/,
    'revoked-refunded': /已撤销.*已退/,
    attention: /人工处理/,
    'former-open': /没有结果/,
    refused: /不能收款/,
    'connection-lost': /断开/,
    'another-window': /别的窗口/,
  },
  en: {
    idle: /Enter the amount/,
    amount: /Check the amount/,
    'amount-problem': /Amount not possible/,
    scan: /Scan.*code/,
    sending: /Charging/,
    'answer-lost': /Checking/,
    'awaiting-payer': /Waiting for password/,
    unknown: /Not known/,
    revoking: /Revoking/,
    paid: /^Paid/,
    'former-paid': /(Already|Earlier).* paid/,
    failed: /Not paid/,
    'revoked-closed': /Revoked.*no charge/,
    'revoked-refunded': /Revoked.*refunded/,
    attention: /Needs a person/,
    'former-open': /Earlier.*open/,
    refused: /Cannot charge/,
    'connection-lost': /Connection lost/,
    'another-window': /Open elsewhere/,
  },
}

/** The same for a channel whose users say reversal (M10). */
export const reversalHeadlines: Readonly<Record<Language, Partial<Record<SceneName, RegExp>>>> = {
  'zh-CN': {
    revoking: /正在冲正/,
    'revoked-closed': /已冲正.*没有扣款/,
    'revoked-refunded': /已冲正.*已退/,
  },
  en: {
    revoking: /Reversing/,
    'revoked-closed': /Reversed.*no charge/,
    'revoked-refunded': /Reversed.*refunded/,
  },
}

/** Names of the wallets as the screen shows them. */
export const walletNames: Readonly<Record<Language, Readonly<Record<'wechat' | 'alipay', string>>>> = {
  'zh-CN': { wechat: '微信支付', alipay: '支付宝' },
  en: { wechat: 'WeChat Pay', alipay: 'Alipay' },
}
