import { assertNever } from '../../till/brand.ts'
import type { BookedOrder } from '../books.ts'
import { firstPayAnswer, type PayAnswer, type TrainingOrder } from '../stories.ts'
import { type JeepayWay, wayIn } from './way.ts'

/**
 * What Jeepay's own database says of an order, which is not what the wallet knows (jeepay.md §5, §6): worked out from the
 * order's book and the wall time, like the stories themselves, so that nothing here waits.
 */
export type StoredState =
  | { readonly state: 0 | 1 | 6 }
  | { readonly state: 2 | 5; readonly successAtMs: number }
  | { readonly state: 3; readonly errCode: string; readonly errMsg: string }

type Refusal = Extract<PayAnswer, 'balance-low' | 'code-expired' | 'code-invalid' | 'code-used'>

/** The wallets' own codes and words, as Jeepay passes them on; UnionPay's partner channel has words only. */
const refusals = {
  WX_BAR: {
    'balance-low': ['NOTENOUGH', '用户账号余额不足'],
    'code-expired': ['AUTHCODEEXPIRE', '二维码已过期，请用户在微信上刷新后再试'],
    'code-invalid': ['AUTH_CODE_INVALID', '101 付款码无效，请重新扫码'],
    'code-used': ['AUTH_CODE_INVALID', '101 每个二维码仅限使用一次'],
  },
  ALI_BAR: {
    'balance-low': ['ACQ.BUYER_BALANCE_NOT_ENOUGH', '买家余额不足'],
    'code-expired': ['ACQ.PAYMENT_AUTH_CODE_INVALID', '支付失败，获取顾客账户信息失败'],
    'code-invalid': ['ACQ.PAYMENT_AUTH_CODE_INVALID', '支付失败，获取顾客账户信息失败'],
    'code-used': ['ACQ.PAYMENT_AUTH_CODE_INVALID', '支付失败，获取顾客账户信息失败'],
  },
  YSF_BAR: {
    'balance-low': ['', '余额不足'],
    'code-expired': ['', '付款码已过期'],
    'code-invalid': ['', '付款码无效'],
    'code-used': ['', '付款码已使用'],
  },
} as const satisfies Record<JeepayWay, Record<Refusal, readonly [code: string, words: string]>>

/** What the pay call left in the database. */
export type FirstState = 'paying' | 'paid' | 'created' | Extract<StoredState, { readonly state: 3 }>

/**
 * What the wallet's answer became (jeepay.md §5). Alipay's "unknown" is a failure to Jeepay, and where the call itself
 * breaks off the order stays created: the two take turns.
 */
export function firstState({ order, echo }: BookedOrder): FirstState {
  const way = wayIn(echo)
  const answer = firstPayAnswer(order)
  switch (answer) {
    case 'paid':
    case 'connection-lost': // between till and Jeepay; Jeepay itself heard the wallet
      return 'paid'
    case 'confirming':
      return 'paying'
    case 'system-error':
      if (way !== 'ALI_BAR') return 'paying'
      return order.sequence % 4 < 2 ? 'created' : { state: 3, errCode: 'ACQ.SYSTEM_ERROR', errMsg: '系统错误' }
    case 'balance-low':
    case 'code-expired':
    case 'code-invalid':
    case 'code-used': {
      const [errCode, errMsg] = refusals[way][answer]
      return { state: 3, errCode, errMsg }
    }
    default:
      return assertNever(answer, 'pay answer')
  }
}

const minuteMs = 60_000
/** Jeepay asks WeChat and UnionPay's partner channel by itself: 5 s apart, at most 6 times. */
const ownAskMs = 5_000
const ownAsks = 6
/** After that only the job of every minute asks, about orders older than this. */
const jobMinAgeMs = 600_000

const nextMinuteMs = (wallMs: number): number => Math.ceil(wallMs / minuteMs) * minuteMs

/** When Jeepay learns of a payment that was not there at the pay call. Alipay notifies; the others are asked. */
function learnsAtMs({ openedAtMs }: TrainingOrder, paidAtMs: number, way: JeepayWay): number {
  if (way === 'ALI_BAR') return paidAtMs
  const asks = Math.max(1, Math.ceil((paidAtMs - openedAtMs) / ownAskMs))
  if (asks <= ownAsks) return openedAtMs + asks * ownAskMs
  return nextMinuteMs(Math.max(paidAtMs, openedAtMs + jobMinAgeMs))
}

/** The order as a query finds it; `expiredMs` is how long Jeepay keeps an unpaid one open. */
export function storedState(booked: BookedOrder, expiredMs: number, wallMs: number): StoredState {
  const { order, echo } = booked
  const first = firstState(booked)
  if (typeof first === 'object') return first // a late success of a failed order is not recorded
  const closesAtMs = nextMinuteMs(order.openedAtMs + expiredMs)
  const closed = wallMs >= closesAtMs
  if (first === 'created') return { state: closed ? 6 : 0 }
  const { paidAtMs } = order
  const learnedAtMs =
    first === 'paid' ? order.openedAtMs : paidAtMs === null ? undefined : learnsAtMs(order, paidAtMs, wayIn(echo))
  if (learnedAtMs === undefined || learnedAtMs > wallMs || learnedAtMs >= closesAtMs) return { state: closed ? 6 : 1 }
  const isRefunded = order.refunds > 0 && order.refundedFen === order.chargedFen
  return { state: isRefunded ? 5 : 2, successAtMs: learnedAtMs }
}
