import { type BackquoteForm, openBackquoteBill } from '../backquote-bill.ts'
import type { BillFormat } from '../bill-reading.ts'

/** The merchant's bill of the aggregate gateway (swiftpass.md §8): by name, because its columns differ by year. */
const qraForm: BackquoteForm = {
  columns: {
    time: ['交易时间'],
    merchant: ['商户号'],
    subMerchant: ['子商户号'],
    place: ['设备编号', '设备号'],
    transaction: ['平台订单号', '第三方订单号'],
    order: ['商户订单号'],
    state: ['交易状态'],
    orderAmount: ['总金额'],
    settledAmount: ['总金额'],
    refundNumber: ['商户退款单号'],
    refundAmount: ['退款金额'],
    settledRefund: ['退款金额'],
    refundState: ['退款状态'],
    fee: ['手续费'],
    rate: ['费率'],
    product: ['商品名称'],
    attach: ['商户数据包'],
  },
  states: {
    支付成功: 'charge',
    转入退款: 'refund',
    已撤销: 'revoke',
    已冲正: 'revoke',
    SUCCESS: 'charge',
    REFUND: 'refund',
    REVOKED: 'revoke',
    REVERSE: 'revoke',
  },
  failedRefundStates: ['退款失败', 'FAIL', 'CHANGE'],
  summary: {
    begins: '总交易单数',
    lines: ['总交易单数'],
    charged: ['总交易额'],
    returned: ['总退款金额'],
    fee: ['总手续费金额'],
    // Whether refunds are counted among 总交易单数 is unconfirmed.
    countsLines: false,
  },
  otherBills: ['结算单号', '划账', '资金'],
}

/** The bill `ALL` of UnionPay's QRA and its likes. */
export const qraBillFormat: BillFormat = {
  extension: 'csv',
  openReader: (expected, take) => openBackquoteBill(qraForm, expected, take),
  dayBeginsAtHour: 0,
  hasCalendarDay: true,
  foreignRefundIsRevoke: true,
}
