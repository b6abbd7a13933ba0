// `npm test`, after the preflight: check with its simulation, build, and the counter stories in a browser.
import { runCheckSteps, runPureTests } from './steps/check-steps.ts'
import { runSimulationStep } from './steps/simulation-step.ts'
import { conclude, runStep, type StepResult } from './steps/step.ts'

/** What takes a processor and no part in time: it fills what others leave. */
async function runInBackground(isBuilt: boolean): Promise<readonly StepResult[]> {
  const packaging = { name: 'what is packed', script: 'scripts/package-check.ts', show: 'on-failure' } as const
  return [
    ...(isBuilt ? [await runStep({ ...packaging, inBackground: true })] : []),
    await runPureTests(),
    await runSimulationStep({ inBackground: true }),
  ]
}

const check = await runCheckSteps({ withPureTests: false })
const build = await runStep({ name: 'build', script: 'scripts/build.ts', show: 'on-failure' })
// Stories wait for wallets and hands most of their time.
const [background, stories] = await Promise.all([
  runInBackground(build.passed),
  build.passed
    ? runStep({ name: 'counter stories', script: 'scripts/end-to-end.ts', show: 'always' })
    : { name: 'counter stories (not run: the build failed)', passed: false, seconds: 0 },
])
conclude('test', [...check, build, ...background, stories])
