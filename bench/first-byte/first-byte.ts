// P2: from the last scanned byte to the first byte of the request, with the intent durable in between.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { type AssembledTill, assembleTill } from '../../electron/assembly/assemble.ts'
import { fen } from '../../electron/till/money.ts'
import { openTrainingKeys, type TrainingKeys } from '../../electron/training/authority.ts'
import { markdownTable } from '../figures/markdown-table.ts'
import { ascending, quantile } from '../figures/quantiles.ts'
import { type LoopbackMerchant, openLoopbackWallet } from './loopback-wallet.ts'
import { openRawTill } from './raw-till.ts'

export type FirstByteTiming = { readonly p50Ms: number; readonly p90Ms: number; readonly p99Ms: number }

/** One kind of connection; the ratios are the till over the raw program. */
export type FirstByteFigures = {
  readonly connection: 'TCP' | 'TLS'
  readonly samples: number
  readonly till: FirstByteTiming
  readonly raw: FirstByteTiming
  readonly rawBlocking: FirstByteTiming
}

export type FirstByteOptions = {
  /** Where the data folder and the raw file are made; the ratios hold for that disk. */
  readonly directory: string
  readonly samples: number
  readonly connection: 'TCP' | 'TLS'
}

/** Samples that are not counted: connections open, statements are prepared, code is compiled. */
const warmUpSamples = 50
/** A till rests between customers, and its ledger uses that; so it may here, now and then, for as long as it needs. */
const samplesPerRest = 50
const restMs = 700

/**
 * Measures the till as it is put together for the shop (scan, guard, order number, journal with fsync in its worker,
 * encoding, signing, transport) against a raw program, in turn on the same disk and the same kind of connection.
 */
export async function measureFirstByte(options: FirstByteOptions): Promise<FirstByteFigures> {
  const { connection, samples } = options
  const folder = await mkdtemp(join(options.directory, 'first-byte-'))
  const keys = await openTrainingKeys(join(folder, 'keys'), Date.now())
  const merchant: LoopbackMerchant = {
    appId: 'wx5ca17111000000aa',
    merchantId: '1600000000',
    apiKey: randomBytes(16).toString('hex'),
  }
  const isTls = connection === 'TLS'
  const wallet = await openLoopbackWallet(
    merchant,
    isTls ? { certificate: keys.serverCertificate, key: keys.serverKey } : null,
  )
  const till = await openTill(folder, merchant, `${isTls ? 'https' : 'http'}://127.0.0.1:${wallet.port}`, keys)
  const rawFile = join(folder, 'intents.raw')
  const raw = await openRawTill(rawFile, merchant, wallet.port, isTls ? keys.certificateAuthority : null)
  const timesMs = { till: [] as number[], raw: [] as number[], rawBlocking: [] as number[] }
  /** Times one charge; the answer is waited for afterwards, so that the next one finds an idle connection. */
  const time = async (into: number[], charge: () => unknown, answered: () => Promise<unknown>) => {
    const firstByte = wallet.nextFirstByteMs()
    const scannedMs = performance.now()
    const charging = charge()
    into.push((await firstByte) - scannedMs)
    await charging
    await answered()
  }
  try {
    for (let sample = 0; sample < warmUpSamples + samples; sample += 1) {
      if (sample === warmUpSamples) for (const times of Object.values(timesMs)) times.length = 0
      if (sample % samplesPerRest === 0) await pause(restMs)
      const scan = `13${String(sample).padStart(16, '0')}`
      const subjects = [
        () =>
          time(
            timesMs.till,
            () => charge(till, scan),
            () => allPaid(till),
          ),
        () => time(timesMs.raw, raw.chargeFree, raw.answered),
        () => time(timesMs.rawBlocking, raw.chargeBlocking, raw.answered),
      ]
      // Each goes first, second and last equally often: what one leaves to the disk must not hit always the same other.
      for (let turn = 0; turn < subjects.length; turn += 1) await subjects[(turn + sample) % subjects.length]?.()
    }
    if (wallet.connections() > 2) throw new Error(`${wallet.connections()} connections were opened: they were not warm`)
  } finally {
    await till.close()
    await raw.close()
    await wallet.close()
    await rm(folder, { recursive: true, force: true })
  }
  return {
    connection,
    samples,
    till: timing(timesMs.till),
    raw: timing(timesMs.raw),
    rawBlocking: timing(timesMs.rawBlocking),
  }
}

/** Opens a till with one WeChat channel, that points at the loopback wallet. */
async function openTill(
  folder: string,
  merchant: LoopbackMerchant,
  baseUrl: string,
  keys: TrainingKeys,
): Promise<AssembledTill> {
  const configFile = join(folder, 'config.json')
  const { apiKey, ...names } = merchant
  await writeFile(join(folder, 'authority.pem'), keys.certificateAuthority)
  await writeFile(join(folder, 'client-certificate.pem'), keys.merchantCertificate)
  await writeFile(join(folder, 'client-key.pem'), keys.merchantKey, { mode: 0o600 })
  const channel = {
    id: 'wechat',
    kind: 'wechat',
    baseUrl,
    ...names,
    apiKey: { env: 'BENCH_API_KEY' },
    clientCert: { file: 'client-certificate.pem' },
    clientKey: { file: 'client-key.pem' },
    ca: { file: 'authority.pem' },
  }
  await writeFile(configFile, JSON.stringify({ channels: [channel], routes: { wechat: 'wechat' } }))
  const place = { dataDirectory: join(folder, 'data'), configFile, environment: { BENCH_API_KEY: apiKey } }
  const assembly = await assembleTill(place, { onChange: () => {}, onReadiness: () => {} })
  if (!assembly.ok) throw new Error(`the till did not open: ${JSON.stringify(assembly.problem)}`)
  return assembly.till
}

async function charge(till: AssembledTill, scan: string): Promise<void> {
  const taken = await till.runner.take({ scan, amountFen: fen(1_234), saleId: null, anotherCustomer: true })
  if (taken.kind !== 'started') throw new Error(`the scan was not charged: ${taken.kind}`)
  const settled = await till.runner.settled(taken.order.orderNumber)
  if (settled?.status !== 'paid') throw new Error(`the order is ${settled?.status ?? 'gone'}, not paid`)
}

/** An order that is not at its end would query and so spoil the next sample. */
async function allPaid(till: AssembledTill): Promise<void> {
  if (till.runner.open().length > 0) throw new Error('an order is still open')
}

function timing(samplesMs: readonly number[]): FirstByteTiming {
  const sorted = ascending(samplesMs)
  return { p50Ms: quantile(sorted, 0.5), p90Ms: quantile(sorted, 0.9), p99Ms: quantile(sorted, 0.99) }
}

/** The figures as a table of the benchmark page. */
export function firstByteTable(runs: readonly FirstByteFigures[]): string {
  const rows = runs.flatMap(({ connection, till, raw, rawBlocking }) => {
    const figures = ({ p50Ms, p90Ms, p99Ms }: FirstByteTiming) => [p50Ms, p90Ms, p99Ms].map((ms) => ms.toFixed(2))
    const ratio = (other: FirstByteTiming) =>
      (['p50Ms', 'p90Ms', 'p99Ms'] as const).map((at) => (till[at] / other[at]).toFixed(2))
    return [
      [`${connection}: till`, ...figures(till)],
      [`${connection}: raw`, ...figures(raw)],
      [`${connection}: raw, blocking`, ...figures(rawBlocking)],
      [`${connection}: till / raw`, ...ratio(raw)],
      [`${connection}: till / raw, blocking`, ...ratio(rawBlocking)],
      [`${connection}: till − raw, whatever the disk`, (till.p50Ms - raw.p50Ms).toFixed(2), '', ''],
    ]
  })
  return markdownTable([`${runs[0]?.samples ?? 0} samples each`, 'p50 ms', 'p90 ms', 'p99 ms'], rows)
}

if (import.meta.main) {
  const run = { directory: process.argv[2] ?? tmpdir(), samples: Number(process.argv[3] ?? 1_000) }
  const tcp = await measureFirstByte({ ...run, connection: 'TCP' })
  const tls = await measureFirstByte({ ...run, connection: 'TLS' })
  console.log(firstByteTable([tcp, tls]))
}
