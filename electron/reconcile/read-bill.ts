import { createHash } from 'node:crypto'
import type { BillFindings, BillProblem, ExpectedBill, TakeLine } from '../channels/bill-reading.ts'
import type { ChannelBill } from '../channels/channel.ts'
import { type BytesProblem, openBillFile } from './bill-bytes.ts'

/** Why a file is not taken as the day's bill. No order was changed. */
export type BillFileProblem = BillProblem | BytesProblem | 'wrong-hash'

export type BillFileReading =
  | { readonly ok: true; readonly findings: BillFindings }
  | { readonly ok: false; readonly problem: BillFileProblem }

/** What the channel said about the unpacked file; null where it said nothing. */
export type ExpectedHash = { readonly sha1: string | null }

/** Hears how many bytes of a file have been read, and may stop the reading by throwing. */
export type WatchBytes = (bytes: number) => void

/**
 * Reads a bill's file, unpacking it on the way, and hands each line on. An archive is looked through for the file that is
 * the bill: Alipay's holds a summary beside it, UnionPay's a report for people (alipay.md §6, unionpay.md, field notes).
 * Where the answer is a problem, the lines that were handed on are void; `begin` is called before the first one of each
 * file that is tried.
 */
export async function readBillFile(
  path: string,
  bill: Pick<ChannelBill, 'format'>,
  expected: ExpectedBill,
  hash: ExpectedHash,
  begin: () => TakeLine,
  watch: WatchBytes = () => undefined,
): Promise<BillFileReading> {
  const opened = await openBillFile(path)
  if (typeof opened === 'string') return { ok: false, problem: opened }
  try {
    let first: BillFileProblem | null = null
    for (const part of opened.parts) {
      const reader = bill.format.openReader(expected, begin())
      const sum = hash.sha1 === null ? null : createHash('sha1')
      let done = 0
      const problem = await part.read((bytes) => {
        done += bytes.length
        watch(done)
        sum?.update(bytes)
        reader.push(bytes)
      })
      if (problem !== null) return { ok: false, problem }
      // wechat.md §7.1: the hash is of the unpacked file, and its case varies.
      if (sum !== null && sum.digest('hex') !== hash.sha1?.toLowerCase()) return { ok: false, problem: 'wrong-hash' }
      const reading = reader.end()
      if (reading.ok) return reading
      const isAnother = reading.problem === 'other-bill' || reading.problem === 'not-a-bill'
      if (!isAnother || opened.parts.length === 1) return reading
      first ??= reading.problem
    }
    return { ok: false, problem: first ?? 'empty' }
  } finally {
    await opened.close()
  }
}
