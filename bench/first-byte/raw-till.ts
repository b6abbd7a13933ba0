import { createHmac, randomBytes } from 'node:crypto'
import { fdatasyncSync, writeSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { LoopbackMerchant } from './loopback-wallet.ts'

/** The least that a program could do: sign, write the intent, fdatasync, write the request to an open connection. */
export type RawTill = {
  /** With Node's promises, which leave the thread free for the screen meanwhile, as the till's ledger does. */
  chargeFree(): Promise<void>
  /** With calls that block the thread until the disk has answered. */
  chargeBlocking(): void
  /** Settles when the answer to the last charge has arrived. */
  answered(): Promise<void>
  close(): Promise<void>
}

/** About what the till journals for a new order: the sale, the order and its pay request. */
const intentBytes = 1_400

/** Opens the file and one connection; `certificateAuthority` is null for plain TCP. */
export async function openRawTill(
  file: string,
  merchant: LoopbackMerchant,
  port: number,
  certificateAuthority: string | null,
): Promise<RawTill> {
  const handle: FileHandle = await open(file, 'a')
  const socket = await connected(port, certificateAuthority)
  socket.setNoDelay(true)
  let answer: Promise<void> = Promise.resolve()
  let orders = 0

  const prepare = (): { readonly intent: string; readonly request: string } => {
    orders += 1
    const orderNumber = `RAW${String(orders).padStart(12, '0')}`
    const nonce = randomBytes(16).toString('hex')
    const fields = [
      ['appid', merchant.appId],
      ['auth_code', '134500000000000017'],
      ['body', 'benchmark'],
      ['mch_id', merchant.merchantId],
      ['nonce_str', nonce],
      ['out_trade_no', orderNumber],
      ['sign_type', 'HMAC-SHA256'],
      ['spbill_create_ip', '127.0.0.1'],
      ['total_fee', '1234'],
    ] as const
    const text = `${fields.map(([name, value]) => `${name}=${value}`).join('&')}&key=${merchant.apiKey}`
    const sign = createHmac('sha256', merchant.apiKey).update(text).digest('hex').toUpperCase()
    const elements = [...fields, ['sign', sign] as const].map(([name, value]) => `<${name}>${value}</${name}>`)
    const body = `<xml>${elements.join('')}</xml>`
    const intent = `${JSON.stringify({ type: 'pay-requested', orderNumber, nonce }).padEnd(intentBytes - 1)}\n`
    const head = `POST /pay/micropay HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: text/xml\r\n`
    return { intent, request: `${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}` }
  }
  const send = (request: string): void => {
    // The wallet answers in one write and the answer fits one read.
    answer = new Promise((resolve) => socket.once('data', () => resolve()))
    socket.write(request)
  }

  return {
    async chargeFree() {
      const { intent, request } = prepare()
      await handle.appendFile(intent)
      await handle.datasync()
      send(request)
    },
    chargeBlocking() {
      const { intent, request } = prepare()
      writeSync(handle.fd, intent)
      fdatasyncSync(handle.fd)
      send(request)
    },
    answered: () => answer,
    async close() {
      socket.destroy()
      await handle.close()
    },
  }
}

function connected(port: number, certificateAuthority: string | null): Promise<Socket> {
  const host = '127.0.0.1'
  return new Promise((resolve, reject) => {
    const socket: Socket =
      certificateAuthority === null
        ? connectTcp({ host, port }, () => resolve(socket))
        : connectTls({ host, port, ca: certificateAuthority }, () => resolve(socket))
    socket.once('error', reject)
  })
}
