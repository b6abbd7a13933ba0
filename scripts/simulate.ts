// `npm run simulate -- --seeds N --days D --first-seed S`: the program in a simulated world, and what goes with it
// (docs/reliability.md).
import { simulateCommand } from '../electron/simulation/simulate-command.ts'

process.exitCode = await simulateCommand(process.argv.slice(2), console.log)
