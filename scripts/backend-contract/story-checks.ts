import { randomInt } from 'node:crypto'
import { makePracticeCode, type Story } from '../../electron/training/practice-code.ts'
import { breachIn, type Check, freshOrderNumber, type Wanted } from './checks.ts'
import type { ContractClient, Told } from './client.ts'

const amountFen = 1234

const payMembers = (story: Story) => {
  const digits = String(randomInt(100_000, 1_000_000)).slice(1).repeat(2)
  const paymentCode = makePracticeCode('wechat', story, digits)
  return { orderNumber: freshOrderNumber(), amountFen, currency: 'CNY', paymentCode, subject: 'contract test' }
}

/** The first breach of several answers. */
const firstOf = (...answers: readonly (readonly [string, Told, Wanted])[]): string | undefined => {
  for (const [what, told, wanted] of answers) {
    const breach = breachIn(told, wanted)
    if (breach !== undefined) return `${what}: ${breach}`
  }
  return undefined
}

const failing = (story: Story, reason: string): Check => ({
  name: `${story}: the payment failed, and the order is closed unpaid`,
  run: async (client) => {
    const pay = payMembers(story)
    const { orderNumber } = pay
    return firstOf(
      ['pay', await client.ask('pay', pay), { states: ['failed'], members: { orderNumber, amountFen, reason } }],
      [
        'query',
        await client.ask('query', { orderNumber }),
        { states: ['closed'], members: { amountFen, wasPaid: 'no' } },
      ],
    )
  },
})

const paidOrder = async (client: ContractClient) => {
  const pay = payMembers('pays-at-once')
  const told = await client.ask('pay', pay)
  const members = { orderNumber: pay.orderNumber, amountFen }
  return { pay, told, breach: breachIn(told, { states: ['paid'], members }) }
}

/** The checks with practice codes, for servers that say they are training servers. */
export const storyChecks: readonly Check[] = [
  {
    name: 'pays-at-once: paid, and the same request again charges nobody',
    run: async (client) => {
      const { pay, told, breach } = await paidOrder(client)
      if (breach !== undefined) return `pay: ${breach}`
      const { orderNumber } = pay
      const transactionId = told.fields?.text('transactionId') ?? ''
      if (transactionId === '') return 'pay: transactionId is missing'
      const same: Wanted = { states: ['paid'], members: { orderNumber, amountFen, transactionId } }
      return firstOf(
        ['the same pay again', await client.ask('pay', pay), same],
        ['query', await client.ask('query', { orderNumber }), same],
        [
          'another amount under the number',
          await client.ask('pay', { ...pay, amountFen: amountFen + 1 }),
          { code: 'order-number-reused', members: { orderNumber } },
        ],
        ['query after it', await client.ask('query', { orderNumber }), same],
      )
    },
  },
  failing('balance-low', 'balance-low'),
  failing('code-expired', 'code-expired'),
  {
    name: 'password-never: waits for the payer, and a revoke closes it unpaid',
    run: async (client) => {
      const pay = payMembers('password-never')
      const { orderNumber } = pay
      const waiting: Wanted = { states: ['awaiting-payer'], members: { orderNumber, amountFen } }
      return firstOf(
        ['pay', await client.ask('pay', pay), waiting],
        ['query', await client.ask('query', { orderNumber }), waiting],
        [
          'revoke',
          await client.ask('revoke', { orderNumber }),
          { states: ['accepted'], members: { effect: 'closed' } },
        ],
        ['query', await client.ask('query', { orderNumber }), { states: ['closed'], members: { wasPaid: 'no' } }],
      )
    },
  },
  {
    name: 'pays-just-before-revoke: the revoke returns the money, and the query says so',
    run: async (client) => {
      const pay = payMembers('pays-just-before-revoke')
      const { orderNumber } = pay
      return firstOf(
        ['pay', await client.ask('pay', pay), { states: ['awaiting-payer'] }],
        [
          'revoke',
          await client.ask('revoke', { orderNumber }),
          { states: ['accepted'], members: { effect: 'refunded' } },
        ],
        ['query', await client.ask('query', { orderNumber }), { states: ['closed'], members: { wasPaid: 'yes' } }],
      )
    },
  },
  {
    name: 'refunds: a part, the same number again, another amount, and more than is left',
    run: async (client) => {
      const { pay, breach } = await paidOrder(client)
      if (breach !== undefined) return `pay: ${breach}`
      const { orderNumber } = pay
      const first = { orderNumber, refundNumber: `${orderNumber}R1`, amountFen: 1000 }
      const taken: Wanted = { states: ['accepted', 'done'], members: first }
      return firstOf(
        ['refund', await client.ask('refund', first), taken],
        ['the same refund again', await client.ask('refund', first), taken],
        [
          'another amount under the number',
          await client.ask('refund', { ...first, amountFen: 1 }),
          { code: 'refund-number-reused', members: { orderNumber } },
        ],
        [
          'more than is left',
          await client.ask('refund', { ...first, refundNumber: `${orderNumber}R2`, amountFen: 235 }),
          { states: ['refused'], members: { reason: 'not-enough-left' } },
        ],
        [
          'refund query',
          await client.ask('refund-query', { orderNumber, refundNumber: first.refundNumber }),
          { states: ['processing', 'done'], members: first },
        ],
        [
          'a revoke after a refund',
          await client.ask('revoke', { orderNumber }),
          { states: ['not-revocable'], members: { orderNumber } },
        ],
      )
    },
  },
]
