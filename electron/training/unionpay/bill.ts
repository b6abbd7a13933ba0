import { deflateSync } from 'node:zlib'
import { zmFields, zmRecordBytes } from '../../channels/unionpay/bill.ts'
import { shanghaiCompact } from '../../till/time.ts'
import { gb18030Bytes } from '../gb18030-text.ts'
import { type Movement, movementSums, practiceFeeFen, signedYuan } from '../movements.ts'
import { zipArchive } from '../zip-archive.ts'
import { unionpayQueryId } from './answer.ts'

type Merchant = { readonly merchantId: string; readonly terminalId: string }

/** The settlement day's zip with the ZM file and, beside it, the report for people (unionpay.md §9, field notes). */
export function unionpayBillArchive(movements: readonly Movement[], date: string, merchant: Merchant): Buffer {
  const short = date.slice(2)
  const { charges, returns, chargedFen, returnedFen } = movementSums(movements)
  const report = `商户 ${merchant.merchantId}  交易 ${charges} 笔 ${signedYuan(chargedFen)}  退款 ${returns} 笔 ${signedYuan(returnedFen)}\r\n`
  return zipArchive([
    { name: Buffer.from(`RD2010${short}01_${merchant.merchantId}`), bytes: gb18030Bytes(report) },
    { name: Buffer.from(`INN${short}88ZM_${merchant.merchantId}`), bytes: unionpayBillRecords(movements, merchant) },
  ])
}

/** The ZM file alone. */
export function unionpayBillRecords(movements: readonly Movement[], merchant: Merchant): Buffer {
  return Buffer.from(movements.map((movement) => `${zmRecord(movement, merchant)}\r\n`).join(''), 'latin1')
}

/** As the answer's `fileContent` has it: deflated once more, then base64. */
export function fileContent(archive: Buffer): string {
  return deflateSync(archive).toString('base64')
}

const codes = { charge: ['S22', '01', '06'], refund: ['S30', '04', '00'], revoke: ['S30', '99', '01'] } as const

/** 42 fields of fixed width with one separator after each. */
function zmRecord({ kind, order, refundNumber, amountFen, atMs }: Movement, merchant: Merchant): string {
  const [tradeCode, txnType, txnSubType] = codes[kind]
  const fee = practiceFeeFen(amountFen)
  const sign = kind === 'charge' ? 'D' : 'C'
  const record = Array.from({ length: zmRecordBytes }, () => ' ')
  const write = (offset: number, text: string): void => {
    for (let at = 0; at < text.length; at++) record[offset + at] = text[at] ?? ' '
  }
  write(0, tradeCode)
  write(4, '00049992')
  write(16, '00010000')
  write(28, String(order.sequence % 1_000_000).padStart(6, '0'))
  write(zmFields.time.offset, shanghaiCompact(atMs).slice(4))
  write(46, '621700****0018')
  write(zmFields.amount.offset, String(amountFen).padStart(12, '0'))
  write(79, '5411 08')
  write(zmFields.queryId.offset, kind === 'charge' ? unionpayQueryId(order) : `${unionpayQueryId(order).slice(0, -1)}R`)
  write(zmFields.orderId.offset, refundNumber ?? order.orderNumber)
  write(145, '01')
  // A zero has a blank as its sign (field notes).
  write(zmFields.fee.offset, `${fee === 0 ? ' ' : sign}${String(fee).padStart(12, '0')}`)
  write(zmFields.txnType.offset, txnType)
  write(218, txnSubType)
  write(221, '000000')
  write(zmFields.merchant.offset, merchant.merchantId)
  write(zmFields.terminal.offset, merchant.terminalId)
  if (kind !== 'charge') write(zmFields.originalOrderId.offset, order.orderNumber)
  return record.join('')
}
