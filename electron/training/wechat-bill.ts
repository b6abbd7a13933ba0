import { shanghaiDateTime } from '../till/time.ts'
import { type Movement, movementSums, practiceFeeFen, signedYuan } from './movements.ts'
import { wechatTransactionId } from './wechat-answer.ts'

const header =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'
const summaryHeader = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'

/** WeChat's 交易账单 of kind ALL: a byte order mark, CRLF, a back-tick before each cell of a data line (wechat.md §7.2). */
export function wechatBillText(
  movements: readonly Movement[],
  merchant: { readonly appId: string; readonly merchantId: string },
): string {
  const lines = movements.map((movement) => cells(billLine(movement, merchant)))
  const { charges, returns, chargedFen, returnedFen, feeFen } = movementSums(movements)
  const charged = signedYuan(chargedFen)
  const returned = signedYuan(returnedFen)
  // The counts and the fee have other forms than the amounts (§7.2).
  const summary = [`${charges + returns}.0`, charged, returned, '0.00', `${signedYuan(feeFen)}000`, charged, returned]
  return `\uFEFF${[header, ...lines, summaryHeader, cells(summary)].join('\r\n')}\r\n`
}

const cells = (values: readonly string[]): string => values.map((value) => `\`${value}`).join(',')

function billLine(
  { kind, order, refundNumber, amountFen, atMs }: Movement,
  { appId, merchantId }: { readonly appId: string; readonly merchantId: string },
): readonly string[] {
  const isCharge = kind === 'charge'
  const amount = signedYuan(amountFen)
  const none = '0.00'
  const refundId = `50300009${String(Math.floor(atMs / 1_000))}${String(order.sequence).padStart(10, '0')}`
  const fee = isCharge ? practiceFeeFen(amountFen) : -practiceFeeFen(amountFen)
  return [
    shanghaiDateTime(atMs),
    appId,
    merchantId,
    '0',
    '',
    wechatTransactionId(order),
    order.orderNumber,
    'oPracticeOpenId0000000000001',
    'MICROPAY',
    isCharge ? 'SUCCESS' : kind === 'refund' ? 'REFUND' : 'REVOKED',
    'OTHERS',
    'CNY',
    isCharge ? amount : none,
    none,
    isCharge ? '0' : refundId,
    isCharge ? '0' : (refundNumber ?? ''),
    isCharge ? none : amount,
    none,
    isCharge ? '' : 'ORIGINAL',
    isCharge ? '' : 'SUCCESS',
    '练习,不收钱',
    '',
    `${signedYuan(fee)}000`,
    '0.60%',
    isCharge ? amount : none,
    isCharge ? none : amount,
    '',
  ]
}
