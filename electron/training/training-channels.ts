import { alipayHandler } from './alipay-server.ts'
import { openTrainingKeys } from './authority.ts'
import { openBooks, type RequestKind } from './books.ts'
import type { ChooseFault } from './fault.ts'
import { type Answer, type Arrival, htmlAnswer, listen } from './listener.ts'
import type { ServerName } from './server-name.ts'
import { wechatHandler } from './wechat-server.ts'
import { openWorld, tellingWorld, type World } from './world.ts'

/** What is said of a request: never a body, a number or a code. */
export type TrainingLogEntry = {
  readonly wallet: ServerName
  readonly path: string
  readonly status: number | 'cut'
  /** What went wrong inside the server, if anything did. */
  readonly problem?: string
}

export type TrainingOptions = {
  readonly dataDirectory: string
  /** Wall time in milliseconds; the stories go by it. */
  readonly now: () => number
  readonly log?: (entry: TrainingLogEntry) => void
  /** Told that a request was done and stands in the books, before its answer leaves. */
  readonly onBooked?: ((kind: RequestKind) => void) | undefined
}

/** The training servers, and all that a till needs to reach them as their merchant (design §9). */
export type TrainingChannels = {
  readonly wechat: {
    readonly baseUrl: string
    readonly appId: string
    readonly merchantId: string
    readonly apiKey: string
    readonly signType: 'HMAC-SHA256'
    /** PEM. */
    readonly certificateAuthority: string
    readonly clientCertificate: { readonly certificate: string; readonly key: string }
  }
  readonly alipay: {
    readonly gateway: string
    readonly appId: string
    readonly appPrivateKey: string
    readonly alipayPublicKey: string
    readonly certificateAuthority: string
  }
  /** For tests: from now on each answer is spoiled as chosen. At the start nothing is. */
  setFaults(choose: ChooseFault): void
  /** Ends all connections and closes the books. */
  close(): Promise<void>
}

/** The merchant of the training servers; well-formed, and registered nowhere. */
const wechatMerchant = { appId: 'wx5ca17111000000aa', merchantId: '1600000000' } as const
const alipayAppId = '2021000000000001'

/**
 * Starts WeChat Pay v2 and Alipay on free ports of 127.0.0.1, with the keys and books of the data folder, which are made
 * at the first start. Throws when the disk or the network refuses, with nothing left open.
 */
export async function startTrainingChannels(options: TrainingOptions): Promise<TrainingChannels> {
  const { dataDirectory, now } = options
  // TLS peers judge certificates by the machine's clock, whatever time it is in the stories.
  const keys = await openTrainingKeys(dataDirectory, Date.now())
  const books = openBooks(dataDirectory)
  const worldOf = (wallet: ServerName): World => tellingWorld(openWorld(wallet, books, now), options.onBooked)
  let faults: ChooseFault = () => 'none'
  const chooseFault: ChooseFault = (target) => faults(target)

  const logged = (wallet: 'wechat' | 'alipay', handle: (arrival: Arrival) => Answer) => (arrival: Arrival) => {
    const path = arrival.target.split('?')[0] ?? ''
    try {
      const answer = handle(arrival)
      options.log?.({ wallet, path, status: answer.kind === 'cut' ? 'cut' : answer.status })
      return answer
    } catch (problem) {
      // A full or broken disk under the books is answered as an outage: the till must live with it, not die of it.
      options.log?.({ wallet, path, status: 500, problem: problem instanceof Error ? problem.message : 'unknown' })
      return htmlAnswer(500, '500 Internal Server Error', 'none')
    }
  }
  const wechatIdentity = { ...wechatMerchant, apiKey: keys.wechatApiKey }
  const alipayIdentity = {
    appId: alipayAppId,
    appPublicKey: keys.alipayAppPublicKey,
    platformPrivateKey: keys.alipayPlatformPrivateKey,
  }
  const answerWechat = wechatHandler({
    identity: wechatIdentity,
    world: worldOf('wechat'),
    now,
    chooseFault,
  })
  const answerAlipay = alipayHandler({
    identity: alipayIdentity,
    world: worldOf('alipay'),
    now,
    chooseFault,
  })
  const started = await Promise.allSettled([
    listen(keys, logged('wechat', answerWechat)),
    listen(keys, logged('alipay', answerAlipay)),
  ])
  const closeAll = async (): Promise<void> => {
    const open = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    await Promise.all(open.map((listener) => listener.close()))
    books.close()
  }
  const [wechat, alipay] = started
  if (wechat.status === 'rejected' || alipay.status === 'rejected') {
    await closeAll()
    throw new Error('the training servers cannot listen on 127.0.0.1', {
      cause: wechat.status === 'rejected' ? wechat.reason : 'the other server',
    })
  }
  let closing: Promise<void> | undefined
  return {
    wechat: {
      baseUrl: wechat.value.origin,
      ...wechatIdentity,
      signType: 'HMAC-SHA256',
      certificateAuthority: keys.certificateAuthority,
      clientCertificate: { certificate: keys.merchantCertificate, key: keys.merchantKey },
    },
    alipay: {
      gateway: `${alipay.value.origin}/gateway.do`,
      appId: alipayAppId,
      appPrivateKey: keys.alipayAppPrivateKey,
      alipayPublicKey: keys.alipayPlatformPublicKey,
      certificateAuthority: keys.certificateAuthority,
    },
    setFaults(choose) {
      faults = choose
    },
    close() {
      closing ??= closeAll()
      return closing
    },
  }
}
