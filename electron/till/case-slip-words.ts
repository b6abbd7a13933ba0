import type { Wallet } from './payment-code.ts'

/** A language that slips are written in. */
export type SlipLanguage = 'zh-CN' | 'en'

type CaseSlipWords = {
  readonly training: string
  readonly title: string
  readonly doNotPay: string
  readonly amount: string
  readonly yuan: (amount: string) => string
  readonly time: string
  readonly wallet: string
  readonly orderNumber: string
  readonly transactionId: string
  readonly knownTitle: string
  readonly taken: string
  readonly notYet: (time: string) => string
  readonly notKnown: string
  readonly nextTitle: string
  readonly nextTaken: string
  readonly nextNotKnown: string
  readonly until: (time: string) => string
  readonly untilOver: string
  readonly owner: string
  readonly keep: string
  readonly till: (id: string) => string
  readonly wallets: Readonly<Record<Wallet, string>>
}

/** The words of the slip about a doubtful order, for the customer. */
export const caseSlipWords: Readonly<Record<SlipLanguage, CaseSlipWords>> = {
  'zh-CN': {
    training: '训练模式 · 没有真的扣款',
    title: '存疑订单凭单',
    doNotPay: '这一笔请先不要再付',
    amount: '金额',
    yuan: (amount) => `${amount} 元`,
    time: '时间',
    wallet: '付款方式',
    orderNumber: '单号',
    transactionId: '渠道单号',
    knownTitle: '现在知道的',
    taken: '支付渠道确认已经扣款,还没有退回。',
    notYet: (time) => `${time} 时支付渠道说还没有扣款,但这一单那时还没有关闭,现在还不能确定。`,
    notKnown: '还不知道是否已经扣款。',
    nextTitle: '接下来',
    nextTaken: '本店会把这笔钱原路退回。',
    nextNotKnown: '本店会继续查。如果已经扣款,会原路退回;如果没有扣款,不用再做什么。',
    until: (time) => `${time} 以前可以撤销这一单,过后改为退款。`,
    untilOver: '撤销的期限已过,已扣的款改为退款。',
    owner: '经手人',
    keep: '请保留此单。来店或来电时,请报单号。',
    till: (id) => `${id} 号机`,
    wallets: {
      wechat: '微信支付',
      alipay: '支付宝',
      unionpay: '云闪付',
      ecny: '数字人民币',
      qq: 'QQ钱包',
      bestpay: '翼支付',
      jd: '京东支付',
      'alipay-face': '支付宝刷脸',
    },
  },
  en: {
    training: 'TRAINING - no real money moved',
    title: 'Payment in doubt',
    doNotPay: 'Please do not pay this again',
    amount: 'Amount',
    yuan: (amount) => `CNY ${amount}`,
    time: 'Time',
    wallet: 'Wallet',
    orderNumber: 'Order',
    transactionId: 'Wallet’s number',
    knownTitle: 'What is known',
    taken: 'The wallet confirms that you were charged. The money is not returned yet.',
    notYet: (time) =>
      `At ${time} the wallet said that you were not charged yet. The order was still open then, so this is not certain now.`,
    notKnown: 'It is not known yet whether you were charged.',
    nextTitle: 'What happens next',
    nextTaken: 'The shop will return this money the way it came.',
    nextNotKnown:
      'The shop goes on asking. If you were charged, the money is returned the way it came; if not, there is nothing to do.',
    until: (time) => `Until ${time} this order can be revoked; after that the money is refunded.`,
    untilOver: 'The time for revoking is over; money that was taken is refunded.',
    owner: 'In the hands of',
    keep: 'Please keep this slip, and name the order number when you ask.',
    till: (id) => `Till ${id}`,
    wallets: {
      wechat: 'WeChat Pay',
      alipay: 'Alipay',
      unionpay: 'UnionPay',
      ecny: 'Digital yuan',
      qq: 'QQ Wallet',
      bestpay: 'BestPay',
      jd: 'JD Pay',
      'alipay-face': 'Alipay face',
    },
  },
}
