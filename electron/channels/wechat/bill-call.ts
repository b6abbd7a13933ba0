import type { BillAnswer, ChannelBill, HttpResponse } from '../channel.ts'
import { readFlatXml } from '../flat-xml.ts'
import { utf8Text } from '../text.ts'
import { wechatBillFormat } from '../wechat-bill.ts'
import { commonParameters, signedRequest } from './encode.ts'
import type { WechatSettings } from './settings.ts'

/** `POST /pay/downloadbill`, kind ALL, as gzip (wechat.md §2.7, §7.1). The answer is never signed. */
export function wechatBill(settings: WechatSettings): ChannelBill {
  const { merchantId, subMerchantId } = settings
  return {
    format: wechatBillFormat,
    merchantId,
    ...(subMerchantId === undefined ? {} : { subMerchantId }),
    readyAtHour: 10,
    download: {
      encode: (date, context) => {
        const parameters = { bill_date: date, bill_type: 'ALL', tar_type: 'GZIP' }
        return signedRequest(
          settings,
          '/pay/downloadbill',
          { ...commonParameters(settings, context), ...parameters },
          false,
        )
      },
      decode: (_date, response) => decodeBill(response),
    },
  }
}

function decodeBill({ status, body }: HttpResponse): BillAnswer {
  if (status !== 200) return { kind: 'unknown', reason: 'http-status' }
  if (body.length === 0) return { kind: 'unknown', reason: 'unreadable-answer' }
  const first = body.find((byte) => byte > 0x20)
  if (first !== 0x3c) return { kind: 'file', bytes: body }
  const text = utf8Text(body)
  const reading = text === undefined ? undefined : readFlatXml(text)
  if (reading === undefined || !reading.ok) return { kind: 'unknown', reason: 'unreadable-answer' }
  const { return_msg: message = '', error_code: code = '' } = reading.fields
  // The texts' case varies, and so does what stands in error_code (§7.1).
  if (/creating/i.test(message) || code === '20003') return { kind: 'not-ready' }
  if (code === '20002' || /no bill exist/i.test(message)) return { kind: 'nothing-moved' }
  if (/system ?error/i.test(message) || /SYSTEMERROR/.test(code)) return { kind: 'unknown', reason: 'system-error' }
  return { kind: 'refused', message: message.slice(0, 100) }
}
