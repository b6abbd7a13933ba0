// `npm run check:source`: the rules on the text itself (scripts/rules/source-rules.ts) over the whole tree.
import { dirname } from 'node:path'
import { sourceBreaches } from './rules/source-rules.ts'
import { sourceTree } from './rules/source-tree.ts'

let filesRead = 0
let breachCount = 0
for (const file of sourceTree(dirname(import.meta.dirname))) {
  filesRead += 1
  for (const { rule, path, line, what } of sourceBreaches(file)) {
    breachCount += 1
    console.log(`${path}:${line}: ${rule}: ${what}`)
  }
}
console.log(`source: ${filesRead} files read, ${breachCount} breaches`)
if (breachCount > 0 || filesRead === 0) process.exitCode = 1
