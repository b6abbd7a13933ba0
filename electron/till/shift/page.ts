import { shiftEventTypes } from './event.ts'
import { type ShiftStatus, shiftStatuses } from './shift.ts'
import { shiftTable } from './table.ts'

/** What each status means, for the page and for people who read journals. */
export const shiftStatusMeanings = {
  open: 'Orders, refunds and cash belong to it.',
  counting: 'The drawer is being counted, blind. Orders and refunds still belong to it; no cash moves.',
  closed: 'Its report is written for good. What is decided later stands beside it as a supplement.',
} as const satisfies Record<ShiftStatus, string>

/** The page `docs/shift-states.md`, printed from the table in code; a test fails when the page is stale. */
export function shiftStatesPage(): string {
  return [
    '# The shift’s states',
    '',
    'Printed from `electron/till/shift/table.ts` by `npm run docs:states`; do not edit by hand. A test walks every pair of',
    'state and event and fails when a rule leaves its row, and another when this page is stale.',
    '',
    'Each order and each refund belongs to exactly one shift, the one that was open when it was created, and stays with it',
    '(I10). What was made while none was open belongs to its day’s implicit shift, `day-` and Shanghai’s date, which needs',
    'no opening and is never closed.',
    '',
    '| state | means |',
    '| --- | --- |',
    ...shiftStatuses.map((status) => `| \`${status}\` | ${shiftStatusMeanings[status]} |`),
    '',
    ...shiftStatuses.flatMap(section),
  ].join('\n')
}

function section(status: ShiftStatus): readonly string[] {
  const rows = shiftEventTypes.map((type) => {
    const { to, does } = shiftTable[status][type]
    return `| \`${type}\` | ${does} | \`${to}\` |`
  })
  return [`## \`${status}\``, '', '| event | what it does | leads to |', '| --- | --- | --- |', ...rows, '']
}
