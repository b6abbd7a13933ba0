import type { CallAnswer, CallName, Calls, OrderView } from '../../electron/api/contract.ts'
import type { Door } from '../bridge.ts'
import { practiceStories } from '../wording/names.ts'
import { sampleOrder, storyWallMs } from './samples.fixture.ts'
import { type Story, storySnapshot } from './story-list.fixture.ts'

/** A drawing in the place of a code; a story's code is no code at all. */
const blankSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h21v21H0z"/><path d="M1 1h6v6H1zM14 1h6v6h-6zM1 14h6v6H1zM9 9h3v3H9zM14 14h2v2h-2zM18 17h2v3h-2z"/></svg>'

const day: readonly OrderView[] = [
  sampleOrder({ createdWallMs: storyWallMs - 20_000 }),
  sampleOrder({
    orderNumber: 'S0010120260520000041K7QX',
    status: 'paid',
    amountFen: 128_050,
    createdWallMs: storyWallMs - 190_000,
  }),
  sampleOrder({
    orderNumber: 'S0010120260520000040K7QX',
    status: 'revoked',
    revokeEffect: 'refunded',
    amountFen: 8_800,
    wallet: 'alipay',
    createdWallMs: storyWallMs - 400_000,
  }),
  sampleOrder({
    orderNumber: 'S0010120260520000037K7QX',
    status: 'revoked',
    revokeEffect: 'closed',
    amountFen: 500,
    createdWallMs: storyWallMs - 800_000,
  }),
  sampleOrder({
    orderNumber: 'S0010120260520000036K7QX',
    status: 'failed',
    failureReason: 'balance-low',
    amountFen: 45_900,
    wallet: 'alipay',
    createdWallMs: storyWallMs - 1_000_000,
  }),
  sampleOrder({
    orderNumber: 'S0010120260520000031K7QX',
    status: 'attention',
    attentionReason: 'not-revocable',
    amountFen: 26_000,
    createdWallMs: storyWallMs - 2_000_000,
  }),
  sampleOrder({
    orderNumber: 'S0010120260520000030K7QX',
    status: 'unknown',
    unknownReason: 'no-answer',
    amountFen: 1_999,
    createdWallMs: storyWallMs - 2_100_000,
  }),
]

const journal = [
  ['created', {}],
  ['pay-requested', {}],
  [
    'pay-answered',
    { outcome: { kind: 'awaiting-payer', evidence: { code: 'USERPAYING', message: '需要用户输入支付密码' } } },
  ],
  ['woken', {}],
  ['query-answered', { outcome: { kind: 'awaiting-payer', evidence: { tradeState: 'USERPAYING' } } }],
  ['query-requested', { by: 'cashier' }],
  ['query-answered', { outcome: { kind: 'unknown', reason: 'no-answer', evidence: {} } }],
  ['query-answered', { outcome: { kind: 'paid', evidence: { code: 'SUCCESS', tradeState: 'SUCCESS' } } }],
] as const

/** What the main side of a story says to each call. */
function reply(story: Story, name: CallName): Calls[CallName]['reply'] {
  switch (name) {
    case 'till.opening':
    case 'till.open-again':
      return story.trouble ?? null
    case 'till.snapshot':
      return storySnapshot(story)
    case 'orders.list':
      return day
    case 'orders.unreadable':
      return story.unreadable ?? []
    case 'order.show':
      return {
        order: story.orders?.[0] ?? sampleOrder(),
        journal: journal.map(([type, data], index) => ({
          sequence: index + 1,
          wallMs: storyWallMs - 18_000 + index * 1_717,
          type,
          payload: JSON.stringify(data),
          hash: '',
          isUnreadable: false,
        })),
        closure: {
          isClosed: true,
          verdict: { kind: 'paid-and-verified', transactionId: null },
          restsOn: [journal.length],
        },
      }
    case 'evidence.export':
      return { kind: 'no-such-order' }
    case 'practice.codes':
      return (['wechat', 'alipay'] as const).flatMap((wallet) =>
        practiceStories.map((each) => ({ wallet, story: each, code: '', qrSvg: blankSvg, barcodeSvg: blankSvg })),
      )
    case 'cases.list':
      return []
    case 'rescue.find':
      return { kind: 'paid-here', order: sampleOrder({ status: 'paid' }), refundedFen: 0, heard: true }
    case 'print.state':
      return { mode: 'automatic', printers: [], jobs: [] }
    case 'print.jobs-of-order':
      return []
    case 'receipt.show':
      return { kind: 'nothing-to-print' }
    case 'pin.state':
      return { state: 'not-set' }
    case 'staff.state':
      return { isSetUp: false, hasSinglePin: false, person: null, people: [], idleLockMs: 300_000 }
    case 'shift.state':
      return { today: '20260520', shift: null }
    case 'cash.unfinished':
      return []
    case 'cash.of-sale':
      return null
    case 'sale.scan':
      return { kind: 'started', order: sampleOrder() }
    default:
      return { kind: 'done', order: story.orders?.[0] ?? sampleOrder() }
  }
}

/** A door with nobody behind it, for looking at a story. */
export function fakeDoor(story: Story): Door {
  return {
    call: <Name extends CallName>(name: Name): Promise<CallAnswer<Name>> =>
      // The switch above answers each name with its own reply.
      Promise.resolve({ ok: true, reply: reply(story, name) } as CallAnswer<Name>),
    on: () => () => {},
    onConnection: (listener) => {
      listener(story.connection ?? 'live')
      return () => {}
    },
  }
}
