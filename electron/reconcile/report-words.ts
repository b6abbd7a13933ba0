import type { ReconcileLight } from '../api/reconcile-views.ts'
import type { DifferenceCause } from '../till/reconcile/causes.ts'

/** The words of an exported report in one language. */
export type ReportWords = {
  readonly title: string
  readonly lights: Readonly<Record<ReconcileLight, string>>
  readonly facts: {
    readonly store: string
    readonly channel: string
    readonly date: string
    readonly run: string
    readonly result: string
    readonly lines: string
    readonly matched: string
    readonly billNet: string
    readonly bookNet: string
    readonly gap: string
    readonly file: string
    readonly signedBy: string
  }
  readonly columns: readonly [string, string, string, string, string, string, string, string, string, string]
  readonly causes: Readonly<Record<DifferenceCause, string>>
  readonly acts: { readonly 'mark-seen': string; readonly 'hand-to-desk': string }
}

export const reportWords = {
  'zh-CN': {
    title: '对账报告',
    lights: { agrees: '一致', explained: '有差异,已说明', look: '需处理', 'no-bill-yet': '暂无账单' },
    facts: {
      store: '门店',
      channel: '渠道',
      date: '账单日',
      run: '第几次对账',
      result: '结果',
      lines: '账单行数',
      matched: '对上',
      billNet: '账单净额',
      bookNet: '本机净额',
      gap: '差额',
      file: '账单文件 SHA-256',
      signedBy: '签核',
    },
    columns: ['原因', '订单号', '退款单号', '账单行', '差额', '本机金额', '账单金额', '账单时间', '处理', '说明'],
    causes: {
      'paid-there-unknown-here': '账单已付,本机未知',
      'late-success-after-revoke': '撤销后又扣款',
      'paid-here-missing-there': '本机已付,账单没有',
      'charged-twice': '同一订单扣款两次',
      'amount-differs': '金额不同',
      'revoked-there-not-here': '账单已撤销,本机没有',
      'revoke-made-refund': '撤销产生退款',
      'revoked-here-missing-there': '本机已退,账单从未扣款',
      'refund-in-flight': '退款在途',
      'refunded-here-missing-there': '本机已退款,账单没有',
      'refunded-there-not-here': '账单有退款,本机没有',
      'other-day-line': '属于相邻日期',
      'another-till': '其他收银台的订单',
      'another-merchant': '其他商户的行',
      'unknown-order': '未知订单',
      'duplicated-line': '重复行',
      'fee-differs': '手续费不同',
      'bill-incomplete': '账单不完整',
    },
    acts: { 'mark-seen': '已看过', 'hand-to-desk': '交人工处理' },
  },
  en: {
    title: 'Reconciliation report',
    lights: { agrees: 'agrees', explained: 'explained', look: 'somebody must look', 'no-bill-yet': 'no bill yet' },
    facts: {
      store: 'Store',
      channel: 'Channel',
      date: 'Day',
      run: 'Run',
      result: 'Result',
      lines: 'Lines of the bill',
      matched: 'Matched',
      billNet: 'Bill, net',
      bookNet: 'Ledger, net',
      gap: 'Difference',
      file: 'SHA-256 of the bill',
      signedBy: 'Signed off',
    },
    columns: [
      'Cause',
      'Order number',
      'Refund number',
      'Line',
      'Difference',
      'Ledger amount',
      'Bill amount',
      'Bill time',
      'Done',
      'Note',
    ],
    causes: {
      'paid-there-unknown-here': 'paid there, unknown here',
      'late-success-after-revoke': 'charged after the revoke',
      'paid-here-missing-there': 'paid here, missing there',
      'charged-twice': 'charged twice',
      'amount-differs': 'amount differs',
      'revoked-there-not-here': 'revoked there, not here',
      'revoke-made-refund': 'the revoke made a refund',
      'revoked-here-missing-there': 'returned here, never charged there',
      'refund-in-flight': 'refund on its way',
      'refunded-here-missing-there': 'refunded here, missing there',
      'refunded-there-not-here': 'refunded there, not here',
      'other-day-line': 'belongs to a neighbouring day',
      'another-till': 'another till',
      'another-merchant': 'another merchant',
      'unknown-order': 'unknown order',
      'duplicated-line': 'line twice',
      'fee-differs': 'fee differs',
      'bill-incomplete': 'bill incomplete',
    },
    acts: { 'mark-seen': 'seen', 'hand-to-desk': 'handed to the desk' },
  },
} as const satisfies Readonly<Record<'zh-CN' | 'en', ReportWords>>
