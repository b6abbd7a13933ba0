import type { Payer } from './payer.ts'

/** What the channel answers to a query or a pay request. */
export type WalletAnswer = 'awaiting-payer' | 'paid' | 'closed' | 'refunded'

/** One request on its way: it acts when it arrives, half a round trip after it left; the answer comes after the other. */
export type WalletReply = { readonly answeredAtMs: number; readonly answer: WalletAnswer }

/** The channel and the payer of one order, in virtual time that counts from the moment the pay request left. */
export type WalletSide = {
  pay(sentAtMs: number): WalletReply
  query(sentAtMs: number): WalletReply
  /** Closes the order, or returns the money where the payer was quicker. */
  revoke(sentAtMs: number): WalletReply
  /** When the payer confirmed, whether or not anybody knows it yet; null if never, or not before the revoke. */
  confirmedAtMs(): number | null
  queries(): number
}

/** The wallet's side of an order; requests must come one after the other, as both kinds of loop make them. */
export function openWalletSide(payer: Payer): WalletSide {
  let requests = 0
  let queries = 0
  let wouldConfirmAtMs = Number.POSITIVE_INFINITY
  let revokedAtMs = Number.POSITIVE_INFINITY

  const answerAt = (atMs: number): WalletAnswer => {
    const isPaid = wouldConfirmAtMs <= Math.min(atMs, revokedAtMs)
    if (atMs >= revokedAtMs) return isPaid ? 'refunded' : 'closed'
    return isPaid ? 'paid' : 'awaiting-payer'
  }
  const travel = (sentAtMs: number, arrive: (atMs: number) => void): WalletReply => {
    const roundTripMs = payer.roundTripMs[requests]
    if (roundTripMs === undefined) throw new RangeError(`no round trip was drawn for request ${requests}`)
    requests += 1
    const atMs = sentAtMs + roundTripMs / 2
    arrive(atMs)
    return { answeredAtMs: sentAtMs + roundTripMs, answer: answerAt(atMs) }
  }

  return {
    pay: (sentAtMs) =>
      travel(sentAtMs, (atMs) => {
        if (payer.typingMs !== null) wouldConfirmAtMs = atMs + payer.typingMs
      }),
    query: (sentAtMs) => {
      queries += 1
      return travel(sentAtMs, () => {})
    },
    revoke: (sentAtMs) =>
      travel(sentAtMs, (atMs) => {
        revokedAtMs = Math.min(revokedAtMs, atMs)
      }),
    confirmedAtMs: () =>
      Number.isFinite(wouldConfirmAtMs) && wouldConfirmAtMs <= revokedAtMs ? wouldConfirmAtMs : null,
    queries: () => queries,
  }
}
