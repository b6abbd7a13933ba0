// `npm run bench [-- NAME…]`: runs the programs in bench/ one after another, alone on the machine as far as we can help
// it; all of them or those whose names are given (`ledger-throughput`). Their figures are theirs to print.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { conclude, projectRoot, runStep, type StepResult } from './steps/step.ts'

const wanted = process.argv.slice(2)
const programs = readdirSync(join(projectRoot, 'bench'))
  .filter((file) => /^[\w-]+\.ts$/.test(file))
  .filter((file) => wanted.length === 0 || wanted.includes(file.replace(/\.ts$/, '')))
  .sort()

const results: StepResult[] = []
for (const file of programs) {
  console.log(`\n${file.replace(/\.ts$/, '')}`)
  results.push(await runStep({ name: file, script: `bench/${file}`, show: 'always' }))
}
if (results.length === 0) {
  console.log('no benchmark of that name')
  process.exitCode = 2
} else {
  conclude('bench', results)
}
