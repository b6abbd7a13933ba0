import type { OrderNumber, RefundNumber, TransactionId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { caseSlip } from '../till/receipt/case-slip.ts'
import type { DocumentKind, ReceiptDocument, ReceiptLanguage } from '../till/receipt/document.ts'
import type { PaperParts } from '../till/receipt/paper.ts'
import { practiceSheet } from '../till/receipt/practice-sheet.ts'
import { refundReceipt } from '../till/receipt/refund-receipt.ts'
import { revocationReceipt } from '../till/receipt/revocation-receipt.ts'
import { saleReceipt } from '../till/receipt/sale-receipt.ts'
import { shiftReport } from '../till/receipt/shift-report.ts'
import { testPage } from '../till/receipt/test-page.ts'
import type { ReceiptProfile } from './receipt-profiles.ts'

/** 2026-11-30 19:39:14 in Shanghai. */
const soldWallMs = Date.UTC(2026, 10, 30, 11, 39, 14)
const minuteMs = 60_000

/** What a sample is shown as. */
export type SampleParts = {
  readonly profile: ReceiptProfile
  readonly language: ReceiptLanguage
  readonly copy?: number
  readonly training?: boolean
  readonly signedText?: string | null
}

// Ids as the till makes them; samples are never sent.
const orderNumber = 'S0010120261130K7QX000042' as OrderNumber
const refundNumber = 'S0010120261130K7QX000042R1' as RefundNumber
const transactionId = '4200002456202611304567890123' as TransactionId

/** A document of each kind with everything on it that it can have: for the preview of a template, and for pictures. */
export function sampleDocument(kind: DocumentKind, parts: SampleParts): ReceiptDocument {
  const { profile, language, copy = 1, training = false, signedText = null } = parts
  const isChinese = language === 'zh-CN'
  const staffName = isChinese ? '王小明' : 'Wang Xiaoming'
  const managerName = isChinese ? '李店长' : 'Manager Li'
  const paper: PaperParts = {
    store: { name: isChinese ? '示例便利店' : 'Corner Shop' },
    till: { id: '01' },
    copy,
    training,
    language,
    printedWallMs: soldWallMs + 5_000,
  }
  const order = {
    orderNumber,
    transactionId,
    wallet: 'wechat',
    amountFen: fen(3_580),
    createdWallMs: soldWallMs - 5_000,
    statusSinceWallMs: soldWallMs,
    caseOwner: managerName,
  } as const
  switch (kind) {
    case 'sale':
      return saleReceipt({
        ...paper,
        order: { ...order, status: 'paid' },
        staffName,
        goods: [
          { name: isChinese ? '矿泉水 550ml' : 'Still water 550 ml', quantity: 'x2', amountFen: fen(400) },
          { name: isChinese ? '手工牛肉饭团(微辣)' : 'Beef rice ball', quantity: 'x3', amountFen: fen(3_180) },
        ],
        signedText,
      })
    case 'refund':
      return refundReceipt({
        ...paper,
        refund: {
          ...order,
          refundNumber,
          status: 'done',
          amountFen: fen(1_060),
          orderAmountFen: order.amountFen,
          reason: isChinese ? '饭团少给一个' : 'One rice ball missing',
        },
        staffName,
        managerName,
      })
    case 'revocation':
      return revocationReceipt({
        ...paper,
        order: { ...order, status: 'revoked', revokeEffect: 'refunded', settlement: null },
        staffName,
      })
    case 'case-slip':
      return caseSlip({
        ...paper,
        order,
        facts: { money: { known: 'not-known' }, revokeUntilWallMs: soldWallMs + 7 * 24 * 60 * minuteMs },
        staffName,
      })
    case 'shift-report':
      return shiftReport({
        ...paper,
        totals: {
          shiftNumber: '20261130-01-2',
          openedWallMs: soldWallMs - 8 * 60 * minuteMs,
          openedBy: staffName,
          closedWallMs: soldWallMs,
          closedBy: managerName,
          supplement: 0,
          tenders: [
            {
              tender: { channel: 'wechat' },
              sales: { count: 214, amountFen: fen(842_350) },
              refunds: { count: 2, amountFen: fen(4_120) },
            },
            {
              tender: { channel: 'alipay' },
              sales: { count: 96, amountFen: fen(401_900) },
              refunds: { count: 0, amountFen: fen(0) },
            },
            { tender: 'cash', sales: { count: 12, amountFen: fen(31_600) }, refunds: { count: 0, amountFen: fen(0) } },
          ],
          cash: { floatFen: fen(50_000), expectedFen: fen(81_600), countedFen: fen(81_550) },
          inFlight: [{ orderNumber, amountFen: order.amountFen }],
        },
      })
    case 'test-page':
      return testPage({ ...paper, profile })
    case 'practice-codes':
      // Of the form of no wallet's code: a picture in the documents must not be one that somebody scans.
      return practiceSheet({
        ...paper,
        training: true,
        codes: [
          { name: isChinese ? '微信支付 · 立即付款' : 'WeChat Pay: pays at once', digits: '990000000000000001' },
          { name: isChinese ? '支付宝 · 余额不足' : 'Alipay: balance too low', digits: '990000000000000002' },
        ],
      })
  }
}
