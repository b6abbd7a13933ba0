import type { AlipayNode } from './alipay-answer.ts'
import { alipayBillArchive } from './alipay-bill.ts'
import { billDates } from './bill-dates.ts'
import { type Answer, type Arrival, htmlAnswer } from './listener.ts'
import type { World } from './world.ts'

export const billPath = '/downloadBillFile.resource'
/** How long the address serves (alipay.md §2.7). */
const addressLivesMs = 30_000

type Parts = { readonly world: World; readonly now: () => number }

/** `bill.downloadurl.query` for one day's trades: an address of this very server, good for 30 s (alipay.md §2.7, §6). */
export function alipayBillNode(bizContent: string, { headers }: Arrival, { world, now }: Parts): AlipayNode {
  const { bill_type: type, bill_date: date = '' } = contentOf(bizContent)
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? billDates(date, now()) : undefined
  if (type !== 'trade' || day === undefined) {
    world.breach('field-malformed', type === 'trade' ? 'bill_date' : 'bill_type')
    return { code: '40004', msg: 'Business Failed', sub_code: 'isp.bill_date_error', sub_msg: '参数有误' }
  }
  if (world.movements(day.fromMs, day.toMs).length === 0) {
    return { code: '40004', msg: 'Business Failed', sub_code: 'isp.bill_not_exist', sub_msg: '账单不存在' }
  }
  const query = new URLSearchParams({
    bizType: 'trade',
    fileType: 'csv.zip',
    bizDates: day.date,
    timestamp: String(now()),
  })
  const url = `https://${headers.host ?? ''}${billPath}?${query}`
  return { code: '10000', msg: 'Success', bill_download_url: url }
}

/** The zip, or the words that an address gives that is too old. */
export function alipayBillFile({ target }: Arrival, { world, now }: Parts): Answer {
  const query = new URLSearchParams(target.split('?')[1])
  const day = billDates(query.get('bizDates') ?? '', now())
  const ageMs = now() - Number(query.get('timestamp') ?? Number.NaN)
  if (day === undefined || !(ageMs >= 0 && ageMs <= addressLivesMs))
    return htmlAnswer(200, '下载超时，请重新下载', 'none')
  const bytes = alipayBillArchive(world.movements(day.fromMs, day.toMs), day.fromMs, now())
  return { kind: 'answer', status: 200, contentType: 'application/zip', body: '', bytes, fault: 'none' }
}

function contentOf(text: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, String(member)]))
      : {}
  } catch {
    return {}
  }
}
