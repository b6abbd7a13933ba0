import type { CustomerDisplayView } from '../../electron/api/contract.ts'
import { assertNever } from '../till/types.ts'
import type { CustomerView } from './customer-view.ts'

/** What the counter tells the display, each second and at each change. */
export type DisplayMessage = {
  readonly view: CustomerView
  readonly storeName: string
  readonly language: CustomerDisplayView['language']
  readonly isTraining: boolean
}

/** What the display knows: the counter's last words, and an end that it keeps before the customer. */
export type DisplayState = {
  readonly told: DisplayMessage | null
  readonly heardAtMs: number
  /** The view that stands or stood here, and since when. */
  readonly view: CustomerView
  readonly sinceMs: number
}

/** What stands on the display. */
export type Shown = {
  readonly view: CustomerView
  /** Whether the counter is silent: the customer is asked to turn to the staff. */
  readonly isAlone: boolean
}

/** The counter speaks each second; a page that browsers slow down, because it is covered, still does. */
export const heartbeatMs = 1_000
/** Four words missed: longer than a reload of the counter's page or a reconnection, shorter than a customer's patience. */
export const silenceMs = 4_000
/** A result is read at a glance, and a customer who puts the phone away looks up once more. */
const restAfterMs = 15_000
/** To take the phone out again, open its camera and read the code takes people about half a minute. */
const restAfterCodeMs = 40_000

export const silentDisplay: DisplayState = { told: null, heardAtMs: 0, view: { kind: 'resting' }, sinceMs: 0 }

/** How long a view stands; null where it stands as long as the counter says so. */
function standsMs(view: CustomerView): number | null {
  switch (view.kind) {
    case 'paid':
      return view.receiptQr === null ? restAfterMs : restAfterCodeMs
    case 'not-paid':
    case 'revoked-closed':
    case 'revoked-refunded':
    case 'cash-paid':
    case 'cash-returned':
      return restAfterMs
    case 'resting':
    case 'due':
    case 'sending':
    case 'awaiting-payer':
    case 'ask-staff':
    case 'cash-due':
      return null
    default:
      return assertNever(view, 'customer view')
  }
}

/** The same view, or the same with the receipt's code that came a moment later. */
function isSame(one: CustomerView, other: CustomerView): boolean {
  const plain = (view: CustomerView): string => JSON.stringify({ ...view, receiptQr: null })
  return plain(one) === plain(other)
}

const isStanding = ({ view, sinceMs }: DisplayState, nowMs: number): boolean => {
  const stands = standsMs(view)
  return stands !== null && nowMs - sinceMs < stands
}

/**
 * The display after a word of the counter. A counter that goes on to nothing does not take a result away from its
 * customer before its time; the next customer's amount does, at once.
 */
export function hear(display: DisplayState, message: DisplayMessage, nowMs: number): DisplayState {
  const heard = { told: message, heardAtMs: nowMs }
  const { view } = message
  if (isSame(display.view, view)) return { ...display, ...heard, view }
  const wasSilent = nowMs - display.heardAtMs >= silenceMs
  if (view.kind === 'resting' && !wasSilent && isStanding(display, nowMs)) return { ...display, ...heard }
  return { ...heard, view, sinceMs: nowMs }
}

/** What stands on the display at `nowMs` of the page's own clock. A display without its counter says nothing of money. */
export function shownAt(display: DisplayState, nowMs: number): Shown {
  if (display.told === null || nowMs - display.heardAtMs >= silenceMs) {
    return { view: { kind: 'resting' }, isAlone: true }
  }
  const isOver = standsMs(display.view) !== null && !isStanding(display, nowMs)
  return { view: isOver ? { kind: 'resting' } : display.view, isAlone: false }
}
