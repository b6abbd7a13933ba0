import { LedgerDamage } from './damage.ts'

/**
 * The state in a row of a projection, as its writer put it there; `verify` compares it with the journal. Throws damage
 * where it cannot be read.
 */
export function readStateText<State>(state: unknown, noun: string): State {
  try {
    return JSON.parse(String(state)) as State
  } catch {
    throw new LedgerDamage({
      kind: 'projection-differs',
      subjectId: '',
      detail: `the state of a ${noun} cannot be read`,
    })
  }
}
