// `npm run kills [-- --long]`: kills a real till at every named point of the payment loop, restarts it, and lets the
// training wallets' books judge (docs/reliability.md, "Real kills"). With `--printing`: kills a till that prints, and lets
// the paper judge. Ends with 1 on any disagreement.
import { crashPoints } from '../electron/crash-points/crash-points.ts'
import { build } from './build.ts'
import { runKills } from './kills/kill-lab.ts'
import { killName, longPlan, shortPlan } from './kills/plan.ts'
import { runPrintKills } from './kills/printing/print-kills.ts'
import { killTable } from './kills/table.ts'

const words = process.argv.slice(2)
if (words.some((word) => word !== '--long' && word !== '--printing')) {
  console.error('The only options are --long and --printing.')
  process.exit(2)
}
if (words.includes('--printing')) process.exit((await runPrintKills(words.includes('--long'))) ? 0 : 1)
const plan = words.includes('--long') ? longPlan : shortPlan
console.log(`${plan.length} kills at ${crashPoints.length} points, two at a time.`)
const startedMs = performance.now()
await build({ targets: ['cli'] })
const reports = await runKills(plan, 2, ({ kill, end, disagreements }) => {
  if (disagreements.length > 0) console.log(`✖ ${killName(kill)}: ${end}\n  ${disagreements.join('\n  ')}`)
})
console.log(killTable(reports))
const wrong = reports.filter(({ disagreements }) => disagreements.length > 0).length
const unreached = crashPoints.filter(({ name }) => !reports.some(({ kill }) => kill.point === name))
console.log(`${reports.length} kills, ${wrong} disagreements, ${Math.round((performance.now() - startedMs) / 1000)} s`)
if (wrong > 0 || unreached.length > 0 || reports.length !== plan.length) process.exitCode = 1
