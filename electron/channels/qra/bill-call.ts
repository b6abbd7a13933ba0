import type { BillAnswer, ChannelBill, HttpResponse } from '../channel.ts'
import { readFlatXml } from '../flat-xml.ts'
import { utf8Text } from '../text.ts'
import { qraBillFormat } from './bill.ts'
import { qraServices, signedQraRequest } from './encode.ts'
import type { QraIdentity } from './settings.ts'

/** `pay.bill.merchant` at the bill's own host: plain text, or an XML where it is refused (swiftpass.md §8). */
export function qraBill(identity: QraIdentity): ChannelBill {
  const { merchantId, billGateway } = identity.settings
  const bill = { format: qraBillFormat, merchantId, readyAtHour: 10 }
  if (billGateway === undefined) return bill
  return {
    ...bill,
    download: {
      encode: (date, context) =>
        signedQraRequest(identity, qraServices.bill, { bill_date: date, bill_type: 'ALL' }, context, billGateway),
      decode: (_date, response) => decodeBill(response),
    },
  }
}

function decodeBill({ status, body }: HttpResponse): BillAnswer {
  if (status !== 200) return { kind: 'unknown', reason: 'http-status' }
  const first = body.find((byte) => byte > 0x20)
  if (first === undefined) return { kind: 'unknown', reason: 'unreadable-answer' }
  if (first !== 0x3c) return { kind: 'file', bytes: body }
  const text = utf8Text(body)
  const reading = text === undefined ? undefined : readFlatXml(text)
  if (reading === undefined || !reading.ok) return { kind: 'unknown', reason: 'unreadable-answer' }
  const message = reading.fields.message || reading.fields.err_msg || ''
  // Neither code nor text of "no bill" is documented; only these words are taken for it.
  if (/no ?bill|bill not exist|账单不存在|没有交易/i.test(message)) return { kind: 'nothing-moved' }
  if (/creating|生成中/i.test(message)) return { kind: 'not-ready' }
  return { kind: 'refused', message: message.slice(0, 100) }
}
