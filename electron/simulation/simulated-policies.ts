import { alipayPolicy } from '../channels/alipay/policy.ts'
import { wechatPolicy } from '../channels/wechat/policy.ts'
import type { ChannelPolicy } from '../till/policy.ts'
import type { WalletName } from './customers.ts'

/** The official figures, as a till has them that sets none of its own. */
export const simulatedPolicies = { wechat: wechatPolicy, alipay: alipayPolicy } as const satisfies Readonly<
  Record<WalletName, ChannelPolicy>
>
