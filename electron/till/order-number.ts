import type { OrderNumber } from './ids.ts'
import { shanghaiDate } from './time.ts'

/** What an order number is made of (design §5). */
export type OrderNumberParts = {
  /** 2–8 letters and digits. */
  readonly storeId: string
  /** 1–4 letters and digits. */
  readonly tillId: string
  readonly wallMs: number
  /** Durable count of the ledger's orders, from 1; never reset. */
  readonly sequence: number
  /** Four characters that the ledger drew at random when it began: a wiped data folder never repeats a number. */
  readonly ledgerMark: string
}

const sequenceDigits = 6

/**
 * Makes an order number: store, till, date, ledger mark, sequence, such as `S0010120261123K7QX000042`. The sequence
 * stands last, because people read out the end of a number.
 *
 * At most 32 letters and digits, which is what both WeChat (wechat.md §2.1) and Alipay (alipay.md §2.1) take. Throws on
 * parts that the settings and the ledger have already checked: a bug.
 */
export function makeOrderNumber(parts: OrderNumberParts): OrderNumber {
  const { storeId, tillId, wallMs, sequence, ledgerMark } = parts
  if (!/^[0-9A-Za-z]{2,8}$/.test(storeId)) throw new RangeError('order number: store id')
  if (!/^[0-9A-Za-z]{1,4}$/.test(tillId)) throw new RangeError('order number: till id')
  if (!/^[0-9A-Z]{4}$/.test(ledgerMark)) throw new RangeError('order number: ledger mark')
  if (!Number.isSafeInteger(sequence) || sequence < 1 || sequence >= 10 ** 8) {
    throw new RangeError('order number: sequence')
  }
  const count = String(sequence).padStart(sequenceDigits, '0')
  return `${storeId}${tillId}${shanghaiDate(wallMs)}${ledgerMark}${count}` as OrderNumber
}

/** Whether a text has the form of a merchant order number that every channel takes. */
export function isOrderNumber(text: string): text is OrderNumber {
  return /^[0-9A-Za-z]{6,32}$/.test(text)
}
