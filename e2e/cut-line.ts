import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'
import { trainingKeyFiles } from '../electron/training/authority.ts'
import { startTrainingChannels } from '../electron/training/training-channels.ts'
import type { PartOfConfiguration } from './data-folder.ts'

export type WalletName = 'wechat' | 'alipay'

/** Wallets of the story's own, reached by configuration alone, each behind a line that can be cut and mended. */
export type CuttableLines = {
  /** What the till's configuration needs to reach them. */
  readonly configuration: PartOfConfiguration
  /** Breaks every connection and takes no more, as a pulled cable does. */
  readonly cut: (...wallets: readonly WalletName[]) => Promise<void>
  readonly mend: (...wallets: readonly WalletName[]) => Promise<void>
  readonly close: () => Promise<void>
}

type Line = {
  readonly port: number
  readonly cut: () => Promise<void>
  readonly mend: () => Promise<void>
}

/** Hands bytes on to a port of this machine, and sees none of them: TLS goes through whole. */
async function lineTo(targetPort: number): Promise<Line> {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(socket)
          near.destroy()
          far.destroy()
        })
    }
    near.pipe(far).pipe(near)
  })
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve)
    })
  await listen(0)
  const { port } = server.address() as AddressInfo // a TCP server that listens has one
  return {
    port,
    cut: async () => {
      if (!server.listening) return
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
    mend: async () => {
      if (!server.listening) await listen(port)
    },
  }
}

/** Starts both wallets with their books in the till's own data folder, where the stories look for them. */
export async function startCuttableLines(dataDirectory: string): Promise<CuttableLines> {
  const channels = await startTrainingChannels({ dataDirectory, now: Date.now })
  const { wechat, alipay } = channels
  const lines: Readonly<Record<WalletName, Line>> = {
    wechat: await lineTo(Number(new URL(wechat.baseUrl).port)),
    alipay: await lineTo(Number(new URL(alipay.gateway).port)),
  }
  const files = trainingKeyFiles(dataDirectory)
  const all = (wallets: readonly WalletName[], act: (line: Line) => Promise<void>) =>
    Promise.all(wallets.map((wallet) => act(lines[wallet]))).then(() => undefined)
  return {
    configuration: {
      store: { id: 'S001', name: '示例便利店' },
      till: { id: '01' },
      channels: [
        {
          id: 'wechat',
          kind: 'wechat',
          api: 'v2',
          baseUrl: `https://127.0.0.1:${lines.wechat.port}`,
          appId: wechat.appId,
          merchantId: wechat.merchantId,
          apiKey: { file: files.wechatApiKey },
          signType: wechat.signType,
          clientCert: { file: files.merchantCertificate },
          clientKey: { file: files.merchantKey },
          ca: { file: files.certificateAuthority },
        },
        {
          id: 'alipay',
          kind: 'alipay',
          gateway: `https://127.0.0.1:${lines.alipay.port}/gateway.do`,
          appId: alipay.appId,
          appPrivateKey: { file: files.alipayAppPrivateKey },
          alipayPublicKey: { file: files.alipayPlatformPublicKey },
          ca: { file: files.certificateAuthority },
        },
      ],
      routes: { wechat: 'wechat', alipay: 'alipay' },
    },
    cut: (...wallets) => all(wallets, (line) => line.cut()),
    mend: (...wallets) => all(wallets, (line) => line.mend()),
    close: async () => {
      await all(['wechat', 'alipay'], (line) => line.cut())
      await channels.close()
    },
  }
}
