import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { billDates } from '../bill-dates.ts'
import type { Answer, Arrival } from '../listener.ts'
import type { ServerParts } from '../training-server.ts'
import { wechatBillText } from '../wechat-bill.ts'
import { failed, type WechatV3Result } from './answer.ts'
import { readSignedCall, type WechatV3Merchant } from './request.ts'
import type { WechatV3Signing } from './wire-faults.ts'

type SigningHeaders = (
  result: WechatV3Result,
  parts: ServerParts,
  merchant: WechatV3Merchant,
  signing: WechatV3Signing,
) => Readonly<Record<string, string>>

const filePath = '/v3/billdownload/file'

/**
 * `tradebill`, which names the file's address and hash, and the file, which must be asked for with a signature and bears
 * none (wechat.md §1.2 rows 14, 15, §7.1). The address names the day, so that nothing is kept between the two.
 */
export function wechatV3BillAnswer(
  parts: ServerParts,
  merchant: WechatV3Merchant,
  arrival: Arrival,
  signingHeaders: SigningHeaders,
): Answer {
  const { world, now, chooseFault } = parts
  const fault = chooseFault({ wallet: 'wechat-v3', kind: 'query', orderNumber: '' })
  const answer = (result: WechatV3Result, isSigned = true): Answer => ({
    kind: 'answer',
    status: result.status,
    contentType: 'application/json; charset=utf-8',
    headers: isSigned ? signingHeaders(result, parts, merchant, fault === 'wrong-signature' ? 'probe' : 'usual') : {},
    body: JSON.stringify(result.body),
    fault,
  })
  const request = readSignedCall(arrival, merchant, now())
  if ('breach' in request) {
    world.breach(request.breach, request.subject)
    return answer(failed(request.status, request.code, request.message), false)
  }
  const [path = '', query = ''] = arrival.target.split('?')
  const parameters = new URLSearchParams(query)
  const isFile = path === filePath
  const date = parameters.get(isFile ? 'token' : 'bill_date') ?? ''
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? billDates(date, now()) : undefined
  const isAll = isFile || parameters.get('bill_type') === 'ALL'
  if (arrival.method !== 'GET' || day === undefined || !isAll) {
    world.breach('field-malformed', isAll ? 'bill_date' : 'bill_type')
    return answer(failed(400, 'INVALID_REQUEST', '参数错误'))
  }
  const movements = world.movements(day.fromMs, day.toMs)
  if (movements.length === 0) return answer(failed(400, 'NO_STATEMENT_EXIST', '账单文件不存在'))
  const text = wechatBillText(movements, merchant)
  if (isFile) {
    const bytes = parameters.get('tartype') === 'gzip' ? gzipSync(text) : Buffer.from(text)
    return { kind: 'answer', status: 200, contentType: 'text/plain', body: '', bytes, fault }
  }
  const packing = parameters.get('tar_type') === 'GZIP' ? '&tartype=gzip' : ''
  return answer({
    status: 200,
    body: {
      hash_type: 'SHA1',
      // Its case is not to be relied on (§7.1).
      hash_value: createHash('sha1').update(text).digest('hex').toUpperCase(),
      download_url: `https://api.mch.weixin.qq.com${filePath}?token=${date}${packing}`,
    },
  })
}
