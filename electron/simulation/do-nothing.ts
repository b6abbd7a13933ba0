import type { Runner, ScanOutcome } from '../runner/runner.ts'
import type { OrderNumber, SaleId } from '../till/ids.ts'
import { createOrder } from '../till/order/begin.ts'
import { isFinal, type Order } from '../till/order/order.ts'
import { maskCode } from '../till/payment-code.ts'
import { netFen } from './book.ts'
import type { RequestKind } from './door.ts'
import { channelOfId, type ProcessHost, type ProcessParts } from './till-process.ts'

/**
 * A client that does nothing of what the program does: no journal, no rules, no signature, no decoding. It sends what a
 * till sends (a pay request, queries, at the end a revoke) and learns from the books how it ended. What a day with it
 * costs is what the simulator costs by itself; it is measured, never judged.
 */
export function startDoNothing(parts: ProcessParts, host: ProcessHost): Runner {
  const { channels, network, tillId, phones } = parts
  const { storage, process, onChange } = host
  const orders = storage.disk.orders

  const show = (order: Order, status: Order['status']): Order => {
    const shown: Order = { ...order, status, version: order.version + 1 }
    orders.set(order.orderNumber, shown)
    onChange(shown)
    return shown
  }

  const send = (order: Order, kind: RequestKind, code: string): Promise<void> =>
    new Promise((resolve) => {
      const { orderNumber, amountFen } = order
      const { door, wallet } = channelOfId(channels, order.channel)
      const pay = kind === 'pay' ? { amountFen, code } : null
      const request = { kind, orderNumber, pay, refund: null, claimedWallMs: null }
      network.carry(door, wallet, request, order.policy.requestTimeoutMs, ({ afterMs }) => {
        process.after(afterMs, resolve)
      })
    })
  const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => process.after(durationMs, resolve))

  const follow = async (begun: Order, code: string): Promise<void> => {
    const book = () => channelOfId(channels, begun.channel).wallet.books.get(begun.orderNumber)
    await send(begun, 'pay', code)
    let ageMs = 0
    for (const nextMs of begun.policy.queryAgesMs) {
      if (netFen(book()) > 0) {
        show(begun, 'paid')
        return
      }
      await sleep(nextMs - ageMs)
      ageMs = nextMs
      await send(begun, 'query', '')
    }
    if (netFen(book()) === 0) await send(begun, 'revoke', '')
    show(begun, netFen(book()) > 0 ? 'paid' : 'revoked')
  }

  const take: Runner['take'] = async ({ scan, amountFen, saleId }): Promise<ScanOutcome> => {
    const code = phones.find(scan)
    const routed = channels.find(({ wallet }) => wallet.manners.codes === code?.wallet)
    if (!code || !routed) throw new Error('a code that no phone has shown')
    const orderNumber = `${tillId}N${String(orders.size + 1).padStart(8, '0')}` as OrderNumber // Ours to name, as the sale.
    const order = createOrder({
      type: 'created',
      at: process.clock.now(),
      orderNumber,
      saleId: saleId ?? (`${tillId}-own` as SaleId),
      channel: routed.door.channel.id,
      wallet: code.wallet,
      amountFen,
      maskedCode: maskCode(scan),
      policy: routed.definition.policy,
    })
    void follow(show(order, 'paying'), scan)
    return { kind: 'started', order }
  }

  const settled = async (orderNumber: OrderNumber): Promise<Order | null> => orders.get(orderNumber) ?? null
  return {
    resume: async () => ({ resumed: 0 }),
    take,
    act: async (orderNumber) => {
      const order = orders.get(orderNumber)
      return order ? { kind: 'not-now', order } : { kind: 'no-such-order' }
    },
    settled,
    open: () => [...orders.values()].filter(({ status }) => !isFinal(status)),
    stop: async () => undefined,
    lineIsBack: async () => undefined,
    refund: async () => ({ kind: 'stopping' }),
    actOnRefund: async () => ({ kind: 'no-such-refund' }),
    refundSettled: async () => null,
    openRefunds: () => [],
    takeOn: async () => ({ kind: 'no-such-order' }),
    settle: async () => ({ kind: 'no-such-order' }),
  }
}
