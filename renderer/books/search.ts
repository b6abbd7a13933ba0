import type { HistoryFilter } from '../../electron/api/contract.ts'

type SearchedFields = Pick<
  HistoryFilter,
  'leastAmount' | 'mostAmount' | 'firstMinute' | 'lastMinute' | 'lastDigits' | 'number'
>

/** What the one search field was taken for. */
export type SearchReading = { readonly meant: 'nothing' | 'amount' | 'time' | 'digits' | 'number' | 'unclear' } & {
  readonly fields: SearchedFields
}

const anything: SearchedFields = {
  leastAmount: null,
  mostAmount: null,
  firstMinute: null,
  lastMinute: null,
  lastDigits: null,
  number: null,
}

/**
 * Reads the one search field: `12.50` or `¥12` is an amount, `14:05` a minute of the day, four digits the end of a payment
 * code, anything else of letters and digits an order, refund or transaction number.
 */
export function readSearch(text: string): SearchReading {
  const typed = text.trim()
  if (typed === '') return { meant: 'nothing', fields: anything }
  const clock = /^(\d{1,2})[:\uff1a](\d{2})$/.exec(typed)
  if (clock) {
    const minute = Number(clock[1]) * 60 + Number(clock[2])
    return minute < 1_440 && Number(clock[2]) < 60
      ? { meant: 'time', fields: { ...anything, firstMinute: minute, lastMinute: minute } }
      : { meant: 'unclear', fields: anything }
  }
  const amount = /^[\u00a5\uffe5]?(\d[\d,]*(?:\.\d{1,2})?)$/.exec(typed)
  if (amount?.[1] !== undefined && (/^[\u00a5\uffe5]/.test(typed) || typed.includes('.'))) {
    const yuan = amount[1].replaceAll(',', '')
    return { meant: 'amount', fields: { ...anything, leastAmount: yuan, mostAmount: yuan } }
  }
  if (/^\d{4}$/.test(typed)) return { meant: 'digits', fields: { ...anything, lastDigits: typed } }
  if (/^[0-9A-Za-z._-]{1,64}$/.test(typed)) return { meant: 'number', fields: { ...anything, number: typed } }
  return { meant: 'unclear', fields: anything }
}
