import type { BillAnswer, ChannelBill, EncodingContext, HttpResponse } from '../channel.ts'
import { wechatBillFormat } from '../wechat-bill.ts'
import { readWechatV3Answer } from './answer.ts'
import { signedRequest } from './encode.ts'
import { textAt } from './json.ts'
import type { WechatV3Identity } from './settings.ts'

/** `GET /v3/bill/tradebill`, then the file at the address that it names (wechat.md §1.2 rows 14, 15, §7.1). */
export function wechatV3Bill(identity: WechatV3Identity): ChannelBill {
  const { merchantId, subMerchantId } = identity
  return {
    format: wechatBillFormat,
    merchantId,
    ...(subMerchantId === undefined ? {} : { subMerchantId }),
    readyAtHour: 10,
    download: {
      encode: (date, context) => {
        const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`
        const query = new URLSearchParams({
          bill_date: day,
          bill_type: 'ALL',
          tar_type: 'GZIP',
          ...(subMerchantId === undefined ? {} : { sub_mchid: subMerchantId }),
        })
        return signedRequest(identity, `/v3/bill/tradebill?${query}`, undefined, context)
      },
      decode: (_date, response, context) => decodeBill(identity, response, context),
    },
  }
}

function decodeBill(identity: WechatV3Identity, response: HttpResponse, context: EncodingContext): BillAnswer {
  const answer = readWechatV3Answer(identity, response, context.wallMs)
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason }
  if (answer.kind === 'error') {
    if (answer.code === 'NO_STATEMENT_EXIST') return { kind: 'nothing-moved' }
    if (answer.code === 'STATEMENT_CREATING') return { kind: 'not-ready' }
    if (answer.status >= 500) return { kind: 'unknown', reason: 'system-error' }
    return { kind: 'refused', message: `${answer.code} ${answer.message}`.slice(0, 100) }
  }
  const address = textAt(answer.fields, 'download_url')
  const sha1 = textAt(answer.fields, 'hash_value').toLowerCase()
  if (!URL.canParse(address) || !/^[0-9a-f]{40}$/.test(sha1)) return { kind: 'unknown', reason: 'unverifiable-answer' }
  // The signed request goes to the host of the settings, whatever host the answer names.
  const { pathname, search } = new URL(address)
  return { kind: 'elsewhere', request: signedRequest(identity, `${pathname}${search}`, undefined, context), sha1 }
}
