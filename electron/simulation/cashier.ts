import type { ScanOutcome } from '../runner/runner.ts'
import type { OrderNumber, SaleId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { isFinal, type Order } from '../till/order/order.ts'
import type { Agenda } from './agenda.ts'
import type { Auditor } from './auditor.ts'
import { codeLifeMs, drawIntent, type Intent, type Phones, type ShownCode, type WalletName } from './customers.ts'
import type { Faults } from './faults.ts'
import type { Generator } from './generator.ts'
import type { Answer, TillMachine } from './till-machine.ts'

export type Cashier = {
  /** Serves one customer to the end of the sale, or until nothing more can be done at the counter. */
  serve(): Promise<void>
}

export type CashierParts = {
  readonly agenda: Agenda
  readonly generator: Generator
  readonly faults: Faults
  readonly phones: Phones
  readonly till: TillMachine
  readonly auditor: Auditor
  /** Whose codes the customers have; a little more than half have the first one's. */
  readonly wallets: readonly [WalletName, WalletName]
}

type Sale = { readonly saleId: SaleId; readonly amountFen: number; readonly wallet: WalletName }
type Ending = 'paid' | 'unpaid' | 'left-open'

/** Few prices, so that sales of the same amount meet. */
const pricesFen = [100, 350, 800, 990, 1_200, 1_234, 1_580, 2_000, 3_580, 6_800, 12_900, 88_888]
const longestAttempt = 4
const patienceMs = 160_000

/** A cashier with a queue of customers, all of them human. */
export function createCashier({ agenda, generator, faults, phones, till, auditor, wallets }: CashierParts): Cashier {
  let sales = 0
  let lastAmountFen = 0

  const show = (sale: Sale, intent: Intent): ShownCode => phones.show(sale.wallet, intent, sale.saleId, agenda.nowMs())

  const scan = (sale: Sale, code: ShownCode, anotherCustomer: boolean): Promise<Answer<ScanOutcome>> => {
    const { saleId, amountFen } = sale
    return till.take({ scan: code.code, amountFen: fen(amountFen), saleId, anotherCustomer })
  }

  /** Scans until the till has taken the code or says why not. */
  const insist = async (sale: Sale, code: ShownCode): Promise<Order | 'nothing'> => {
    let anotherCustomer = false
    for (let time = 0; time < 8; time += 1) {
      if (agenda.nowMs() - code.shownAtMs > codeLifeMs) return 'nothing'
      const outcome = await scanOnce(sale, code, anotherCustomer)
      if (outcome === 'dead' || outcome.kind === 'ledger-trouble' || outcome.kind === 'stopping') {
        await agenda.sleep(generator.integer(2_000, 9_000))
        continue
      }
      switch (outcome.kind) {
        case 'started':
        case 'scanned-before':
        case 'former-order-paid':
          return outcome.order
        case 'former-order-open':
          if (outcome.because === 'same-sale') return outcome.order
          if (faults.strikes('new-code-other-customer', generator)) anotherCustomer = true
          else await agenda.sleep(generator.integer(3_000, 15_000))
          break
        default:
          return 'nothing'
      }
    }
    return 'nothing'
  }

  const scanOnce = async (sale: Sale, code: ShownCode, another: boolean): Promise<Answer<ScanOutcome>> => {
    if (!faults.strikes('double-click', generator)) return scan(sale, code, another)
    const [first] = await Promise.all([scan(sale, code, another), scan(sale, code, another)])
    return first
  }

  /** Things that a cashier does while an order waits. */
  const planTrouble = (sale: Sale, code: ShownCode, orderNumber: OrderNumber): void => {
    const { intent } = code
    const later = (delayMs: number, act: () => Promise<unknown>): void => {
      agenda.after(delayMs, () => void act())
    }
    if (faults.strikes('cancel', generator)) {
      later(Math.round(generator.logUniform(300, 70_000)), () => till.act(orderNumber, 'revoke'))
    }
    if (intent.kind === 'types' && faults.strikes('cancel-at-worst-moment', generator)) {
      later(Math.max(0, intent.forMs - generator.integer(-2, 400)), () => till.act(orderNumber, 'revoke'))
    }
    if (faults.strikes('same-code-again', generator)) {
      later(Math.round(generator.logUniform(50, 90_000)), () => scan(sale, code, false))
    }
  }

  /** Waits for an order, with what may come in between. */
  const attend = async (sale: Sale, code: ShownCode, order: Order): Promise<Ending> => {
    const { orderNumber } = order
    planTrouble(sale, code, orderNumber)
    if (faults.strikes('park', generator)) {
      await agenda.sleep(generator.integer(2_000, 12_000))
      if (!isFinal(till.shown(orderNumber)?.status ?? 'paying')) {
        await till.act(orderNumber, 'park')
        return 'left-open'
      }
    }
    if (faults.strikes('cashier-change', generator)) return handOver(sale, orderNumber)
    if (faults.strikes('new-code-same-sale', generator)) {
      await agenda.sleep(Math.round(generator.logUniform(300, 40_000)))
      const another = await insist(sale, show(sale, drawIntent(generator)))
      if (another !== 'nothing' && another.orderNumber !== orderNumber) return endOf(another.orderNumber)
    }
    return endOf(orderNumber)
  }

  /** Whoever served is gone; whoever comes knows only what the till lists, and goes on with it. */
  const handOver = async (sale: Sale, orderNumber: OrderNumber): Promise<Ending> => {
    await agenda.sleep(Math.round(generator.logUniform(1_000, 90_000)))
    const open = till.open()
    if (open === 'dead') return endOf(orderNumber)
    auditor.handsOver(till.tillId, open)
    for (const order of open) {
      const act = generator.pick(['query', 'unpark', 'revoke', 'nothing', 'nothing'] as const)
      if (act !== 'nothing') await till.act(order.orderNumber, act)
    }
    if (generator.chance(0.4)) {
      const another = await insist(sale, show(sale, drawIntent(generator)))
      if (another !== 'nothing') return endOf(another.orderNumber)
    }
    return endOf(orderNumber)
  }

  const endOf = async (orderNumber: OrderNumber): Promise<Ending> => {
    const ended = await till.untilEnded(orderNumber, patienceMs)
    if (ended === null || ended.status === 'attention') return 'left-open'
    return ended.status === 'paid' ? 'paid' : 'unpaid'
  }

  /** A customer brings goods back, all of them or some, once or twice. */
  const planReturn = (orderNumber: OrderNumber, amountFen: number): void => {
    if (!faults.strikes('goods-returned', generator)) return
    const times = generator.chance(0.25) ? 2 : 1
    for (let time = 0; time < times; time += 1) {
      agenda.after(Math.round(generator.logUniform(5_000, 4 * 3_600_000)), () => void giveBack(orderNumber, amountFen))
    }
  }
  const giveBack = async (orderNumber: OrderNumber, paidFen: number): Promise<void> => {
    const amountFen = fen(generator.chance(0.5) ? paidFen : Math.max(1, Math.floor(paidFen / generator.integer(2, 4))))
    const request = { orderNumber, amountFen, reason: '退货', by: 'cashier' } as const
    const isTwice = faults.strikes('refund-twice-at-once', generator)
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const started = await (isTwice
        ? Promise.all([till.refund(request), till.refund(request)]).then(([first]) => first)
        : till.refund(request))
      if (started !== 'dead' && started.kind !== 'ledger-trouble' && started.kind !== 'stopping') return
      await agenda.sleep(generator.integer(2_000, 60_000))
    }
  }

  return {
    async serve() {
      sales += 1
      const isSameAmount = lastAmountFen > 0 && generator.chance(0.15)
      const amountFen = isSameAmount ? lastAmountFen : generator.pick(pricesFen)
      lastAmountFen = amountFen
      const wallet = wallets[generator.chance(0.55) ? 0 : 1]
      const sale: Sale = { saleId: `${till.tillId}-${sales}` as SaleId, amountFen, wallet } // ours to name
      for (let attempt = 0; attempt < longestAttempt; attempt += 1) {
        const code = show(sale, drawIntent(generator))
        await agenda.sleep(generator.integer(500, 6_000))
        const order = await insist(sale, code)
        const ending = order === 'nothing' ? 'unpaid' : await attend(sale, code, order)
        if (order !== 'nothing' && ending === 'paid') planReturn(order.orderNumber, amountFen)
        if (ending !== 'unpaid' || generator.chance(0.3)) return
      }
    },
  }
}
