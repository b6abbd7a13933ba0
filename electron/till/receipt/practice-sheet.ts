import { makeDocument, type ReceiptDocument } from './document.ts'
import { type PaperParts, paperFields } from './paper.ts'
import { receiptSentences } from './receipt-words.ts'

/** A practice code and the name of its story in the paper's language. */
export type PracticeCodeOnPaper = { readonly name: string; readonly digits: string }

/** Practice codes to be cut out and scanned. Throws outside training: a customer's code is never printed (I11). */
export function practiceSheet(parts: PaperParts & { readonly codes: readonly PracticeCodeOnPaper[] }): ReceiptDocument {
  const { codes, training, language } = parts
  if (!training) throw new Error('practice codes are for training')
  const words = receiptSentences[language]
  return makeDocument(
    'practice-codes',
    language,
    { ...paperFields(parts, words.practiceTitle), note: words.practiceNote },
    { codes: codes.map(({ name, digits }) => ({ name, digits })) },
  )
}
