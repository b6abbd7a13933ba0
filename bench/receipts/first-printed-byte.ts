// From “paid” durable to the first byte of the receipt at the printer, with the intent to print durable in between.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { assembleTill } from '../../electron/assembly/assemble.ts'
import { fen } from '../../electron/till/money.ts'
import { openTrainingKeys } from '../../electron/training/authority.ts'
import { markdownTable } from '../figures/markdown-table.ts'
import { ascending, quantile } from '../figures/quantiles.ts'
import { openLoopbackWallet } from '../first-byte/loopback-wallet.ts'

export type PrintedByteOptions = { readonly directory: string; readonly samples: number }

const warmUpSamples = 20
/** A till rests between customers. */
const samplesPerRest = 50
const restMs = 700

/** A printer that is ready: answers DLE EOT and GS r at once, and tells when a receipt begins (ESC @). */
async function openPrinterAt() {
  let onReceipt: (atMs: number) => void = () => undefined
  const server = createServer((socket) => {
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      if (bytes.indexOf('\x1b@', 'latin1') >= 0) onReceipt(performance.now())
      for (let at = 0; at < bytes.length - 2; at += 1) {
        if (bytes[at] === 0x10 && bytes[at + 1] === 0x04) socket.write(Uint8Array.of(0x12))
        else if (bytes[at] === 0x1d && bytes[at + 1] === 0x72) socket.write(Uint8Array.of(0x00))
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port')
  return {
    port: address.port,
    nextReceiptMs: () =>
      new Promise<number>((resolve) => {
        onReceipt = resolve
      }),
    close: () => server.close(),
  }
}

/**
 * A table of the milliseconds from the commit of “paid”, which is when the till tells of it, to the first byte of that
 * sale's receipt at a printer on loopback. In between lie reading the job, asking the printer, drawing the receipt, the
 * journal's commit of the intent with fsync, and asking the printer again. The goal is 10 ms at p99.
 */
export async function firstPrintedByteTable({ directory, samples }: PrintedByteOptions): Promise<string> {
  const folder = await mkdtemp(join(directory, 'first-printed-byte-'))
  const keys = await openTrainingKeys(join(folder, 'keys'), Date.now())
  const merchant = {
    appId: 'wx5ca17111000000aa',
    merchantId: '1600000000',
    apiKey: randomBytes(16).toString('hex'),
  }
  const wallet = await openLoopbackWallet(merchant, null)
  const printer = await openPrinterAt()
  await writeFile(join(folder, 'client-certificate.pem'), keys.merchantCertificate)
  await writeFile(join(folder, 'client-key.pem'), keys.merchantKey, { mode: 0o600 })
  const configFile = join(folder, 'config.json')
  const { apiKey, ...names } = merchant
  const channel = {
    id: 'wechat',
    kind: 'wechat',
    baseUrl: `http://127.0.0.1:${wallet.port}`,
    ...names,
    apiKey: { env: 'BENCH_API_KEY' },
    clientCert: { file: 'client-certificate.pem' },
    clientKey: { file: 'client-key.pem' },
  }
  const printers = [{ kind: 'tcp', address: `127.0.0.1:${printer.port}`, profile: 'generic-80' }]
  await writeFile(configFile, JSON.stringify({ channels: [channel], routes: { wechat: 'wechat' }, printers }))
  let paidMs = 0
  const place = { dataDirectory: join(folder, 'data'), configFile, environment: { BENCH_API_KEY: apiKey } }
  const assembly = await assembleTill(place, {
    onChange: ({ status }) => {
      if (status === 'paid') paidMs = performance.now()
    },
    onReadiness: () => {},
  })
  if (!assembly.ok) throw new Error(`the till did not open: ${JSON.stringify(assembly.problem)}`)
  const { till } = assembly
  const timesMs: number[] = []
  try {
    for (let sample = 0; sample < warmUpSamples + samples; sample += 1) {
      if (sample === warmUpSamples) timesMs.length = 0
      if (sample % samplesPerRest === 0) await pause(restMs)
      const receipt = printer.nextReceiptMs()
      const scan = `13${String(sample).padStart(16, '0')}`
      const taken = await till.runner.take({ scan, amountFen: fen(1_234), saleId: null, anotherCustomer: true })
      if (taken.kind !== 'started') throw new Error(`the scan was not charged: ${taken.kind}`)
      const receiptMs = await receipt
      timesMs.push(receiptMs - paidMs)
      await till.printing.settled()
    }
  } finally {
    await till.close()
    await wallet.close()
    printer.close()
    await rm(folder, { recursive: true, force: true })
  }
  const sorted = ascending(timesMs)
  const figures = [0.5, 0.9, 0.99].map((q) => quantile(sorted, q).toFixed(2))
  return markdownTable(
    [`${samples} receipts`, 'p50 ms', 'p90 ms', 'p99 ms'],
    [['“paid” durable → first byte at the printer', ...figures]],
  )
}
