// `npm run check`: the one command before a commit.
import { runCheckSteps } from './steps/check-steps.ts'
import { runSimulationStep } from './steps/simulation-step.ts'
import { conclude } from './steps/step.ts'

const steps = await runCheckSteps()
const simulation = await runSimulationStep()
conclude('check', [...steps, simulation])
