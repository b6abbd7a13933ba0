import type { Wallet } from '../payment-code.ts'
import type { ReceiptLanguage } from './document.ts'

/** The words that stand beside values; templates name them as `{{word.amount}}`. At most eight cells where two columns stand. */
const labelsZh = {
  amount: '金额',
  time: '时间',
  wallet: '付款方式',
  staff: '收银员',
  orderNumber: '单号',
  transactionId: '渠道单号',
  refundAmount: '退款金额',
  paidAmount: '原付金额',
  refundNumber: '退款单号',
  reason: '退款原因',
  manager: '授权人',
  owner: '经手人',
  known: '现在知道的',
  next: '接下来',
  keepForRefund: '退款时请出示此单。',
  scanForProof: '扫码可见本店签名的凭据',
  thanks: '谢谢惠顾',
  shift: '班次',
  opened: '开班',
  closed: '交班',
  tender: '方式',
  sales: '收款',
  refunds: '退款',
  net: '净额',
  total: '合计',
  cash: '现金',
  cashFloat: '备用金',
  cashExpected: '应有现金',
  cashCounted: '实点现金',
  cashDifference: '差额',
  inFlight: '未了结的订单',
  signature: '签字',
  profile: '型号设置',
  columns: '每行字数',
  encoding: '编码',
  qr: '二维码',
} as const

export type ReceiptWordName = keyof typeof labelsZh

const labelsEn = {
  amount: 'Amount',
  time: 'Time',
  wallet: 'Wallet',
  staff: 'Cashier',
  orderNumber: 'Order no.',
  transactionId: 'Wallet no.',
  refundAmount: 'Refund',
  paidAmount: 'Paid',
  refundNumber: 'Refund no.',
  reason: 'Reason',
  manager: 'Manager',
  owner: 'In charge',
  known: 'What is known',
  next: 'What happens next',
  keepForRefund: 'Please bring this receipt for a refund.',
  scanForProof: 'Scan for a proof signed by the shop',
  thanks: 'Thank you',
  shift: 'Shift',
  opened: 'Opened',
  closed: 'Closed',
  tender: 'Tender',
  sales: 'Sales',
  refunds: 'Refunds',
  net: 'Net',
  total: 'Total',
  cash: 'Cash',
  cashFloat: 'Float',
  cashExpected: 'Expected',
  cashCounted: 'Counted',
  cashDifference: 'Over/short',
  inFlight: 'Orders not settled yet',
  signature: 'Signature',
  profile: 'Profile',
  columns: 'Columns',
  encoding: 'Encoding',
  qr: 'QR code',
} as const satisfies Readonly<Record<ReceiptWordName, string>>

export const receiptLabels: Readonly<Record<ReceiptLanguage, Readonly<Record<ReceiptWordName, string>>>> = {
  'zh-CN': labelsZh,
  en: labelsEn,
}

type ReceiptSentences = {
  readonly training: string
  readonly copy: (number: number, time: string) => string
  /** Not a paper of the receipt printer. */
  readonly electronic: (time: string) => string
  /** The original once more, because a person said that it did not print. */
  readonly sentAgain: (time: string) => string
  readonly till: (id: string) => string
  readonly wallets: Readonly<Record<Wallet, string>>
  readonly saleTitle: string
  readonly paid: string
  readonly refundTitle: string
  readonly refundDone: string
  readonly refundPending: string
  readonly refundFailed: string
  readonly revocationTitle: string
  readonly notCharged: string
  readonly notChargedWhy: string
  readonly returned: string
  readonly returnedWhy: string
  /** Outside the till, in the back office or in cash: a manager's word, which no answer of the wallet confirms. */
  readonly returnedByHandWhy: (manager: string) => string
  readonly interimReport: string
  readonly closingReport: string
  readonly supplement: (number: number) => string
  readonly count: (count: number) => string
  readonly even: string
  readonly testTitle: string
  readonly samples: { readonly chinese: string; readonly signs: string; readonly rare: string; readonly latin: string }
  readonly practiceTitle: string
  readonly practiceNote: string
}

const walletsZh = {
  wechat: '微信支付',
  alipay: '支付宝',
  unionpay: '云闪付',
  ecny: '数字人民币',
  qq: 'QQ钱包',
  bestpay: '翼支付',
  jd: '京东支付',
  'alipay-face': '支付宝刷脸',
} as const satisfies Readonly<Record<Wallet, string>>

const walletsEn = {
  wechat: 'WeChat Pay',
  alipay: 'Alipay',
  unionpay: 'UnionPay',
  ecny: 'Digital yuan',
  qq: 'QQ Wallet',
  bestpay: 'BestPay',
  jd: 'JD Pay',
  'alipay-face': 'Alipay face',
} as const satisfies Readonly<Record<Wallet, string>>

/** Everything that documents say beside their labels. */
export const receiptSentences: Readonly<Record<ReceiptLanguage, ReceiptSentences>> = {
  'zh-CN': {
    training: '训练模式 · 没有真的扣款',
    copy: (number, time) => `补打 第${number}份 ${time}`,
    electronic: (time) => `电子小票 ${time}`,
    sentAgain: (time) => `补打 前一张没打全 ${time}`,
    till: (id) => `${id} 号机`,
    wallets: walletsZh,
    saleTitle: '收款凭单',
    paid: '收款成功',
    refundTitle: '退款凭单',
    refundDone: '已原路退回',
    refundPending: '退款还没有确认',
    refundFailed: '退款失败,款项没有退回',
    revocationTitle: '撤销凭单',
    notCharged: '没有扣款',
    notChargedWhy: '这一单已关闭,支付渠道确认没有扣款。',
    returned: '款项已退回',
    returnedWhy: '这一单已撤销,已扣的款由支付渠道原路退回。',
    returnedByHandWhy: (manager) => `店长 ${manager} 核对后人工了结:款已在商户平台或用现金退给顾客。`,
    interimReport: '班次中途报告(X)',
    closingReport: '交班报告(Z)',
    supplement: (number) => `补充报告 第${number}份`,
    count: (count) => `${count} 笔`,
    even: '无差额',
    testTitle: '打印测试页',
    samples: { chinese: '常用字', signs: '符号', rare: '生僻字', latin: '字母' },
    practiceTitle: '练习付款码',
    practiceNote: '仅限训练模式,每个码用一次。',
  },
  en: {
    training: 'TRAINING - no real money moved',
    copy: (number, time) => `REPRINT ${number}, ${time}`,
    electronic: (time) => `E-RECEIPT, ${time}`,
    sentAgain: (time) => `REPRINT, former not whole, ${time}`,
    till: (id) => `Till ${id}`,
    wallets: walletsEn,
    saleTitle: 'Receipt',
    paid: 'Paid',
    refundTitle: 'Refund receipt',
    refundDone: 'Refunded the way it was paid',
    refundPending: 'Refund asked for, not confirmed yet',
    refundFailed: 'Refund failed: no money was returned',
    revocationTitle: 'Payment revoked',
    notCharged: 'You were not charged',
    notChargedWhy: 'This order is closed; the wallet confirms that nothing was charged.',
    returned: 'The money is returned',
    returnedWhy: 'This order was revoked; the wallet returns what was charged the way it came.',
    returnedByHandWhy: (manager) =>
      `Settled by hand by ${manager}, manager: the money went back to you in the back office or in cash.`,
    interimReport: 'Interim report (X)',
    closingReport: 'Shift report (Z)',
    supplement: (number) => `Supplement no. ${number}`,
    count: String,
    even: 'none',
    testTitle: 'Printer test page',
    samples: { chinese: 'Common', signs: 'Signs', rare: 'Rare', latin: 'Latin' },
    practiceTitle: 'Practice codes',
    practiceNote: 'They work in training only, each of them once.',
  },
}
