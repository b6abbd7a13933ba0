import type { OrderEffect } from '../till/order/effect.ts'
import type { OrderEvent, OrderEventType } from '../till/order/event.ts'
import type { PrintCrashPoint } from './print-points.ts'

/**
 * The named points of the payment loop at which a test kills the till (docs/reliability.md, "Real kills").
 *
 * The loop is: write the intent, then send; hear the answer, write it, then show it (design §1). Each request of it goes
 * through the same moments, each a step towards the disk, the wire or the screen. The loop reports them to a listener
 * that is there in tests only; `crash-switch.ts` is the one that kills.
 */

/** The requests of the loop. */
export const crashRequests = ['pay', 'query', 'revoke'] as const
export type CrashRequest = (typeof crashRequests)[number]

/** Whether a request of a channel has crash points of its own. */
export function isCrashRequest(kind: string): kind is CrashRequest {
  return crashRequests.some((request) => request === kind)
}

/** What each request goes through, in this order, and what a kill there leaves behind. */
export const crashMoments = {
  'before-intent': 'The intent was decided and not yet handed to the ledger: nobody knows of it.',
  'intent-committing': 'The ledger’s worker has written the intent, and its transaction is not committed.',
  'intent-committed': 'The intent is committed, and nobody but the ledger’s worker knows.',
  'intent-durable': 'The runner knows that the intent is on the disk; the request is not made yet.',
  'before-write': 'The connection is open, and no byte of the request is written.',
  written: 'The request was handed to the socket, and the wallet has not looked at it.',
  booked: 'The wallet has done the request and written it into its books; its answer has not left.',
  answered: 'The answer was heard and read, and not yet handed to the ledger.',
  'answer-committing': 'The ledger’s worker has written the answer, and its transaction is not committed.',
  'answer-committed': 'The answer is committed, and nobody but the ledger’s worker knows.',
  'answer-durable': 'The runner knows that the answer is on the disk; nothing of it was shown.',
  shown: 'The answer was shown; what follows from it was not begun.',
} as const
export type CrashMoment = keyof typeof crashMoments

export type CrashPoint = `${CrashRequest}.${CrashMoment}`

/** The closed list: every point with its sentence, in the order in which a payment passes them. */
export const crashPoints: readonly {
  readonly name: CrashPoint
  readonly request: CrashRequest
  readonly moment: CrashMoment
  readonly sentence: string
}[] = crashRequests.flatMap((request) =>
  // The keys of a literal are the moments and nothing else.
  (Object.keys(crashMoments) as CrashMoment[]).map((moment) => ({
    name: `${request}.${moment}` as const,
    request,
    moment,
    sentence: crashMoments[moment],
  })),
)

/** Hears that the loop, or printing, has come to a point. Must not throw. */
export type OnCrashPoint = (point: CrashPoint | PrintCrashPoint) => void

/** How far the commit of an event has come. */
export type CommitStage = 'handing-over' | 'committing' | 'committed' | 'durable'

/** What an event does, as the payment core has stepped it. */
export type SteppedEvent = { readonly event: OrderEvent; readonly effects: readonly OrderEffect[] }

const answerOf: Readonly<Partial<Record<OrderEventType, CrashRequest>>> = {
  'pay-answered': 'pay',
  'query-answered': 'query',
  'revoke-answered': 'revoke',
}

const intentOf: Readonly<Partial<Record<OrderEffect['type'], CrashRequest>>> = {
  'send-pay': 'pay',
  'send-query': 'query',
  'send-revoke': 'revoke',
}

const answerMoments = {
  'handing-over': 'answered',
  committing: 'answer-committing',
  committed: 'answer-committed',
  durable: 'answer-durable',
} as const satisfies Record<CommitStage, CrashMoment>

const intentMoments = {
  'handing-over': 'before-intent',
  committing: 'intent-committing',
  committed: 'intent-committed',
  durable: 'intent-durable',
} as const satisfies Record<CommitStage, CrashMoment>

/** Reports how far the commit of an event is: as the answer of one request, as the intent of the next, or as both. */
export function reportCommit(onPoint: OnCrashPoint | undefined, stepped: SteppedEvent, stage: CommitStage): void {
  if (onPoint === undefined) return
  const answered = answerOf[stepped.event.type]
  if (answered !== undefined) onPoint(`${answered}.${answerMoments[stage]}`)
  for (const { type } of stepped.effects) {
    const intended = intentOf[type]
    if (intended !== undefined) onPoint(`${intended}.${intentMoments[stage]}`)
  }
}

/** Reports that what an event changed was shown, if it is the answer of a request. */
export function reportShown(onPoint: OnCrashPoint | undefined, event: OrderEvent): void {
  const answered = answerOf[event.type]
  if (answered !== undefined) onPoint?.(`${answered}.shown`)
}
