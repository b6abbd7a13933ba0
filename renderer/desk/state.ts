import type { CaseView, HandedDifference, LedgerTrouble } from '../../electron/api/contract.ts'

export type DeskDialog = 'take-on' | 'revoke' | 'settle'

/** What the desk says in passing about the last act. */
export type DeskNotice =
  | { readonly kind: 'asked' }
  | { readonly kind: 'revoking' }
  | { readonly kind: 'refunding'; readonly amountFen: number }
  | { readonly kind: 'took-on'; readonly name: string }
  | { readonly kind: 'slip'; readonly path: string }
  | { readonly kind: 'slip-failed'; readonly path: string }
  | { readonly kind: 'not-now' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }

/** The desk for doubtful orders, as the window has it. */
export type DeskState = {
  /** Null until they were read. */
  readonly cases: readonly CaseView[] | null
  /** Differences that came from the bills; they are looked at where their day is. */
  readonly handed: readonly HandedDifference[]
  /** The page's clock when they were read; their durations count from here. */
  readonly readAtMs: number
  readonly failed: boolean
  readonly selected: string | null
  readonly dialog: DeskDialog | null
  /** Cases that have left the list while it was looked at; they are told until somebody has seen it. */
  readonly settled: readonly string[]
  readonly notice: DeskNotice | null
  /** The last name that was given, so that it need not be typed for each case. */
  readonly name: string
}

export const emptyDesk: DeskState = {
  cases: null,
  handed: [],
  readAtMs: 0,
  failed: false,
  selected: null,
  dialog: null,
  settled: [],
  notice: null,
  name: '',
}

export type DeskEvent =
  | { readonly type: 'read'; readonly cases: readonly CaseView[]; readonly nowMs: number }
  | { readonly type: 'handed-read'; readonly handed: readonly HandedDifference[] }
  | { readonly type: 'read-failed' }
  | { readonly type: 'selected'; readonly orderNumber: string }
  | { readonly type: 'moved'; readonly by: 1 | -1 }
  | { readonly type: 'dialog'; readonly dialog: DeskDialog | null }
  | { readonly type: 'noticed'; readonly notice: DeskNotice | null }
  | { readonly type: 'named'; readonly name: string }
  | { readonly type: 'settled-seen' }

const numbersOf = (cases: readonly CaseView[] | null): readonly string[] =>
  (cases ?? []).map(({ order }) => order.orderNumber)

/** The desk after an event; pure. */
export function reduceDesk(desk: DeskState, event: DeskEvent): DeskState {
  switch (event.type) {
    case 'read': {
      const before = numbersOf(desk.cases)
      const now = numbersOf(event.cases)
      const gone = before.filter((each) => !now.includes(each))
      const place = desk.selected === null ? 0 : Math.max(0, before.indexOf(desk.selected))
      const stays = desk.selected !== null && now.includes(desk.selected)
      const selected = stays ? desk.selected : (now[Math.min(place, now.length - 1)] ?? null)
      return {
        ...desk,
        cases: event.cases,
        readAtMs: event.nowMs,
        failed: false,
        selected,
        // What a dialog asks is about the case that was chosen, and about no other.
        dialog: stays ? desk.dialog : null,
        settled: [...desk.settled.filter((each) => !now.includes(each)), ...gone],
      }
    }
    case 'handed-read':
      return { ...desk, handed: event.handed }
    case 'read-failed':
      return { ...desk, failed: true }
    case 'selected':
      return { ...desk, selected: event.orderNumber, notice: null }
    case 'moved': {
      const numbers = numbersOf(desk.cases)
      const at = desk.selected === null ? -1 : numbers.indexOf(desk.selected)
      const to = numbers[Math.min(numbers.length - 1, Math.max(0, at + event.by))]
      return to === undefined || to === desk.selected ? desk : { ...desk, selected: to, notice: null }
    }
    case 'dialog':
      return { ...desk, dialog: event.dialog }
    case 'noticed':
      return { ...desk, notice: event.notice }
    case 'named':
      return { ...desk, name: event.name }
    case 'settled-seen':
      return { ...desk, settled: [] }
  }
}

/** The case that is chosen; null when there is none. */
export const selectedCase = (desk: DeskState): CaseView | null =>
  desk.cases?.find(({ order }) => order.orderNumber === desk.selected) ?? null

/** The figures of a case as of `nowMs` of the page's clock. */
export function caseFigures(view: CaseView, readAtMs: number, nowMs: number) {
  const passedMs = Math.max(0, nowMs - readAtMs)
  return {
    revokeLeftMs: Math.max(0, view.revokeUntilLeftMs - passedMs),
    revokeInMs: Math.max(0, view.order.revokeAllowedInMs - passedMs),
    nextStepInMs: view.nextStepInMs === null ? null : Math.max(0, view.nextStepInMs - passedMs),
  }
}

/** Whether the desk may revoke the case now: old enough, and not too old. */
export function mayRevoke(view: CaseView, readAtMs: number, nowMs: number): boolean {
  const { revokeInMs, revokeLeftMs } = caseFigures(view, readAtMs, nowMs)
  return revokeInMs === 0 && revokeLeftMs > 0
}
