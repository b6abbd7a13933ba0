import { type BackquoteForm, openBackquoteBill } from './backquote-bill.ts'
import type { BillFormat } from './bill-reading.ts'

/** 交易账单 of both API versions (wechat.md §7.2, §12): names of all generations of the columns, the newest first. */
const wechatForm: BackquoteForm = {
  columns: {
    time: ['交易时间'],
    merchant: ['商户号'],
    subMerchant: ['特约商户号', '子商户号'],
    place: ['设备号'],
    transaction: ['微信订单号'],
    order: ['商户订单号'],
    state: ['交易状态'],
    orderAmount: ['订单金额', '总金额'],
    settledAmount: ['应结订单金额', '总金额'],
    refundNumber: ['商户退款单号'],
    refundAmount: ['申请退款金额', '退款金额'],
    settledRefund: ['退款金额'],
    refundState: ['退款状态'],
    fee: ['手续费'],
    rate: ['费率'],
    product: ['商品名称'],
    attach: ['商户数据包'],
  },
  states: { SUCCESS: 'charge', REFUND: 'refund', REVOKED: 'revoke' },
  failedRefundStates: ['FAIL', 'CHANGE'],
  summary: {
    begins: '总交易单数',
    lines: ['总交易单数'],
    charged: ['订单总金额', '总交易额'],
    returned: ['申请退款总金额', '退款总金额', '总退款金额'],
    fee: ['手续费总金额'],
    countsLines: true,
  },
  otherBills: ['资金流水单号', '微信支付账单明细', '记账时间', '收支类型', '业务凭证号'],
}

/** WeChat Pay's 交易账单, kind ALL. */
export const wechatBillFormat: BillFormat = {
  extension: 'csv',
  openReader: (expected, take) => openBackquoteBill(wechatForm, expected, take),
  dayBeginsAtHour: 0,
  hasCalendarDay: true,
  foreignRefundIsRevoke: false,
}
