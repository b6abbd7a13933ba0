import { runStep, type StepResult } from './step.ts'

/** So many store days meet every kind of fault, real ledger files among them, in about a minute and a half on one core. */
const storeDays = 120

/** Plays store days with all faults; a broken invariant fails it, and so does a kind of fault that never struck. */
export function runSimulationStep({ inBackground = false } = {}): Promise<StepResult> {
  return runStep({
    name: `simulation of ${storeDays} store days`,
    script: 'scripts/simulate.ts',
    scriptArguments: ['--seeds', String(storeDays)],
    show: 'on-failure',
    inBackground,
  })
}
