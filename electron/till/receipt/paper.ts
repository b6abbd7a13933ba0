import { type Fen, yuanText } from '../money.ts'
import { shanghaiDateTime } from '../time.ts'
import type { ReceiptLanguage } from './document.ts'
import { receiptSentences } from './receipt-words.ts'

/** What every paper is made of beside its subject. */
export type PaperParts = {
  readonly store: { readonly name: string }
  readonly till: { readonly id: string }
  /**
   * 1 is the original, every further one is a copy and says so (I13). What is shown or saved says that it is electronic:
   * nobody can tell on how many sheets another program puts it.
   */
  readonly copy: number | 'electronic'
  /** A person said that this very copy did not print: should the sheet before turn up, the two can be told apart. */
  readonly sentAgain?: boolean
  readonly training: boolean
  readonly language: ReceiptLanguage
  readonly printedWallMs: number
}

/** The fields that stand on every paper, under its title. */
export function paperFields(
  { store, till, copy, sentAgain = false, training, language, printedWallMs }: PaperParts,
  title: string,
): Readonly<Record<'storeName' | 'title' | 'tillName' | 'printed', string>> &
  Readonly<Record<'training' | 'copy', string | null>> {
  if (copy !== 'electronic' && (!Number.isSafeInteger(copy) || copy < 1))
    throw new RangeError(`no number of a copy: ${copy}`)
  const words = receiptSentences[language]
  const printed = shanghaiDateTime(printedWallMs)
  return {
    storeName: store.name,
    title,
    tillName: words.till(till.id),
    printed,
    training: training ? words.training : null,
    copy: copyText(words, { copy, sentAgain, printed }),
  }
}

function copyText(
  words: (typeof receiptSentences)[ReceiptLanguage],
  {
    copy,
    sentAgain,
    printed,
  }: { readonly copy: PaperParts['copy']; readonly sentAgain: boolean; readonly printed: string },
): string | null {
  if (copy === 'electronic') return words.electronic(printed)
  if (copy > 1) return words.copy(copy, printed)
  return sentAgain ? words.sentAgain(printed) : null
}

/** An amount as paper shows it. The sign is U+FFE5: U+00A5 needs four bytes in GB18030 and breaks on GBK printers. */
export const moneyText = (amountFen: Fen): string => `￥${yuanText(amountFen)}`

/** A difference of two amounts, in fen, with its sign. Throws for what is no whole number of fen: a bug. */
export function signedMoneyText(differenceFen: number): string {
  if (!Number.isSafeInteger(differenceFen)) throw new RangeError(`not a difference in fen: ${differenceFen}`)
  const text = moneyText(Math.abs(differenceFen) as Fen) // a whole number that is not negative
  return differenceFen < 0 ? `-${text}` : text
}
