import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { Movement } from '../../electron/training/movements.ts'
import { wechatBillText } from '../../electron/training/wechat-bill.ts'

export const madeDate = '20260318'
const dayStartMs = Date.UTC(2026, 2, 17, 16)
const linesPerPiece = 10_000

export const madeNumber = (place: number): string => `S0010120260318K7QX${String(place).padStart(8, '0')}`
export const madeAmountFen = (place: number): number => ((place * 7_919) % 50_000) + 1

/** Writes a WeChat bill of so many payments, by the training server's writer. */
export async function makeBill(path: string, lines: number): Promise<void> {
  const stream = createWriteStream(path)
  const merchant = { appId: 'wx1a2b3c4d5e6f7081', merchantId: '1600000000' }
  for (let from = 0; from < lines; from += linesPerPiece) {
    const movements = Array.from({ length: Math.min(linesPerPiece, lines - from) }, (_, at): Movement => {
      const place = from + at
      const atMs = dayStartMs + Math.floor((place / lines) * 86_399_000)
      const order = { orderNumber: madeNumber(place), sequence: place + 1, openedAtMs: atMs }
      return { kind: 'charge', order, refundNumber: null, amountFen: madeAmountFen(place), atMs }
    })
    const text = wechatBillText(movements, merchant)
    const summaryAt = text.indexOf('总交易单数')
    // One header at the beginning; the last piece's summary stands at the end.
    const beginning = from === 0 ? 0 : text.indexOf('\r\n') + 2
    const isLast = from + linesPerPiece >= lines
    stream.write(text.slice(beginning, isLast ? undefined : summaryAt))
  }
  stream.end()
  await finished(stream)
}
