import { alipayPolicy, alipayRefundPolicy } from '../channels/alipay/policy.ts'
import { wechatPolicy, wechatRefundPolicy } from '../channels/wechat/policy.ts'
import type { ChannelPolicy } from '../till/policy.ts'
import type { RefundPolicy } from '../till/refund/policy.ts'
import type { WalletName } from './customers.ts'

/** The official figures, as a till has them that sets none of its own. */
export const simulatedPolicies = { wechat: wechatPolicy, alipay: alipayPolicy } as const satisfies Readonly<
  Record<WalletName, ChannelPolicy>
>

export const simulatedRefundPolicies = {
  wechat: wechatRefundPolicy,
  alipay: alipayRefundPolicy,
} as const satisfies Readonly<Record<WalletName, RefundPolicy>>
