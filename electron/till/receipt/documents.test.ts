import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderNumber, RefundNumber, TransactionId } from '../ids.ts'
import { fen } from '../money.ts'
import { refundStatuses } from '../refund/refund.ts'
import { documentShapes, receiptLanguages } from './document.ts'
import { type PaperParts, signedMoneyText } from './paper.ts'
import { practiceSheet } from './practice-sheet.ts'
import { receiptSentences } from './receipt-words.ts'
import { refundReceipt } from './refund-receipt.ts'
import { revocationReceipt } from './revocation-receipt.ts'
import { saleReceipt } from './sale-receipt.ts'
import { type ShiftTotals, shiftReport } from './shift-report.ts'

const paper: PaperParts = {
  store: { name: '示例便利店' },
  till: { id: '01' },
  copy: 1,
  training: false,
  language: 'zh-CN',
  printedWallMs: Date.UTC(2026, 10, 30, 12),
}
const order = {
  orderNumber: 'S0010120261130K7QX000042' as OrderNumber,
  transactionId: '42' as TransactionId,
  wallet: 'alipay',
  status: 'paid',
  revokeEffect: null,
  settlement: null,
  amountFen: fen(1_234),
  statusSinceWallMs: Date.UTC(2026, 10, 30, 11),
} as const
const saleParts = { ...paper, order, staffName: null, goods: [], signedText: null }

test('a sale says what was paid, by which wallet and when, and nothing that it does not have', () => {
  const { fields } = saleReceipt({ ...saleParts, order: { ...order, transactionId: null } })
  assert.deepEqual(fields, {
    storeName: '示例便利店',
    title: '收款凭单',
    tillName: '01 号机',
    printed: '2026-11-30 20:00:00',
    outcome: '收款成功',
    amount: '￥12.34',
    time: '2026-11-30 19:00:00',
    wallet: '支付宝',
    orderNumber: order.orderNumber,
  })
})

test('the original bears no mark, every copy its number and time, a training paper that it is one', () => {
  assert.equal(saleReceipt({ ...saleParts, copy: 2 }).fields['copy'], '补打 第2份 2026-11-30 20:00:00')
  assert.equal(saleReceipt({ ...saleParts, copy: 'electronic' }).fields['copy'], '电子小票 2026-11-30 20:00:00')
  assert.equal(saleReceipt({ ...saleParts, sentAgain: true }).fields['copy'], '补打 前一张没打全 2026-11-30 20:00:00')
  assert.equal(saleReceipt({ ...saleParts, training: true }).fields['training'], '训练模式 · 没有真的扣款')
  for (const copy of [0, -1, 1.5, Number.NaN]) assert.throws(() => saleReceipt({ ...saleParts, copy }), RangeError)
})

test('no paper claims what no verified answer said', () => {
  for (const status of ['unknown', 'failed', 'revoked', 'attention'] as const) {
    assert.throws(() => saleReceipt({ ...saleParts, order: { ...order, status } }), /no sale receipt/)
  }
  assert.throws(() => revocationReceipt({ ...paper, order, staffName: null }), /no revocation receipt/)
  const revoked = { ...order, status: 'revoked' } as const
  assert.throws(() => revocationReceipt({ ...paper, order: revoked, staffName: null }), /no revocation receipt/)
})

test('a revocation says whether money was taken at all', () => {
  const said = (revokeEffect: 'closed' | 'refunded') =>
    revocationReceipt({ ...paper, order: { ...order, status: 'revoked', revokeEffect }, staffName: null }).fields
  const words = receiptSentences['zh-CN']
  assert.deepEqual([said('closed')['outcome'], said('closed')['explanation']], [words.notCharged, words.notChargedWhy])
  assert.deepEqual([said('refunded')['outcome'], said('refunded')['explanation']], [words.returned, words.returnedWhy])
})

test('a refund says that the money went back only when it is done', () => {
  for (const language of receiptLanguages) {
    const words = receiptSentences[language]
    for (const status of refundStatuses) {
      const { fields } = refundReceipt({
        ...paper,
        language,
        refund: {
          ...order,
          refundNumber: 'S0010120261130K7QX000042R1' as RefundNumber,
          status,
          orderAmountFen: fen(5_000),
          reason: '',
        },
        staffName: '王',
        managerName: null,
      })
      const expected =
        status === 'done' ? words.refundDone : status === 'failed' ? words.refundFailed : words.refundPending
      assert.equal(fields['outcome'], expected, status)
      assert.deepEqual([fields['amount'], fields['paidAmount']], ['￥12.34', '￥50.00'])
      assert.ok(!('reason' in fields) && !('manager' in fields))
    }
  }
})

test('money that a manager returned outside the till is told as the manager’s word, not as the wallet’s', () => {
  const settlement = {
    kind: 'by-hand',
    decision: 'money-returned',
    reason: '现金',
    manager: '王芳',
    wallMs: 0,
  } as const
  const byHand = { ...order, status: 'revoked', revokeEffect: 'refunded', settlement } as const
  for (const language of receiptLanguages) {
    const { fields } = revocationReceipt({ ...paper, language, order: byHand, staffName: null })
    assert.match(String(fields['explanation']), /王芳/)
    assert.doesNotMatch(String(fields['explanation']), /原路|the way it came/)
    const byWallet = revocationReceipt({ ...paper, language, order: { ...byHand, settlement: null }, staffName: null })
    assert.match(String(byWallet.fields['explanation']), /原路|the way it came/)
  }
})

const totals: ShiftTotals = {
  shiftNumber: '1',
  openedWallMs: 0,
  openedBy: null,
  closedWallMs: null,
  closedBy: null,
  supplement: 0,
  tenders: [
    {
      tender: { channel: 'wechat' },
      sales: { count: 2, amountFen: fen(300) },
      refunds: { count: 1, amountFen: fen(500) },
    },
    { tender: 'cash', sales: { count: 1, amountFen: fen(50) }, refunds: { count: 0, amountFen: fen(0) } },
  ],
  cash: null,
  inFlight: [],
}

test('a shift’s totals are the sums of its tenders, below zero too', () => {
  const { fields, lists } = shiftReport({ ...paper, totals })
  assert.deepEqual([fields['salesTotal'], fields['refundsTotal'], fields['netTotal']], ['￥3.50', '-￥5.00', '-￥1.50'])
  assert.deepEqual([fields['salesCount'], fields['refundsCount']], ['3 笔', '1 笔'])
  assert.deepEqual(lists['tenders']?.[0], {
    name: '微信支付',
    salesCount: '2 笔',
    sales: '￥3.00',
    refundsCount: '1 笔',
    refunds: '-￥5.00',
    net: '-￥2.00',
  })
  assert.equal(lists['tenders']?.[1]?.['refunds'], '￥0.00')
})

test('a channel that is called as its wallet has the wallet’s name, any other its own', () => {
  const [first, second] = totals.tenders
  assert.ok(first && second)
  const { lists } = shiftReport({
    ...paper,
    totals: { ...totals, tenders: [first, { ...first, tender: { channel: 'second-shop' } }, second] },
  })
  assert.deepEqual(
    lists['tenders']?.map(({ name }) => name),
    ['微信支付', 'second-shop', '现金'],
  )
})

test('before a blind count neither the expected sum nor the difference stands on paper', () => {
  const report = (cash: ShiftTotals['cash']) => shiftReport({ ...paper, totals: { ...totals, cash } }).fields
  const blind = report({ floatFen: fen(100), expectedFen: null, countedFen: fen(150) })
  assert.ok(!('cashExpected' in blind) && !('cashDifference' in blind))
  const counted = (countedFen: number) =>
    report({ floatFen: fen(100), expectedFen: fen(150), countedFen: fen(countedFen) })['cashDifference']
  assert.deepEqual([counted(150), counted(149), counted(160)], ['无差额', '-￥0.01', '￥0.10'])
})

test('X while the shift runs, Z at its end, a supplement after it', () => {
  const report = (change: Partial<ShiftTotals>) => shiftReport({ ...paper, totals: { ...totals, ...change } }).fields
  assert.match(report({})['title'] ?? '', /X/)
  assert.match(report({ closedWallMs: 1 })['title'] ?? '', /Z/)
  assert.ok(!('supplement' in report({ closedWallMs: 1 })))
  assert.match(report({ closedWallMs: 1, supplement: 2 })['supplement'] ?? '', /2/)
})

test('practice codes are printed in training only', () => {
  assert.throws(() => practiceSheet({ ...paper, codes: [] }), /training/)
  const codes = [{ name: 'x', digits: '990000000000000001' }]
  assert.deepEqual(practiceSheet({ ...paper, training: true, codes }).lists, { codes })
})

test('a difference that is no whole number of fen is a bug', () => {
  for (const value of [0.5, Number.NaN, 2 ** 53]) assert.throws(() => signedMoneyText(value), RangeError)
})

test('a document has no field that its shape does not name', () => {
  const names: readonly string[] = documentShapes.sale.fields
  const { fields } = saleReceipt({ ...saleParts, copy: 2, training: true, staffName: 'x', signedText: 'y' })
  assert.deepEqual(Object.keys(fields).sort(), [...names].sort())
})
