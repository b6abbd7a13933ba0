import { printEventTypes } from './event.ts'
import { type PrintStatus, printStatuses } from './job.ts'
import { printTable } from './table.ts'

/** What each status means, for the page and for people who read journals. */
export const printStatusMeanings = {
  queued: 'Stands in the line of its printer; not one byte of this copy can be on paper.',
  sending: 'Its bytes are, or may be, on their way.',
  unconfirmed: 'It may have printed, and no proof came: a person says.',
  printed: 'A named proof, or a person’s word.',
  failed: 'Given up: cancelled by a person, or there was nothing to print.',
} as const satisfies Record<PrintStatus, string>

const quoted = (statuses: readonly PrintStatus[]): string => statuses.map((status) => `\`${status}\``).join(', ')

/** The page `docs/print-states.md`, printed from the table in code; a test fails when the page is stale. */
export function printStatesPage(): string {
  return [
    '# The print job’s states',
    '',
    'Printed from `electron/till/print/table.ts` by `npm run docs:states`; do not edit by hand. A test walks every pair of',
    'state and event and fails when a rule leaves its row, and another when this page is stale.',
    '',
    'A job is one copy of one document. Copy 1 is the original and exists at most once; every further one is a reprint (补打)',
    'and says so. A job is journaled in the same commit as the event that it tells of, and what may have printed is never',
    'sent again by itself (I13).',
    '',
    '| state | means | can become |',
    '| --- | --- | --- |',
    ...printStatuses.map((status) => `| \`${status}\` | ${printStatusMeanings[status]} | ${goalsOf(status)} |`),
    '',
    ...printStatuses.flatMap(section),
  ].join('\n')
}

function goalsOf(status: PrintStatus): string {
  const goals = new Set(printEventTypes.flatMap((type) => printTable[status][type].to))
  goals.delete(status)
  return quoted(printStatuses.filter((goal) => goals.has(goal))) || 'nothing: it is at its end'
}

function section(status: PrintStatus): readonly string[] {
  const rows = printEventTypes.map((type) => {
    const { to, does } = printTable[status][type]
    return `| \`${type}\` | ${does} | ${quoted(to)} |`
  })
  return [`## \`${status}\``, '', '| event | what it does | leads to |', '| --- | --- | --- |', ...rows, '']
}
