import { shanghaiDateTime } from '../../till/time.ts'
import { type Movement, movementSums, practiceFeeFen, signedYuan } from '../movements.ts'
import { qraTransactionId } from './answer.ts'

const header =
  '交易时间,公众账号ID,第三方商户号,商户号,子商户号,设备编号,平台订单号,第三方订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,总金额,企业红包金额,平台退款单号,商户退款单号,退款金额,企业红包退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,终端类型,对账标识,门店编号,商户名称,收银员,子商户ID,免充值券金额,实收金额,结算金额,扩展字段2,扩展字段3,扩展字段4'
const summaryHeader = '总交易单数,总交易额,总退款金额,总企业红包退款金额,总手续费金额,总实收金额'

/** The gateway's bill ALL of one merchant: 38 columns, a summary of 6 (swiftpass.md §8, field notes). */
export function qraBillText(movements: readonly Movement[], merchantId: string): string {
  const { charges, chargedFen, returnedFen, feeFen } = movementSums(movements)
  const summary = [
    String(charges),
    signedYuan(chargedFen),
    signedYuan(returnedFen),
    '0.00',
    signedYuan(feeFen),
    signedYuan(chargedFen - returnedFen),
  ]
  const lines = movements.map((movement) => cells(billLine(movement, merchantId)))
  return `\uFEFF${[header, ...lines, summaryHeader, cells(summary)].join('\n')}\n`
}

const cells = (values: readonly string[]): string => values.map((value) => `\`${value}`).join(',')

function billLine({ kind, order, refundNumber, amountFen, atMs }: Movement, merchantId: string): readonly string[] {
  const isCharge = kind === 'charge'
  const amount = signedYuan(amountFen)
  const fee = practiceFeeFen(amountFen)
  const transaction = qraTransactionId(order)
  const returned = isCharge
    ? ['', '', '', '', '', '']
    : [`${transaction}9`, refundNumber ?? '', amount, '0.00', 'ORIGINAL', '退款成功']
  const net = signedYuan(isCharge ? amountFen - fee : fee - amountFen)
  return [
    ...[shanghaiDateTime(atMs), '', '', merchantId, '', '', transaction, '', order.orderNumber, ''],
    ...['unified.trade.micropay', isCharge ? '支付成功' : '转入退款', 'OTHERS', 'CNY', amount, '0.00'],
    ...returned,
    ...['练习', '', signedYuan(isCharge ? fee : -fee), '0.600%', 'API', '0', '', '练习商户', '', ''],
    ...['0.00', amount, net, '', '', ''],
  ]
}
