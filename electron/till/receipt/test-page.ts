import { makeDocument, type ReceiptDocument } from './document.ts'
import { type PaperParts, paperFields } from './paper.ts'
import { receiptSentences } from './receipt-words.ts'

export type TestPageParts = PaperParts & {
  readonly profile: { readonly name: string; readonly columns: number; readonly encoding: string }
}

/**
 * The page that shows what a printer can do: a ruler as long as a row should be, characters of every kind (hardware.md
 * §6), and both codes to be scanned.
 */
export function testPage(parts: TestPageParts): ReceiptDocument {
  const { profile, language } = parts
  const words = receiptSentences[language]
  return makeDocument(
    'test-page',
    language,
    {
      ...paperFields(parts, words.testTitle),
      profile: profile.name,
      columns: String(profile.columns),
      encoding: profile.encoding,
      ruler: '1234567890'.repeat(Math.ceil(profile.columns / 10)).slice(0, profile.columns),
      code: 'SCANTILL2026',
    },
    {
      samples: [
        { name: words.samples.chinese, text: '收款成功 微信支付 镕' },
        { name: words.samples.signs, text: '￥12.34 “引号” ① ㎡' },
        { name: words.samples.rare, text: '㐂 𠮷 囍 堃' },
        { name: words.samples.latin, text: 'ABC abc 0123 é ü' },
      ],
    },
  )
}
