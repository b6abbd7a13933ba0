import { shanghaiCalendar, shanghaiDateTime } from '../till/time.ts'
import { alipayTradeNumber } from './alipay-answer.ts'
import { gb18030Bytes } from './gb18030-text.ts'
import { type Movement, movementSums, practiceFeeFen, signedYuan } from './movements.ts'
import { zipArchive } from './zip-archive.ts'

const dayMs = 86_400_000
/** The practice merchant's account; Alipay puts 0156 behind it (alipay.md §6). */
const account = '20881000000000010156'
const tab = '\t'

const header =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注'
const summaryHeader =
  '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）'

/** Alipay's zip of a day: detail and summary in GBK, names too (alipay.md §6). */
export function alipayBillArchive(movements: readonly Movement[], dayStartMs: number, madeAtMs: number): Buffer {
  const { year, month, day } = shanghaiCalendar(dayStartMs)
  const name = `${account}_${year}${month}${day}_业务明细`
  return zipArchive([
    { name: gb18030Bytes(`${name}.csv`), bytes: alipayBillDetail(movements, dayStartMs, madeAtMs) },
    { name: gb18030Bytes(`${name}(汇总).csv`), bytes: gb18030Bytes(summaryText(movements, dayStartMs, madeAtMs)) },
  ])
}

function frame(
  title: string,
  list: string,
  dayStartMs: number,
  madeAtMs: number,
  lines: readonly string[],
  totals: readonly string[],
): string {
  const moment = (wallMs: number): string => {
    const { year, month, day, hour, minute, second } = shanghaiCalendar(wallMs)
    return `${year}年${month}月${day}日 ${hour}:${minute}:${second}`
  }
  const dashes = '-'.repeat(41)
  return `${[
    `#支付宝${title}查询`,
    `#账号：[${account}]`,
    `#起始日期：[${moment(dayStartMs)}]   终止日期：[${moment(dayStartMs + dayMs)}]`,
    `#${dashes}${list}列表${dashes}`,
    ...lines,
    `#${dashes}${list}列表结束${dashes}`,
    ...totals,
    `#导出时间：[${moment(madeAtMs)}]`,
  ].join('\r\n')}\r\n`
}

/** The detail alone, as it lies in the zip. */
export function alipayBillDetail(movements: readonly Movement[], dayStartMs: number, madeAtMs: number): Buffer {
  const { charges, returns, chargedFen, returnedFen } = movementSums(movements)
  const totals = [
    `#交易合计：${charges}笔，商家实收共${signedYuan(chargedFen)}元，商家优惠共0.00元`,
    `#退款合计：${returns}笔，商家实收退款共${signedYuan(-returnedFen)}元，商家优惠退款共0.00元`,
  ]
  return gb18030Bytes(
    frame('业务明细', '业务明细', dayStartMs, madeAtMs, [header, ...movements.map(detailLine)], totals),
  )
}

function detailLine({ kind, order, refundNumber, amountFen, atMs }: Movement): string {
  const isCharge = kind === 'charge'
  const amount = signedYuan(isCharge ? amountFen : -amountFen)
  const tradeNumber = alipayTradeNumber(order)
  // A revoke gives no number of its own: Alipay puts its own trade number there (§6).
  const batch = isCharge ? '' : (refundNumber ?? tradeNumber)
  const fee = practiceFeeFen(amountFen)
  const none = '0.00'
  return [
    `${tradeNumber}${tab}`,
    `${order.orderNumber}${tab}`,
    `${isCharge ? '交易' : '退款'}${tab}`,
    '练习',
    shanghaiDateTime(order.openedAtMs),
    shanghaiDateTime(atMs),
    ...[tab, tab, tab, tab],
    '*练(138******00)',
    ...[amount, amount, none, none, none, none, none, ''],
    `${none}${tab}`,
    none,
    `${batch}${tab}`,
    signedYuan(isCharge ? -fee : fee),
    none,
    '',
  ].join(',')
}

function summaryText(movements: readonly Movement[], dayStartMs: number, madeAtMs: number): string {
  const { charges, returns, chargedFen, returnedFen, feeFen } = movementSums(movements)
  const net = chargedFen - returnedFen
  const row = [
    charges,
    returns,
    signedYuan(net),
    signedYuan(net),
    '0.00',
    '0.00',
    '0.00',
    signedYuan(-feeFen),
    '0.00',
    signedYuan(net - feeFen),
  ]
  return frame('业务汇总', '业务汇总', dayStartMs, madeAtMs, [summaryHeader, `合计${tab},${tab},${row.join(',')}`], [])
}
