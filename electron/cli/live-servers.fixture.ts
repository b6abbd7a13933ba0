import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { after } from 'node:test'
import { trainingKeyFiles } from '../training/authority.ts'
import { readBooks } from '../training/books-reading.ts'
import type { ChooseFault, FaultTarget, TrainingFault } from '../training/fault.ts'
import { startTrainingChannels } from '../training/training-channels.ts'
import { dataFolder, shortPolicy } from './till-process.fixture.ts'

/** What becomes of a request: a spoiled answer, or whatever the function does in the moment of its arrival. */
export type Fate = (target: FaultTarget) => TrainingFault

/** Wallet servers outside of the till's process, with keys of this run, reached by configuration alone. */
export type LiveServers = {
  /** Where their books and keys lie. */
  readonly folder: string
  /** A data folder whose configuration reaches the servers; `tillId` makes its orders known to `fates`. */
  liveFolder(
    context: TestContext,
    tillId: string,
    options?: { readonly policy?: unknown; readonly plainHttp?: boolean },
  ): string
  /** From now on the requests of this till meet this fate. */
  setFate(tillId: string, fate: Fate | null): void
  /** What the servers hold of this till's orders. */
  booksOf(tillId: string): ReturnType<typeof readBooks>
}

const storeId = 'S001'

/** Starts both wallets in the test's own process; they end with the test file. */
export async function startLiveServers(): Promise<LiveServers> {
  const folder = mkdtempSync(join(tmpdir(), 'wallets-'))
  const channels = await startTrainingChannels({ dataDirectory: folder, now: Date.now })
  const fates = new Map<string, Fate>()
  const isOf = (orderNumber: string, tillId: string): boolean => orderNumber.startsWith(`${storeId}${tillId}`)
  const choose: ChooseFault = (target) => {
    for (const [tillId, fate] of fates) if (isOf(target.orderNumber, tillId)) return fate(target)
    return 'none'
  }
  channels.setFaults(choose)
  const files = trainingKeyFiles(folder)
  const { wechat, alipay } = channels

  /** Plain http on loopback, as a test bench has it: hands each request on as it came, with the merchant's certificate. */
  const bridge = createServer((incoming, outgoing) => {
    const path = incoming.url ?? ''
    const origin = path.startsWith('/gateway.do') ? new URL(alipay.gateway).origin : wechat.baseUrl
    const target = `${origin}${path}`
    const { certificate, key } = wechat.clientCertificate
    void bodyOf(incoming).then((body) => {
      const handed = request(
        target,
        {
          method: incoming.method ?? 'POST',
          headers: { 'content-type': incoming.headers['content-type'] ?? '' },
          ca: wechat.certificateAuthority,
          cert: certificate,
          key,
          agent: false,
        },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] ?? '' })
          answer.pipe(outgoing)
        },
      )
      handed.on('error', () => outgoing.destroy())
      handed.end(body)
    })
  })
  await new Promise<void>((resolve) => {
    bridge.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = bridge.address() as AddressInfo // a TCP server that listens has one

  after(async () => {
    bridge.close()
    bridge.closeAllConnections()
    await channels.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const configuration = (tillId: string, policy: unknown, plainHttp: boolean) => ({
    store: { id: storeId, name: '示例便利店' },
    till: { id: tillId },
    channels: [
      {
        id: 'wechat',
        kind: 'wechat',
        api: 'v2',
        baseUrl: plainHttp ? `http://127.0.0.1:${port}` : wechat.baseUrl,
        appId: wechat.appId,
        merchantId: wechat.merchantId,
        apiKey: { file: files.wechatApiKey },
        signType: wechat.signType,
        ...(plainHttp
          ? {}
          : {
              clientCert: { file: files.merchantCertificate },
              clientKey: { file: files.merchantKey },
              ca: { file: files.certificateAuthority },
            }),
      },
      {
        id: 'alipay',
        kind: 'alipay',
        gateway: plainHttp ? `http://127.0.0.1:${port}/gateway.do` : alipay.gateway,
        appId: alipay.appId,
        appPrivateKey: { env: 'TEST_ALIPAY_APP_PRIVATE_KEY' },
        alipayPublicKey: { file: files.alipayPlatformPublicKey },
        ...(plainHttp ? {} : { ca: { file: files.certificateAuthority } }),
      },
    ],
    routes: { wechat: 'wechat', alipay: 'alipay' },
    policy: { wechat: policy, alipay: policy },
  })
  process.env.TEST_ALIPAY_APP_PRIVATE_KEY = alipay.appPrivateKey

  return {
    folder,
    liveFolder: (context, tillId, { policy = shortPolicy, plainHttp = false } = {}) =>
      dataFolder(context, configuration(tillId, policy, plainHttp)),
    setFate(tillId, fate) {
      if (fate) fates.set(tillId, fate)
      else fates.delete(tillId)
    },
    booksOf: (tillId) => readBooks(folder).filter(({ orderNumber }) => isOf(orderNumber, tillId)),
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  // A request stream yields buffers as long as no encoding is set.
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
