import type { RequestKind } from './books.ts'
import type { ServerName } from './server-name.ts'

/**
 * What a test can do to an answer. The request has been handled by then, and the books say so: only the answer is
 * spoiled, as on a real line.
 */
export const trainingFaults = [
  'none',
  'html', // a captive portal's page, status 200
  'wrong-signature',
  'other-order', // signed properly, but for another order number (where the answer has one)
  'other-amount', // signed properly, but for one fen more (where the answer has an amount)
  'huge-body', // 100 MB
  'hang', // the answer never comes; the connection stays open
  'http-502',
  'half-answer', // the connection breaks in the middle of the body
  'doctype', // an XML document type with an entity before the answer
] as const
export type TrainingFault = (typeof trainingFaults)[number]

/** The request that a fault is chosen for. */
export type FaultTarget = {
  readonly wallet: ServerName
  readonly kind: RequestKind
  /** As the request named it; empty where the door refused it before looking. */
  readonly orderNumber: string
}

/** Chooses the fault of a request; asked once for each. */
export type ChooseFault = (target: FaultTarget) => TrainingFault
