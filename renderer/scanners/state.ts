import type { FoundScanners, KeyGapResult, ScanLoss, ScanPassage, TriedScan } from '../../electron/api/contract.ts'
import type { Rhythm, ScanEnd } from '../scan/capture.ts'

/** How a test scan came in: read by the main side, or typed into the window. */
export type Passage =
  | ({ readonly by: 'gun' } & ScanPassage)
  | { readonly by: 'window'; readonly symbology: string | null; readonly end: ScanEnd; readonly rhythm: Rhythm }

/** What the last test scan was. */
export type Tried =
  | { readonly what: TriedScan | { readonly kind: 'lost' }; readonly passage: Passage }
  | { readonly what: { readonly kind: 'unreadable'; readonly loss: ScanLoss }; readonly passage: null }

/** What became of the last change of the threshold. */
export type KeyGapNotice = KeyGapResult | { readonly kind: 'lost' }

/** The screen for scan guns. Begins anew whenever it is opened. */
export type GunTestState = {
  readonly tried: Tried | null
  /** The rhythm of keys that have come to no scan; null where a scan was last. */
  readonly typing: Rhythm | null
  readonly found: FoundScanners | { readonly kind: 'lost' } | null
  readonly looking: boolean
  readonly keyGap: KeyGapNotice | null
}

export type GunTestEvent =
  | { readonly type: 'tried'; readonly tried: Tried }
  | { readonly type: 'typing'; readonly rhythm: Rhythm }
  | { readonly type: 'looking' }
  | { readonly type: 'found'; readonly found: NonNullable<GunTestState['found']> }
  | { readonly type: 'key-gap'; readonly notice: KeyGapNotice }

export const emptyGunTest: GunTestState = { tried: null, typing: null, found: null, looking: false, keyGap: null }

/** Fewer keys say nothing about who typed them. */
const typingFrom = 6
/** From step to step of the threshold. */
const keyGapStepMs = 5

/** The state after an event; pure. */
export function reduceGunTest(state: GunTestState, event: GunTestEvent): GunTestState {
  switch (event.type) {
    case 'tried':
      return { ...state, tried: event.tried, typing: null }
    case 'typing':
      return event.rhythm.keys < typingFrom ? state : { ...state, typing: event.rhythm }
    case 'looking':
      return { ...state, looking: true }
    case 'found':
      return { ...state, looking: false, found: event.found }
    case 'key-gap':
      return { ...state, keyGap: event.notice }
  }
}

type KeyGap = { readonly ms: number; readonly leastMs: number; readonly mostMs: number }

/** The threshold one step slower or quicker, on the scale's marks; null at its end. */
export function nextKeyGapMs({ ms, leastMs, mostMs }: KeyGap, by: 1 | -1): number | null {
  const mark = by > 0 ? Math.floor(ms / keyGapStepMs) + 1 : Math.ceil(ms / keyGapStepMs) - 1
  const next = Math.min(mostMs, Math.max(leastMs, mark * keyGapStepMs))
  return next === ms ? null : next
}
