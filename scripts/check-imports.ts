// `npm run check:imports`: the table of allowed imports (.dependency-cruiser.mjs) over the whole tree.
import { dirname } from 'node:path'
import { importBreaches } from './rules/import-rules.ts'

const { filesRead, breaches } = await importBreaches(dirname(import.meta.dirname))
for (const [rule, places] of Map.groupBy(breaches, ({ rule }) => rule)) {
  console.log(`${rule}: ${places[0]?.why ?? ''}`)
  for (const { from, to } of places) console.log(from === to ? `  ${from}` : `  ${from} imports ${to}`)
}
console.log(`imports: ${filesRead} files read, ${breaches.length} breaches`)
if (breaches.length > 0 || filesRead === 0) process.exitCode = 1
