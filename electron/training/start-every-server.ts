import { trainingKeyFiles } from './authority.ts'
import type { ServerName } from './server-name.ts'
import { trainingServers } from './server-registry.ts'
import { startTrainingServers } from './start-training-servers.ts'
import { startTrainingChannels, type TrainingChannels, type TrainingOptions } from './training-channels.ts'
import type { TrainingServer } from './training-server.ts'

/** A channel in the configuration of a till that reaches a training server; its id is the server's name. */
export type ServedChannel = Readonly<Record<string, unknown>> & { readonly id: ServerName; readonly kind: string }

/** Training servers that listen, and how a till is configured to reach them. */
export type EveryServer = {
  /** Those of the built-in training mode. */
  readonly builtIn: TrainingChannels
  /** One for each server; secrets are references to the files in the data folder. */
  readonly channels: readonly ServedChannel[]
  close(): Promise<void>
}

/**
 * Starts every training server there is on free ports of 127.0.0.1, or those of the built-in training mode with the
 * ones that are wanted beside them. Throws when the disk or the network refuses, with nothing left open.
 */
export async function startEveryServer(
  options: TrainingOptions,
  wanted: readonly TrainingServer[] = trainingServers,
): Promise<EveryServer> {
  const builtIn = await startTrainingChannels(options)
  const others = await startTrainingServers(options, wanted).catch(async (problem: unknown) => {
    await builtIn.close()
    throw problem
  })
  const { wechat, alipay } = builtIn
  const files = trainingKeyFiles(options.dataDirectory)
  const ca = { file: files.certificateAuthority }
  return {
    builtIn,
    channels: [
      {
        id: 'wechat',
        kind: 'wechat',
        baseUrl: wechat.baseUrl,
        appId: wechat.appId,
        merchantId: wechat.merchantId,
        signType: wechat.signType,
        apiKey: { file: files.wechatApiKey },
        clientCert: { file: files.merchantCertificate },
        clientKey: { file: files.merchantKey },
        ca,
      },
      {
        id: 'alipay',
        kind: 'alipay',
        gateway: alipay.gateway,
        appId: alipay.appId,
        appPrivateKey: { file: files.alipayAppPrivateKey },
        alipayPublicKey: { file: files.alipayPlatformPublicKey },
        ca,
      },
      ...others.servers.map(({ name, configuration }) => ({ ...configuration, id: name, ca })),
    ],
    async close() {
      await Promise.all([builtIn.close(), others.close()])
    },
  }
}
