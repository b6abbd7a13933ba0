// breach: native-knows-devices-only
export type { Port } from '../electron/channels/channel.ts'
