import type { ReceiptLanguage } from './document.ts'

type CaseSlipWords = {
  readonly title: string
  readonly doNotPay: string
  readonly taken: string
  readonly notYet: (time: string) => string
  readonly notKnown: string
  readonly nextTaken: string
  readonly nextNotKnown: string
  readonly until: (time: string) => string
  readonly untilOver: string
  readonly keep: string
}

/** The words of the slip about a doubtful order, for the customer. */
export const caseSlipWords: Readonly<Record<ReceiptLanguage, CaseSlipWords>> = {
  'zh-CN': {
    title: '存疑订单凭单',
    doNotPay: '这一笔请先不要再付',
    taken: '支付渠道确认已经扣款,还没有退回。',
    notYet: (time) => `${time} 时支付渠道说还没有扣款,但这一单那时还没有关闭,现在还不能确定。`,
    notKnown: '还不知道是否已经扣款。',
    nextTaken: '本店会把这笔钱原路退回。',
    nextNotKnown: '本店会继续查。如果已经扣款,会原路退回;如果没有扣款,不用再做什么。',
    until: (time) => `${time} 以前可以撤销这一单,过后改为退款。`,
    untilOver: '撤销的期限已过,已扣的款改为退款。',
    keep: '请保留此单。来店或来电时,请报单号。',
  },
  en: {
    title: 'Payment in doubt',
    doNotPay: 'Please do not pay this again',
    taken: 'The wallet confirms that you were charged. The money is not returned yet.',
    notYet: (time) =>
      `At ${time} the wallet said that you were not charged yet. The order was still open then, so this is not certain now.`,
    notKnown: 'It is not known yet whether you were charged.',
    nextTaken: 'The shop will return this money the way it came.',
    nextNotKnown:
      'The shop goes on asking. If you were charged, the money is returned the way it came; if not, there is nothing to do.',
    until: (time) => `Until ${time} this order can be revoked; after that the money is refunded.`,
    untilOver: 'The time for revoking is over; money that was taken is refunded.',
    keep: 'Please keep this slip, and name the order number when you ask.',
  },
}
