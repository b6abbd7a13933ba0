import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { assembleTill } from '../assembly/assemble.ts'
import { noGuns } from '../assembly/no-guns.fixture.ts'
import { orderView } from '../assembly/order-view.ts'
import { openPosDesk } from '../assembly/pos.ts'
import { createAnnouncer, createTillService } from '../assembly/service.ts'
import { systemClock } from '../assembly/system-time.ts'
import { makePracticeCode, type Story } from '../training/practice-code.ts'
import { copyTrainingKeys } from '../training/shared-keys.fixture.ts'

const policy = {
  firstQueryMs: 50,
  pollMs: 50,
  windowMs: 200,
  revokeMinAgeMs: 50,
  revokeRetryMs: [20],
  requestTimeoutMs: 2_000,
  refundRetryMs: [50],
  refundAskMs: [50],
}

let serial = 0
/** A fresh practice code. */
export function practiceCode(story: Story): string {
  serial += 1
  return makePracticeCode('wechat', story, String(serial).padStart(10, '0'))
}

export type PosAnswer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }

export type RawRequest = {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends one request as it is said, the wrong ones too. */
export function send(url: string, { method, path, headers = {}, body }: RawRequest): Promise<PosAnswer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${url}${path}`, { method, headers, agent: false }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(pieces).toString(),
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** A data folder whose till has the interface, and what can be started, closed and started again on it. */
export function posFolder(context: TestContext, settings: object = {}, channelPolicy: object = {}) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'pos-'))
  const token = randomBytes(24).toString('hex')
  copyTrainingKeys(dataDirectory)
  writeFileSync(join(dataDirectory, 'token.txt'), token)
  const figures = { ...policy, ...channelPolicy }
  const pos = { token: { file: 'token.txt' }, ...('pos' in settings ? (settings.pos as object) : {}) }
  const configuration = { policy: { wechat: figures, alipay: figures }, ...settings, pos }
  writeFileSync(join(dataDirectory, 'config.json'), JSON.stringify(configuration))
  const authorization = `Bearer ${token}`
  const closings: (() => Promise<void>)[] = []
  context.after(async () => {
    for (const close of closings) await close()
    rmSync(dataDirectory, { recursive: true, force: true })
  })

  /** Opens the till as the program does, without devices. */
  const openTill = async () => {
    const announcer = createAnnouncer()
    const assembly = await assembleTill(
      { dataDirectory, configFile: null, environment: {} },
      {
        onChange: (order) => announcer.tell('order.changed', orderView(order, systemClock.now())),
        onReadiness: () => undefined,
      },
    )
    assert.ok(assembly.ok)
    const { till } = assembly
    await till.runner.resume()
    const desk = await openPosDesk(till, announcer)
    const service = createTillService(till, 'browser', announcer, noGuns, desk)
    let isClosed = false
    const close = async () => {
      if (isClosed) return
      isClosed = true
      await service.close()
    }
    closings.push(close)
    return { till, desk, service, close }
  }

  /** The same, and how the POS asks it. */
  const open = async () => {
    const { till, desk, service, close } = await openTill()
    const url = desk.url ?? assert.fail('the interface did not start')
    const host = new URL(url).host
    const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
      const json = body === undefined ? {} : { 'content-type': 'application/json' }
      const answer = await send(url, {
        method,
        path,
        headers: { host, authorization, ...json, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      // Checked field by field by whoever reads it.
      return { ...answer, body: answer.text === '' ? null : (JSON.parse(answer.text) as Record<string, unknown>) }
    }
    const collect = (reference: string, more: object = {}) =>
      call('POST', '/collections', { reference, amountFen: 2350, ...more })
    /** What the channel was asked to charge, by its own books. */
    const orders = async () => {
      const found = await till.reader.orders({ limit: 100 })
      assert.ok(found.ok)
      return found.value
    }
    /** The collection at its end, or where a person must look. */
    const ended = async (reference: string) => {
      const look = async () => (await call('GET', `/collections/${reference}`)).body ?? assert.fail()
      const { promise, resolve } = Promise.withResolvers<Record<string, unknown>>()
      const check = async () => {
        const body = await look()
        if (body.final === true || body.status === 'attention') resolve(body)
      }
      const deaf = service.on('order.changed', () => void check())
      await check()
      return promise.finally(deaf)
    }
    const nextChange = () =>
      new Promise<void>((resolve) => {
        const deaf = service.on('order.changed', () => {
          deaf()
          resolve()
        })
      })
    return { nextChange, till, desk, service, url, host, token, authorization, call, collect, orders, ended, close }
  }
  return { dataDirectory, token, authorization, open, openTill }
}
