import { alipayDefinition } from './alipay/definition.ts'
import { backendDefinition } from './backend/definition.ts'
import type { ChannelDefinition } from './definition.ts'
import { icbcDefinition } from './icbc/definition.ts'
import { jeepayDefinition } from './jeepay/definition.ts'
import { qraDefinition } from './qra/definition.ts'
import { unionpayDefinition } from './unionpay/definition.ts'
import { wechatDefinition } from './wechat/definition.ts'
import { wechatV3Definition } from './wechat-v3/definition.ts'

/** Every channel kind that the till has; the order is that of lists on the screen and in the docs. */
export const channelDefinitions: readonly ChannelDefinition[] = [
  wechatDefinition,
  wechatV3Definition,
  alipayDefinition,
  unionpayDefinition,
  qraDefinition,
  icbcDefinition,
  backendDefinition,
  jeepayDefinition,
]

/** The definition of a channel in the configuration; without `api` the kind's default. */
export function findDefinition(
  kind: string,
  api: string | undefined,
  definitions: readonly ChannelDefinition[] = channelDefinitions,
): ChannelDefinition | undefined {
  return definitions.find(
    (each) => each.kind === kind && (each.api === undefined ? api === undefined : isVersion(each.api, api)),
  )
}

const isVersion = ({ version, isDefault }: NonNullable<ChannelDefinition['api']>, api: string | undefined): boolean =>
  api === undefined ? isDefault : version === api
