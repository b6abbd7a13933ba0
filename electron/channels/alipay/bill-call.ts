import type { BillAnswer, ChannelBill, HttpResponse } from '../channel.ts'
import { readAlipayAnswer } from './answer.ts'
import { alipayBillFormat } from './bill.ts'
import { encodeAlipayBill } from './encode.ts'
import type { AlipayIdentity } from './settings.ts'

const method = 'alipay.data.dataservice.bill.downloadurl.query'

/** The address of the day's zip, good for 30 s, then the zip itself (alipay.md §2.7, §6). */
export function alipayBill(identity: AlipayIdentity): ChannelBill {
  return {
    format: alipayBillFormat,
    // The account's number stands in no field of the configuration.
    merchantId: null,
    readyAtHour: 10,
    download: {
      encode: (date, context) => {
        const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`
        return encodeAlipayBill(identity, day, context)
      },
      decode: (_date, response) => decodeBill(identity, response),
    },
  }
}

function decodeBill(identity: AlipayIdentity, response: HttpResponse): BillAnswer {
  const answer = readAlipayAnswer(identity, method, response)
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason }
  const { code, subCode, fields, isSigned } = answer
  if (code !== '10000') {
    // The exact spelling is unconfirmed (§9).
    if (/bill_not_exist/i.test(subCode)) return { kind: 'nothing-moved' }
    if (code === '20000' || /system[-_]?error/i.test(subCode)) return { kind: 'unknown', reason: 'system-error' }
    return { kind: 'refused', message: `${code} ${subCode}`.slice(0, 100) }
  }
  const url = isSigned ? fileAddress(fields.text.bill_download_url ?? '', identity.settings.gateway) : undefined
  if (url === undefined) return { kind: 'unknown', reason: 'unverifiable-answer' }
  const request = { method: 'GET', url, headers: {}, body: '', clientCertificate: false } as const
  return { kind: 'elsewhere', request, sha1: null }
}

/**
 * The address where it is Alipay's or the gateway's own; plain http, which Alipay still writes, becomes https, because the
 * token in it opens the file to anyone.
 */
function fileAddress(text: string, gateway: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isOwn = url.host === new URL(gateway).host
  if (!isOwn && !/(^|\.)alipay(dev)?\.com$/.test(url.hostname)) return undefined
  if (!isOwn && url.protocol === 'http:') url.protocol = 'https:'
  return url.href
}
