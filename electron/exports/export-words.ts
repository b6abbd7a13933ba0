import type { HistoryKind, HistoryState, Language } from '../api/contract.ts'
import type { CashKind } from '../till/cash/cash.ts'
import type { Wallet } from '../till/payment-code.ts'
import type { DifferenceCause } from '../till/reconcile/causes.ts'

/** What stands in exported tables, in one language. The channel's own names stay as the configuration has them. */
export type ExportWords = {
  readonly sheets: {
    readonly transactions: string
    readonly totals: string
    readonly shift: string
    readonly open: string
    readonly supplements: string
    readonly reconciliation: string
    readonly differences: string
  }
  readonly titles: {
    readonly time: string
    readonly kind: string
    readonly number: string
    readonly orderNumber: string
    readonly refundNumber: string
    readonly amount: string
    readonly state: string
    readonly sold: string
    readonly returned: string
    readonly net: string
    readonly tender: string
    readonly channel: string
    readonly wallet: string
    readonly cashier: string
    readonly shift: string
    readonly transactionId: string
    readonly lastDigits: string
    readonly side: string
    readonly key: string
    readonly sales: string
    readonly returns: string
    readonly revokes: string
    readonly revoked: string
    readonly openOrders: string
    readonly openRefunds: string
    readonly fact: string
    readonly value: string
    readonly before: string
    readonly after: string
    readonly cause: string
    readonly difference: string
    readonly line: string
  }
  readonly kinds: { readonly [Kind in Exclude<HistoryKind, 'cash'>]: string }
  readonly cashKinds: { readonly [Kind in CashKind]: string }
  readonly states: { readonly [State in HistoryState]: string }
  readonly revokeEffects: { readonly closed: string; readonly refunded: string }
  readonly tenders: { readonly code: string; readonly cash: string }
  readonly wallets: { readonly [Name in Wallet]: string }
  readonly sides: {
    readonly whole: string
    readonly tender: string
    readonly channel: string
    readonly wallet: string
    readonly cashier: string
    readonly hour: string
    readonly day: string
  }
  readonly facts: {
    readonly shift: string
    readonly report: string
    readonly businessDay: string
    readonly opened: string
    readonly made: string
    readonly sold: string
    readonly returned: string
    readonly net: string
    readonly drawer: string
    readonly counted: string
    readonly expected: string
    readonly difference: string
    readonly reason: string
    readonly allowedBy: string
    readonly amendedNet: string
    readonly cashHidden: string
    readonly channel: string
    readonly date: string
    readonly run: string
    readonly file: string
    readonly sha256: string
    readonly lines: string
    readonly matched: string
    readonly billNet: string
    readonly bookNet: string
  }
  readonly reports: { readonly x: string; readonly z: string }
  readonly nobody: string
  readonly causes: { readonly [Cause in DifferenceCause]: string }
}

const chinese: ExportWords = {
  sheets: {
    transactions: '交易明细',
    totals: '汇总',
    shift: '班次报表',
    open: '未结清',
    supplements: '补充记录',
    reconciliation: '对账',
    differences: '差异',
  },
  titles: {
    time: '时间',
    kind: '类型',
    number: '编号',
    orderNumber: '商户单号',
    refundNumber: '退款单号',
    amount: '金额(元)',
    state: '状态',
    sold: '收款(元)',
    returned: '退款(元)',
    net: '净额(元)',
    tender: '支付方式',
    channel: '渠道',
    wallet: '钱包',
    cashier: '收银员',
    shift: '班次',
    transactionId: '交易单号',
    lastDigits: '付款码末四位',
    side: '分组',
    key: '项目',
    sales: '收款笔数',
    returns: '退款笔数',
    revokes: '撤销笔数',
    revoked: '撤销金额(元)',
    openOrders: '未定订单数',
    openRefunds: '未定退款数',
    fact: '项目',
    value: '内容',
    before: '之前净额(元)',
    after: '之后净额(元)',
    cause: '原因',
    difference: '差额(元)',
    line: '账单行',
  },
  kinds: { order: '收款', refund: '退款', revocation: '撤销' },
  cashKinds: {
    taken: '现金收款',
    returned: '现金退款',
    'paid-in': '存入钱箱',
    'paid-out': '取出钱箱',
    'drawer-opened': '打开钱箱',
  },
  states: {
    created: '准备发送',
    paying: '正在收款',
    'awaiting-payer': '等待顾客',
    unknown: '结果未知',
    revoking: '正在撤销',
    paid: '已收款',
    failed: '未成功',
    revoked: '已撤销',
    attention: '待人工处理',
    requested: '正在退款',
    processing: '钱包处理中',
    done: '已退款',
    recorded: '已记录',
  },
  revokeEffects: { closed: '已撤销 · 未扣款', refunded: '已撤销 · 已退款' },
  tenders: { code: '付款码', cash: '现金' },
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
  sides: {
    whole: '合计',
    tender: '按支付方式',
    channel: '按渠道',
    wallet: '按钱包',
    cashier: '按收银员',
    hour: '按小时',
    day: '按营业日',
  },
  facts: {
    shift: '班次',
    report: '报表',
    businessDay: '营业日',
    opened: '开班时间',
    made: '报表时间',
    sold: '收款(元)',
    returned: '退款(元)',
    net: '净额(元)',
    drawer: '钱箱现金变动(元)',
    counted: '实点现金(元)',
    expected: '应有现金(元)',
    difference: '长短款(元)',
    reason: '差异原因',
    allowedBy: '批准人',
    amendedNet: '补充后净额(元)',
    cashHidden: '现金在盘点前不显示',
    channel: '渠道',
    date: '日期',
    run: '第几次对账',
    file: '账单文件',
    sha256: '文件 SHA-256',
    lines: '账单行数',
    matched: '相符笔数',
    billNet: '账单净额(元)',
    bookNet: '本机净额(元)',
  },
  reports: { x: 'X 报表(未交班)', z: 'Z 报表(已交班)' },
  nobody: '无人登录',
  causes: {
    'paid-there-unknown-here': '对方已收款,本机未知',
    'late-success-after-revoke': '撤销后仍扣款',
    'paid-here-missing-there': '本机已收款,账单没有',
    'charged-twice': '同一单号扣款两次',
    'amount-differs': '金额不符',
    'revoked-there-not-here': '对方已撤销,本机没有',
    'revoke-made-refund': '撤销时已退款',
    'revoked-here-missing-there': '本机已撤销退款,账单没有',
    'refund-in-flight': '退款在途',
    'refunded-here-missing-there': '本机已退款,账单没有',
    'refunded-there-not-here': '对方已退款,本机没有',
    'other-day-line': '属于相邻日期',
    'another-till': '其他收银台',
    'another-merchant': '其他商户号',
    'unknown-order': '未知单号',
    'duplicated-line': '重复行',
    'fee-differs': '手续费不符',
    'bill-incomplete': '账单不完整',
  },
}

const english: ExportWords = {
  sheets: {
    transactions: 'Transactions',
    totals: 'Totals',
    shift: 'Shift report',
    open: 'Not decided',
    supplements: 'Supplements',
    reconciliation: 'Reconciliation',
    differences: 'Differences',
  },
  titles: {
    time: 'Time',
    kind: 'Kind',
    number: 'Number',
    orderNumber: 'Order number',
    refundNumber: 'Refund number',
    amount: 'Amount (yuan)',
    state: 'State',
    sold: 'Collected (yuan)',
    returned: 'Given back (yuan)',
    net: 'Net (yuan)',
    tender: 'Tender',
    channel: 'Channel',
    wallet: 'Wallet',
    cashier: 'Cashier',
    shift: 'Shift',
    transactionId: 'Transaction id',
    lastDigits: 'Code’s last digits',
    side: 'Group',
    key: 'Item',
    sales: 'Sales',
    returns: 'Refunds',
    revokes: 'Revokes',
    revoked: 'Revoked (yuan)',
    openOrders: 'Orders not decided',
    openRefunds: 'Refunds not decided',
    fact: 'Item',
    value: 'Value',
    before: 'Net before (yuan)',
    after: 'Net after (yuan)',
    cause: 'Cause',
    difference: 'Difference (yuan)',
    line: 'Line of the bill',
  },
  kinds: { order: 'Sale', refund: 'Refund', revocation: 'Revoke' },
  cashKinds: {
    taken: 'Cash sale',
    returned: 'Cash refund',
    'paid-in': 'Paid in',
    'paid-out': 'Paid out',
    'drawer-opened': 'Drawer opened',
  },
  states: {
    created: 'Preparing',
    paying: 'Charging',
    'awaiting-payer': 'Customer confirms',
    unknown: 'Not known yet',
    revoking: 'Revoking',
    paid: 'Paid',
    failed: 'Failed',
    revoked: 'Revoked',
    attention: 'Needs a person',
    requested: 'Refunding',
    processing: 'The wallet works on it',
    done: 'Refunded',
    recorded: 'Recorded',
  },
  revokeEffects: { closed: 'Revoked · not charged', refunded: 'Revoked · money returned' },
  tenders: { code: 'Payment code', cash: 'Cash' },
  wallets: {
    wechat: 'WeChat Pay',
    alipay: 'Alipay',
    unionpay: 'UnionPay',
    ecny: 'e-CNY',
    qq: 'QQ Wallet',
    bestpay: 'BestPay',
    jd: 'JD Pay',
    'alipay-face': 'Alipay face',
  },
  sides: {
    whole: 'All',
    tender: 'By tender',
    channel: 'By channel',
    wallet: 'By wallet',
    cashier: 'By cashier',
    hour: 'By hour',
    day: 'By business day',
  },
  facts: {
    shift: 'Shift',
    report: 'Report',
    businessDay: 'Business day',
    opened: 'Opened',
    made: 'Made',
    sold: 'Collected (yuan)',
    returned: 'Given back (yuan)',
    net: 'Net (yuan)',
    drawer: 'Change of the drawer’s cash (yuan)',
    counted: 'Cash counted (yuan)',
    expected: 'Cash expected (yuan)',
    difference: 'Over or short (yuan)',
    reason: 'Reason of the difference',
    allowedBy: 'Allowed by',
    amendedNet: 'Net with supplements (yuan)',
    cashHidden: 'Cash is not told before it is counted',
    channel: 'Channel',
    date: 'Day',
    run: 'Run',
    file: 'Bill file',
    sha256: 'SHA-256 of the file',
    lines: 'Lines of the bill',
    matched: 'Matched',
    billNet: 'Bill’s net (yuan)',
    bookNet: 'Our net (yuan)',
  },
  reports: { x: 'X report (shift not closed)', z: 'Z report (shift closed)' },
  nobody: 'Nobody signed in',
  causes: {
    'paid-there-unknown-here': 'Paid there, not known here',
    'late-success-after-revoke': 'Charged in spite of a revoke',
    'paid-here-missing-there': 'Paid here, missing in the bill',
    'charged-twice': 'Charged twice under one number',
    'amount-differs': 'Amounts differ',
    'revoked-there-not-here': 'Revoked there, not here',
    'revoke-made-refund': 'The revoke returned money',
    'revoked-here-missing-there': 'Returned by a revoke here, missing in the bill',
    'refund-in-flight': 'Refund on its way',
    'refunded-here-missing-there': 'Refunded here, missing in the bill',
    'refunded-there-not-here': 'Refunded there, not here',
    'other-day-line': 'Belongs to the day beside',
    'another-till': 'Another till',
    'another-merchant': 'Another merchant number',
    'unknown-order': 'Unknown number',
    'duplicated-line': 'Line stands twice',
    'fee-differs': 'Fee differs',
    'bill-incomplete': 'Bill is not whole',
  },
}

export const exportWords: { readonly [Name in Language]: ExportWords } = { 'zh-CN': chinese, en: english }
