import type { OrderStatus } from './types.ts'

const inOrder = {
  created: 0,
  paying: 1,
  'awaiting-payer': 2,
  unknown: 3,
  revoking: 4,
  attention: 5,
  paid: 6,
  failed: 7,
  revoked: 8,
} as const satisfies Record<OrderStatus, number>

/** Every status in the order in which filters and legends name them. */
export const orderStatusesOnScreen: readonly OrderStatus[] = Object.entries(inOrder)
  .toSorted(([, a], [, b]) => a - b)
  // The object's keys are exactly the union, as `satisfies` proves.
  .map(([status]) => status as OrderStatus)
