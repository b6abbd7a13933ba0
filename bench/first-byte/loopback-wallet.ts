import { randomBytes } from 'node:crypto'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { createServer as createTlsServer } from 'node:tls'
import { writeFlatXml } from '../../electron/channels/flat-xml.ts'
import { wechatSignature } from '../../electron/channels/wechat/sign.ts'

/** Who the loopback wallet answers for; the same on both sides of the comparison. */
export type LoopbackMerchant = { readonly appId: string; readonly merchantId: string; readonly apiKey: string }

/** A raw server that notes when a request's first byte arrives and then answers that the order is paid. */
export type LoopbackWallet = {
  readonly port: number
  /** Settles with the moment, by `performance.now`, at which the next request's first byte is there. */
  nextFirstByteMs(): Promise<number>
  /** How many connections were ever opened, to show that they were warm. */
  connections(): number
  close(): Promise<void>
}

const fieldIn = (body: string, name: string): string =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^<\\]]*)`).exec(body)?.[1] ?? ''

/** The signed answer of WeChat Pay v2 to a payment without a password (wechat.md §2.2). */
function paidAnswer(merchant: LoopbackMerchant, request: string): string {
  const fields = {
    return_code: 'SUCCESS',
    return_msg: 'OK',
    appid: merchant.appId,
    mch_id: merchant.merchantId,
    nonce_str: randomBytes(16).toString('hex'),
    result_code: 'SUCCESS',
    openid: 'benchmark',
    is_subscribe: 'N',
    trade_type: 'MICROPAY',
    bank_type: 'OTHERS',
    total_fee: fieldIn(request, 'total_fee'),
    cash_fee: fieldIn(request, 'total_fee'),
    fee_type: 'CNY',
    transaction_id: `42000${fieldIn(request, 'out_trade_no')}`.slice(0, 32),
    out_trade_no: fieldIn(request, 'out_trade_no'),
    time_end: '20260301093018',
  }
  const sign = wechatSignature(fields, merchant.apiKey, 'HMAC-SHA256')
  const body = Buffer.from(writeFlatXml({ ...fields, sign }))
  return `HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: ${body.length}\r\n\r\n${body.toString('utf8')}`
}

/** Opens the wallet on a free port of 127.0.0.1, over TLS where a certificate is given. */
export async function openLoopbackWallet(
  merchant: LoopbackMerchant,
  tls: { readonly certificate: string; readonly key: string } | null,
): Promise<LoopbackWallet> {
  const sockets = new Set<Socket>()
  let connections = 0
  let hearFirstByte: ((atMs: number) => void) | null = null

  const serve = (socket: Socket): void => {
    connections += 1
    sockets.add(socket)
    socket.setNoDelay(true)
    let received = ''
    socket.on('data', (chunk: Buffer) => {
      const atMs = performance.now()
      hearFirstByte?.(atMs)
      hearFirstByte = null
      received += chunk.toString('utf8')
      const headEnd = received.indexOf('\r\n\r\n')
      if (headEnd < 0) return
      const length = Number(/content-length: *(\d+)/i.exec(received.slice(0, headEnd))?.[1] ?? 0)
      const body = Buffer.from(received.slice(headEnd + 4))
      if (body.length < length) return
      received = ''
      socket.write(paidAnswer(merchant, body.toString('utf8')))
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  const server: Server =
    tls === null ? createTcpServer(serve) : createTlsServer({ cert: tls.certificate, key: tls.key }, serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the loopback wallet has no port')
  return {
    port: address.port,
    nextFirstByteMs: () =>
      new Promise((resolve) => {
        hearFirstByte = resolve
      }),
    connections: () => connections,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
