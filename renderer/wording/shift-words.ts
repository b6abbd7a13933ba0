import type { ShiftActView, ShiftView } from '../../electron/api/contract.ts'

export type ShiftActProblem = Extract<ShiftActView, { readonly kind: 'refused' }>['problem']
export type ShiftStatus = ShiftView['status']

/** The sentences of shifts and their reports. */
export type ShiftWords = {
  readonly none: string
  readonly implicit: string
  readonly statuses: Readonly<Record<ShiftStatus, string>>
  readonly current: string
  readonly since: (moment: string) => string
  readonly runBy: (who: string) => string
  readonly nobody: string
  readonly person: (number: number) => string
  readonly float: (amount: string) => string
  readonly withoutCash: string
  readonly forgotten: (day: string) => string
  readonly clockBehind: (day: string) => string
  readonly goClose: string
  readonly former: string
  readonly older: string
  readonly choose: string
  readonly noFormer: string
  readonly open: string
  readonly report: string
  readonly handOver: string
  readonly close: string
  readonly goOn: string
  readonly print: string
  readonly cashMove: string
  readonly cancel: string
  readonly busy: string
  readonly openDialog: {
    readonly title: string
    readonly why: string
    readonly float: string
    readonly confirm: string
  }
  readonly handOverDialog: {
    readonly title: string
    readonly why: string
    readonly to: string
    readonly pin: string
    readonly counted: string
    readonly confirm: string
  }
  readonly closeDialog: {
    readonly title: string
    readonly blind: string
    readonly counted: string
    readonly second: string
    readonly reason: string
    readonly confirm: string
    readonly noCash: string
    readonly openCases: (count: number) => string
  }
  readonly moveDialog: {
    readonly title: string
    readonly kinds: Readonly<Record<'paid-in' | 'paid-out' | 'drawer-opened', string>>
    readonly amount: string
    readonly reason: string
    readonly confirm: string
    readonly what: (kind: string, amount: string, reason: string) => string
  }
  readonly allow: { readonly close: string; readonly read: (shiftId: string) => string }
  readonly problems: Readonly<Record<ShiftActProblem, string>>
  readonly refusals: Readonly<Record<'already-open' | 'no-such-shift' | 'no-staff' | 'lost', string>>
  readonly printed: Readonly<Record<'queued' | 'not-printed', string>>
  readonly x: string
  readonly z: string
  readonly dayReport: string
  readonly made: (moment: string) => string
  readonly blindNote: string
  readonly rows: {
    readonly total: string
    readonly sold: string
    readonly returned: string
    readonly net: string
    readonly count: string
    readonly by: string
  }
  readonly tenders: Readonly<Record<'code' | 'cash', string>>
  readonly drawer: {
    readonly expected: string
    readonly counted: string
    readonly difference: string
    readonly over: string
    readonly short: string
    readonly even: string
    readonly reason: (reason: string) => string
    readonly allowedBy: (name: string) => string
  }
  readonly stillOpen: (count: number) => string
  readonly supplements: (count: number) => string
  readonly amended: (net: string) => string
  readonly handedOver: (from: string, to: string, moment: string) => string
}
