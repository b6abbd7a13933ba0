import { alipayBillFormat } from '../channels/alipay/bill.ts'
import { backendBillFormat } from '../channels/backend/bill.ts'
import { qraBillFormat } from '../channels/qra/bill.ts'
import { unionpayBillFormat } from '../channels/unionpay/bill.ts'
import { wechatBillFormat } from '../channels/wechat-bill.ts'
import { shanghaiDateTime } from '../till/time.ts'
import { alipayBillDetail } from '../training/alipay-bill.ts'
import { backendBillRows } from '../training/backend/bill.ts'
import { qraBillText } from '../training/qra/bill.ts'
import { unionpayBillRecords } from '../training/unionpay/bill.ts'
import { wechatBillText } from '../training/wechat-bill.ts'
import type { BillWriter } from './reconciled-days.ts'

const wechat: BillWriter = {
  format: wechatBillFormat,
  write: (movements) => Buffer.from(wechatBillText(movements, { appId: 'wxsimulated', merchantId: '1600000000' })),
}

/** The training servers' writers, by channel; the formats are the production ones. */
const writers: Readonly<Record<string, BillWriter>> = {
  wechat,
  'wechat-v3': wechat,
  alipay: {
    format: alipayBillFormat,
    write: (movements, dayStartMs) => alipayBillDetail(movements, dayStartMs, dayStartMs),
  },
  qra: { format: qraBillFormat, write: (movements) => Buffer.from(qraBillText(movements, 'QRA000000000001')) },
  unionpay: {
    format: unionpayBillFormat,
    write: (movements) => unionpayBillRecords(movements, { merchantId: '777290058110048', terminalId: '01080209' }),
  },
  backend: {
    format: backendBillFormat,
    write: (movements, dayStartMs) =>
      Buffer.from(
        JSON.stringify({
          date: shanghaiDateTime(dayStartMs).slice(0, 10),
          state: 'ready',
          rows: backendBillRows(movements),
        }),
      ),
  },
}

/** How a channel's bill is written and read; undefined where it has none (ICBC, Jeepay). */
export function billWriterOf(channel: string): BillWriter | undefined {
  return Object.hasOwn(writers, channel) ? writers[channel] : undefined
}
