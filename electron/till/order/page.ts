import { orderEventTypes } from './event.ts'
import { isFinal, type OrderStatus, orderStatuses } from './order.ts'
import { orderTable } from './table.ts'

/** What each status means, for the page and for people who read journals (design §3). */
export const statusMeanings = {
  created: 'The intent is on disk; nothing was sent.',
  paying: 'The pay request is, or may be, on the wire.',
  'awaiting-payer': 'The channel says that the customer is confirming.',
  unknown: 'Nobody can say yet: time-out, system error, unreadable or unverifiable answer.',
  revoking: 'A revoke is wanted; every try is a record. Believed only after a query.',
  paid: 'A verified answer said paid for this order, amount and merchant.',
  failed: 'A verified answer said that it can no longer charge.',
  revoked: 'Closed without money, or the money goes back; which of the two is recorded.',
  attention: 'A person must look (人工处理).',
} as const satisfies Record<OrderStatus, string>

/** The page `docs/order-states.md`, printed from the table in code; a test fails when the page is stale. */
export function orderStatesPage(): string {
  return [
    '# The order’s states',
    '',
    'Printed from `electron/till/order/table.ts` by `npm run docs:states`; do not edit by hand. A test walks every pair of',
    'state and event and fails when a rule leaves its row, and another when this page is stale.',
    '',
    '| state | means | can become |',
    '| --- | --- | --- |',
    ...orderStatuses.map((status) => `| \`${status}\` | ${statusMeanings[status]} | ${goalsOf(status)} |`),
    '',
    ...orderStatuses.flatMap(section),
  ].join('\n')
}

function goalsOf(status: OrderStatus): string {
  const goals = new Set(orderEventTypes.flatMap((type) => orderTable[status][type].to))
  goals.delete(status)
  const text = orderStatuses
    .filter((goal) => goals.has(goal))
    .map((goal) => `\`${goal}\``)
    .join(', ')
  if (text === '') return 'nothing: it is at its end'
  return isFinal(status) ? `${text}, only if a verified “paid” turns up after the end` : text
}

function section(status: OrderStatus): readonly string[] {
  const rows = orderEventTypes.map((type) => {
    const { to, does } = orderTable[status][type]
    return `| \`${type}\` | ${does} | ${to.map((goal) => `\`${goal}\``).join(', ')} |`
  })
  return [`## \`${status}\``, '', '| event | what it does | leads to |', '| --- | --- | --- |', ...rows, '']
}
