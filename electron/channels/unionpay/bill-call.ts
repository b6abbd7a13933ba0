import { shanghaiCompact } from '../../till/time.ts'
import type { BillAnswer, ChannelBill, EncodingContext, HttpResponse } from '../channel.ts'
import { readUnionpayAnswer } from './answer.ts'
import { unionpayBillFormat } from './bill.ts'
import { signedUnionpayRequest, unionpayTrades } from './encode.ts'
import type { UnionpayIdentity } from './settings.ts'

/** The settlement day's file: base64 of deflated bytes of a zip in a signed answer (unionpay.md §2.2, §9). */
export function unionpayBill(identity: UnionpayIdentity): ChannelBill {
  const { settings } = identity
  return {
    format: unionpayBillFormat,
    merchantId: settings.merchantId,
    readyAtHour: 9,
    download: {
      encode: (date, context) =>
        signedUnionpayRequest(identity, settings.fileUrl, {
          ...unionpayTrades.file,
          txnTime: shanghaiCompact(context.wallMs),
          fileType: '00',
          settleDate: date.slice(4),
        }),
      decode: (_date, response, context) => decodeFile(identity, response, context),
    },
  }
}

function decodeFile(identity: UnionpayIdentity, response: HttpResponse, context: EncodingContext): BillAnswer {
  const answer = readUnionpayAnswer(identity, response, context.wallMs)
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason }
  const { respCode, fields } = answer
  if (respCode === '98') return { kind: 'not-ready' }
  if (respCode !== '00') {
    const isLater = ['01', '02', '03', '04', '05', '37', '99'].includes(respCode)
    return isLater ? { kind: 'unknown', reason: 'system-error' } : { kind: 'refused', message: respCode }
  }
  const content = fields['fileContent'] ?? ''
  if (content === '') return { kind: 'unknown', reason: 'unverifiable-answer' }
  return { kind: 'file', bytes: Buffer.from(content, 'base64') }
}
