import {
  becomePrinted,
  becomeUnconfirmed,
  beginSending,
  doubt,
  findNothing,
  giveUp,
  hearPerson,
  lineUpAgain,
  type PrintStep,
  standInLine,
  stay,
  wantAgain,
} from './change.ts'
import type { PrintEvent, PrintEventType } from './event.ts'
import type { PrintJob, PrintStatus } from './job.ts'

/** One cell of the table: where the event can lead, in words what it does, and the function that does it. */
export type PrintRule<Type extends PrintEventType> = {
  readonly to: readonly PrintStatus[]
  readonly does: string
  readonly apply: (job: PrintJob, event: Extract<PrintEvent, { readonly type: Type }>) => PrintStep
}

type Row = { readonly [Type in PrintEventType]: PrintRule<Type> }

const nothing = <Type extends PrintEventType>(status: PrintStatus, why: string): PrintRule<Type> => ({
  to: [status],
  does: `nothing: ${why}`,
  apply: stay,
})

const ended = (status: 'printed' | 'failed'): Omit<Row, 'wanted-again'> => {
  const why = status === 'printed' ? 'it printed' : 'it was given up'
  return {
    sending: nothing(status, why),
    'not-sent': nothing(status, why),
    printed: nothing(status, why),
    unconfirmed: nothing(status, why),
    'not-made': nothing(status, why),
    'looked-at': nothing(status, why),
    cancelled: nothing(status, why),
    resumed: nothing(status, why),
    restored: nothing(status, why),
  }
}

/** A print job's life as one table, total over states and events; `docs/print-states.md` is printed from it. */
export const printTable: { readonly [Status in PrintStatus]: Row } = {
  queued: {
    sending: { to: ['sending'], does: 'the intent is durable: the bytes leave', apply: beginSending },
    'not-sent': nothing('queued', 'nothing was on its way'),
    printed: nothing('queued', 'nothing was on its way'),
    unconfirmed: nothing('queued', 'nothing was on its way'),
    'not-made': {
      to: ['failed'],
      does: 'there is no document to send, or it would no longer be true',
      apply: findNothing,
    },
    'looked-at': nothing('queued', 'nothing was asked'),
    'wanted-again': nothing('queued', 'it stands in line already'),
    cancelled: { to: ['failed'], does: 'not one byte left: it will not be printed', apply: giveUp },
    resumed: { to: ['queued'], does: 'stands in line as before', apply: standInLine },
    restored: { to: ['unconfirmed'], does: 'it may have printed after the backup: asks', apply: doubt },
  },
  sending: {
    sending: nothing('sending', 'one writer, one try at a time'),
    'not-sent': { to: ['queued'], does: 'not one byte left: waits, and goes again by itself', apply: lineUpAgain },
    printed: { to: ['printed'], does: 'a named proof: printed', apply: becomePrinted },
    unconfirmed: { to: ['unconfirmed'], does: 'it may have printed: asks', apply: becomeUnconfirmed },
    'not-made': nothing('sending', 'the document was made'),
    'looked-at': nothing('sending', 'the printer’s answer or its time-out comes first'),
    'wanted-again': nothing('sending', 'it is on its way'),
    cancelled: nothing('sending', 'bytes are on their way'),
    resumed: { to: ['unconfirmed'], does: 'the stop cut it off and it may have printed: asks', apply: doubt },
    restored: { to: ['unconfirmed'], does: 'it may have printed: asks', apply: doubt },
  },
  unconfirmed: {
    sending: nothing('unconfirmed', 'what may have printed is never sent by itself'),
    'not-sent': nothing('unconfirmed', 'it may have printed'),
    printed: { to: ['printed'], does: 'a proof that came late settles it', apply: becomePrinted },
    unconfirmed: nothing('unconfirmed', 'somebody was asked'),
    'not-made': nothing('unconfirmed', 'the document was made'),
    'looked-at': {
      to: ['printed', 'queued'],
      does: 'yes: printed, by a person’s word; no: the same copy is sent again',
      apply: hearPerson,
    },
    'wanted-again': nothing('unconfirmed', 'whether it printed is asked first'),
    cancelled: { to: ['failed'], does: 'given up; it may be on paper', apply: giveUp },
    resumed: { to: ['unconfirmed'], does: 'asks again', apply: doubt },
    restored: { to: ['unconfirmed'], does: 'asks again', apply: doubt },
  },
  printed: {
    ...ended('printed'),
    'wanted-again': nothing('printed', 'a further copy is a job of its own and says so'),
  },
  failed: {
    ...ended('failed'),
    'wanted-again': {
      to: ['queued', 'failed'],
      does: 'the same copy stands in line, if none of it can be on paper; else only a further copy may follow',
      apply: wantAgain,
    },
  },
}
