// `npm run check`: the one command before a commit.
import { runCheckSteps } from './steps/check-steps.ts'
import { conclude, runStep } from './steps/step.ts'

const steps = await runCheckSteps()
const simulation = await runStep({
  name: 'short simulation',
  script: 'scripts/simulate.ts',
  scriptArguments: ['--seeds', '40', '--short'],
  show: 'on-failure',
})
conclude('check', [...steps, simulation])
