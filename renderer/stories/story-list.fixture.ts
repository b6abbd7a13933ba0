import type { OpeningTrouble, OrderView, TillSnapshot, UnreadableRecordView } from '../../electron/api/contract.ts'
import type { NoticeBody } from '../counter/notice.ts'
import type { CounterState, Sale, Step } from '../counter/state.ts'
import type { Connection } from '../till/state.ts'
import type { Screen } from '../till/store.ts'
import { sampleOrder, sampleSnapshot } from './samples.fixture.ts'

/** One picture of the till: what the main side would say, and where the counter stands. */
export type Story = {
  readonly trouble?: OpeningTrouble
  readonly unreadable?: readonly UnreadableRecordView[]
  readonly snapshot?: Partial<TillSnapshot>
  /** Orders that the window knows; the first one is at the counter where the step shows an order. */
  readonly orders?: readonly OrderView[]
  readonly ended?: readonly string[]
  readonly counter?: Partial<CounterState>
  readonly notice?: NoticeBody
  readonly connection?: Connection
  readonly screen?: Screen
  readonly detail?: string
}

const sale: Sale = { amountFen: 3_580, saleId: null, anotherCustomer: false }
const number = sampleOrder().orderNumber

const shown = (order: OrderView, more: Partial<Story> = {}): Story => ({
  orders: [order],
  counter: { step: { kind: 'order', orderNumber: order.orderNumber, hint: null } },
  ...more,
})

/** As long as a POS may make it. */
const fromPos = {
  reference: `20261201-${'0042'.repeat(13)}-A`,
  saleId: 'pos-1',
  amountFen: 2_350,
  subject: '咖啡两杯,不加糖,一杯热的一杯冰的',
  cashier: '小李',
}

const scan: Step = { kind: 'scan', sale, byHand: false }

const parked: readonly OrderView[] = [
  sampleOrder({
    orderNumber: 'S0010120260520000038K7QX',
    parked: true,
    amountFen: 12_800,
    wallet: 'alipay',
    channel: 'alipay',
    timeLeftMs: 31_000,
  }),
  sampleOrder({ orderNumber: 'S0010120260520000039K7QX', parked: true, amountFen: 990, status: 'paid' }),
  sampleOrder({
    orderNumber: 'S0010120260520000031K7QX',
    amountFen: 26_000,
    status: 'attention',
    attentionReason: 'revoke-tries-used-up',
  }),
]

/** Every state of the screen by name; `stories.html?story=NAME&lang=en` shows one. */
export const stories: Readonly<Record<string, Story>> = {
  idle: {},
  'amount-entered': { counter: { amountText: '35.80' } },
  'amount-large': { counter: { amountText: '1234567.89' } },
  'amount-problem': { counter: { amountText: '99999', step: { kind: 'amount', problem: 'too-large' } } },
  'scan-awaited': { counter: { step: scan, amountText: '35.80' } },
  'scan-for-pos': { snapshot: { pos: { kind: 'on', waiting: [fromPos, { ...fromPos, reference: '2' }] } } },
  'pos-trouble': { snapshot: { pos: { kind: 'trouble', because: 'port-in-use' } } },
  'scan-large': { counter: { step: { ...scan, sale: { ...sale, amountFen: 268_000 } } } },
  'scan-by-hand': { counter: { step: { ...scan, byHand: true } } },
  'code-problem': { counter: { step: scan }, notice: { kind: 'code-problem', problem: { kind: 'collection-code' } } },
  sending: shown(
    sampleOrder({
      status: 'paying',
      inFlight: 'pay',
      queries: 0,
      lastCode: null,
      revokeAllowedInMs: 14_000,
      ageMs: 800,
    }),
  ),
  'waiting-for-password': shown(sampleOrder()),
  'waiting-early': shown(sampleOrder({ revokeAllowedInMs: 9_000, ageMs: 6_000, timeLeftMs: 39_000, queries: 1 })),
  'scan-unused': { ...shown(sampleOrder()), notice: { kind: 'scan-unused' } },
  unknown: shown(sampleOrder({ status: 'unknown', unknownReason: 'system-error', lastCode: 'SYSTEMERROR' })),
  'asking-revoke': {
    orders: [sampleOrder()],
    counter: { askingRevoke: true, step: { kind: 'order', orderNumber: number, hint: null } },
  },
  revoking: shown(
    sampleOrder({ status: 'revoking', revokeCause: 'deadline', revokes: 2, inFlight: 'revoke', timeLeftMs: 0 }),
  ),
  paid: shown(sampleOrder({ status: 'paid', transactionId: '4200002026052000001', lastCode: 'SUCCESS' })),
  failed: shown(sampleOrder({ status: 'failed', failureReason: 'balance-low', lastCode: 'NOTENOUGH' })),
  'failed-shop': shown(sampleOrder({ status: 'failed', failureReason: 'configuration', lastCode: 'SIGNERROR' })),
  'revoked-closed': shown(
    sampleOrder({ status: 'revoked', revokeEffect: 'closed', revokeCause: 'deadline', revokes: 1 }),
  ),
  'revoked-refunded': shown(
    sampleOrder({
      status: 'revoked',
      revokeEffect: 'refunded',
      revokeCause: 'cashier',
      revokes: 1,
      moneyWasTaken: true,
    }),
  ),
  attention: shown(
    sampleOrder({ status: 'attention', attentionReason: 'revoke-tries-used-up', revokes: 7, lastCode: 'SYSTEMERROR' }),
  ),
  'former-paid': {
    orders: [sampleOrder({ status: 'paid' })],
    counter: { step: { kind: 'order', orderNumber: number, hint: 'former-paid', instead: sale } },
  },
  'former-open-same-amount': {
    orders: [sampleOrder()],
    counter: { step: { kind: 'former-open', orderNumber: number, because: 'same-amount', sale } },
  },
  'former-open-same-sale': {
    orders: [sampleOrder({ status: 'unknown' })],
    counter: { step: { kind: 'former-open', orderNumber: number, because: 'same-sale', sale } },
  },
  'scanned-before': {
    orders: [sampleOrder()],
    counter: { step: { kind: 'order', orderNumber: number, hint: 'scanned-before' } },
  },
  'parked-strip': { orders: parked, ended: ['S0010120260520000039K7QX'], counter: { amountText: '12' } },
  'till-damaged': {
    trouble: {
      kind: 'damaged',
      damage: 'chain-broken',
      sentence:
        'The ledger is damaged (chain-broken): /data/ledger.sqlite: the journal is broken at event 3: the entry does not match its hash. It was left as it is, and no payment was started.',
      command: 'till restore --backup backup-000007-20260520-0900-start',
      backup: {
        name: 'backup-000007-20260520-0900-start',
        madeWallMs: Date.UTC(2026, 4, 20, 1),
        events: 12_345,
        newerEvents: 17,
      },
    },
  },
  'ledger-trouble': {
    snapshot: {
      readiness: {
        ledger: { state: 'trouble', problem: 'disk-full' },
        certificates: [],
        backup: { state: 'trouble', madeWallMs: null, isDamaged: false, making: null },
        channels: [
          { id: 'wechat', state: 'trouble', away: { reason: 'timed-out', sinceWallMs: 0 }, wallets: ['wechat'] },
          { id: 'alipay', state: 'ready', away: null, wallets: ['alipay'] },
        ],
        networkAway: null,
        owed: { count: 0, oldestAgeMs: null },
        clockOffsetMs: 95_000,
        updateReady: null,
      },
    },
    counter: { step: { kind: 'refused', refusal: { kind: 'ledger', problem: 'disk-full' }, sale } },
  },
  stopping: { counter: { step: { kind: 'refused', refusal: { kind: 'stopping' }, sale } } },
  'connection-lost': {
    connection: 'lost',
    snapshot: { sound: { on: false, tonesPercent: 100, voicePercent: 100 } },
  },
  'another-window': { connection: 'another-window' },
  'answer-lost': { counter: { step: { kind: 'sending', sale, sentWallMs: 0, answer: 'lost' } } },
  live: { snapshot: { mode: 'live' } },
  orders: { screen: 'orders' },
  detail: { screen: 'orders', detail: number },
  practice: { screen: 'practice', counter: { step: scan } },
  'practice-idle': { screen: 'practice' },
}

export const storySnapshot = (story: Story): TillSnapshot =>
  sampleSnapshot({ openOrders: (story.orders ?? []).filter(({ parked: aside }) => aside), ...story.snapshot })
