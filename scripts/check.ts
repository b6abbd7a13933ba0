// `npm run check`: the one command before a commit.
import { runCheckSteps } from './steps/check-steps.ts'
import { conclude } from './steps/step.ts'

conclude('check', await runCheckSteps())
