import { alipayPolicy } from '../../electron/channels/alipay/policy.ts'
import { wechatPolicy } from '../../electron/channels/wechat/policy.ts'

/** The channels whose official loops the benchmark has. */
export type BenchedChannel = 'wechat' | 'alipay'

export const officialPolicies = { wechat: wechatPolicy, alipay: alipayPolicy } as const
