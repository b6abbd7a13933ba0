// `npm test`, after the preflight: check with its simulation, build, and the counter stories in a browser.
import { runCheckSteps } from './steps/check-steps.ts'
import { runSimulationStep } from './steps/simulation-step.ts'
import { conclude, runStep } from './steps/step.ts'

const check = await runCheckSteps()
const build = await runStep({ name: 'build', script: 'scripts/build.ts', show: 'on-failure' })
// Stories wait for wallets and hands much of their time; the simulation fills that time and leaves them the rest.
const [simulation, stories] = await Promise.all([
  runSimulationStep({ inBackground: build.passed }),
  build.passed
    ? runStep({ name: 'counter stories', script: 'scripts/end-to-end.ts', show: 'always' })
    : { name: 'counter stories (not run: the build failed)', passed: false, seconds: 0 },
])
conclude('test', [...check, build, simulation, stories])
