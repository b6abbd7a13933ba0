import type { ShiftEvent, ShiftEventType } from './event.ts'
import type { Shift, ShiftStatus } from './shift.ts'

/** One cell of the table: where the event leads, in words what it does, and the function that does it. */
export type ShiftRule<Type extends ShiftEventType> = {
  readonly to: ShiftStatus
  readonly does: string
  readonly apply: (shift: Shift, event: Extract<ShiftEvent, { readonly type: Type }>) => Shift
}

type Row = { readonly [Type in ShiftEventType]: ShiftRule<Type> }

const nothing = <Type extends ShiftEventType>(status: ShiftStatus, why: string): ShiftRule<Type> => ({
  to: status,
  does: `nothing: ${why}`,
  apply: (shift) => shift,
})

const close: ShiftRule<'closed'>['apply'] = (shift, { type: _, ...closing }) => ({
  ...shift,
  status: 'closed',
  closing,
})

/** A shift's life as one table, total over states and events; `docs/shift-states.md` is printed from it. */
export const shiftTable: { readonly [Status in ShiftStatus]: Row } = {
  open: {
    'handed-over': {
      to: 'open',
      does: 'the next cashier runs the shift; what was counted is kept',
      apply: (shift, { type: _, ...handOver }) => ({
        ...shift,
        cashier: handOver.to,
        handOvers: [...shift.handOvers, handOver],
      }),
    },
    'close-begun': {
      to: 'counting',
      does: 'the drawer is counted; until the end no cash moves',
      apply: (shift) => ({ ...shift, status: 'counting', counts: [] }),
    },
    counted: nothing('open', 'counting has not begun'),
    'close-abandoned': nothing('open', 'counting has not begun'),
    closed: { to: 'closed', does: 'a shift without cash needs no count: the report is written', apply: close },
    supplemented: nothing('open', 'the totals are not written yet'),
  },
  counting: {
    'handed-over': nothing('counting', 'a drawer that is being counted is not handed over'),
    'close-begun': nothing('counting', 'counting has begun'),
    counted: {
      to: 'counting',
      does: 'keeps what was counted, blind: a second count stands beside the first',
      apply: (shift, { countedFen }) => ({ ...shift, counts: [...shift.counts, countedFen] }),
    },
    'close-abandoned': {
      to: 'open',
      does: 'the shift goes on; what was counted is forgotten',
      apply: (shift) => ({ ...shift, status: 'open', counts: [] }),
    },
    closed: { to: 'closed', does: 'the report is written, once', apply: close },
    supplemented: nothing('counting', 'the totals are not written yet'),
  },
  closed: {
    'handed-over': nothing('closed', 'a closed shift never changes'),
    'close-begun': nothing('closed', 'a closed shift never changes'),
    counted: nothing('closed', 'a closed shift never changes'),
    'close-abandoned': nothing('closed', 'a closed shift never changes'),
    closed: nothing('closed', 'a closed shift never changes'),
    supplemented: {
      to: 'closed',
      does: 'stands beside the report, which stays as it is',
      apply: (shift, { type: _, ...supplement }) => ({ ...shift, supplements: [...shift.supplements, supplement] }),
    },
  },
}
