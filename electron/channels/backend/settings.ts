import type { ChannelId } from '../../till/ids.ts'
import type { ConnectionSettings } from '../channel.ts'

/** A merchant's own back end with its secret already resolved (docs/backend-api.yaml; design §9). */
export type BackendSettings = {
  readonly id: ChannelId
  /** Without `/v1` and without a slash at its end. */
  readonly baseUrl: string
  /** Names the key to the back end; part of every signing text. */
  readonly keyId: string
  /** The shared secret of HMAC-SHA256; its characters are used as they stand, in UTF-8. */
  readonly key: string
  readonly connection: ConnectionSettings
}
