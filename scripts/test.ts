// `npm test`, after the preflight: check with its simulation, build, and the counter stories in a browser.
import { runCheckSteps } from './steps/check-steps.ts'
import { runSimulationStep } from './steps/simulation-step.ts'
import { conclude, runStep } from './steps/step.ts'

const check = await runCheckSteps()
const simulation = await runSimulationStep()
const build = await runStep({ name: 'build', script: 'scripts/build.ts', show: 'on-failure' })
const stories = build.passed
  ? await runStep({ name: 'counter stories', script: 'scripts/end-to-end.ts', show: 'always' })
  : { name: 'counter stories (not run: the build failed)', passed: false, seconds: 0 }
conclude('test', [...check, simulation, build, stories])
