import { refundEventTypes } from './event.ts'
import { isRefundFinal, type RefundStatus, refundStatuses } from './refund.ts'
import { refundTable } from './table.ts'

/** What each status means, for the page and for people who read journals. */
export const refundStatusMeanings = {
  created: 'The intent is on disk; nothing was sent.',
  requested: 'A refund request is, or may be, on the wire.',
  processing: 'The channel took it in; the money is on its way.',
  unknown: 'Nobody can say yet; the amount counts as spent.',
  done: 'A verified answer said that the money went back.',
  failed: 'The channel confirmed that no money went back under this number.',
  attention: 'A person must look (人工处理); the amount counts as spent.',
} as const satisfies Record<RefundStatus, string>

const quoted = (statuses: readonly RefundStatus[]): string => statuses.map((status) => `\`${status}\``).join(', ')

/** The page `docs/refund-states.md`, printed from the table in code; a test fails when the page is stale. */
export function refundStatesPage(): string {
  return [
    '# The refund’s states',
    '',
    'Printed from `electron/till/refund/table.ts` by `npm run docs:states`; do not edit by hand. A test walks every pair of',
    'state and event and fails when a rule leaves its row, and another when this page is stale.',
    '',
    'Every try of a refund uses the same refund number (I8). What is left to refund of an order is what was paid less every',
    'refund that has not failed.',
    '',
    '| state | means | can become |',
    '| --- | --- | --- |',
    ...refundStatuses.map((status) => `| \`${status}\` | ${refundStatusMeanings[status]} | ${goalsOf(status)} |`),
    '',
    ...refundStatuses.flatMap(section),
  ].join('\n')
}

function goalsOf(status: RefundStatus): string {
  const goals = new Set(refundEventTypes.flatMap((type) => refundTable[status][type].to))
  goals.delete(status)
  const text = quoted(refundStatuses.filter((goal) => goals.has(goal)))
  if (text === '') return 'nothing: it is at its end'
  return isRefundFinal(status) ? `${text}, only if a verified “done” turns up after the end` : text
}

function section(status: RefundStatus): readonly string[] {
  const rows = refundEventTypes.map((type) => {
    const { to, does } = refundTable[status][type]
    return `| \`${type}\` | ${does} | ${quoted(to)} |`
  })
  return [`## \`${status}\``, '', '| event | what it does | leads to |', '| --- | --- | --- |', ...rows, '']
}
