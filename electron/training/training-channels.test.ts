import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:https'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { shanghaiDateTime } from '../till/time.ts'
import { readBooks, readRequests } from './books-reading.ts'
import type { TrainingFault } from './fault.ts'
import { type PracticeWallet, practiceWallets, type Story, storiesOf } from './practice-code.ts'
import {
  alipayAnswerVerifies,
  dataFolder,
  type Fields,
  filesBelow,
  freshCode,
  fromXml,
  type RawAnswer,
  send,
  signAlipay,
  signWechat,
  toXml,
} from './raw-client.fixture.ts'
import { startTrainingChannels, type TrainingChannels } from './training-channels.ts'

const startMs = 1_772_326_815_000
type Settings = Pick<TrainingChannels, 'wechat' | 'alipay'>
type Call = 'pay' | 'query' | 'revoke'

const wechatPaths = { pay: '/pay/micropay', query: '/pay/orderquery', revoke: '/secapi/pay/reverse' } as const
const alipayMethods = { pay: 'alipay.trade.pay', query: 'alipay.trade.query', revoke: 'alipay.trade.cancel' } as const

let nonce = 0

/** One call for 12.34 yuan, well-formed and signed, to either wallet. */
function call(
  wallet: PracticeWallet,
  { wechat, alipay }: Settings,
  kind: Call,
  orderNumber: string,
  wallMs: number,
  code = '',
) {
  nonce += 1
  if (wallet === 'wechat') {
    const payFields = { body: 'x', total_fee: '1234', spbill_create_ip: '127.0.0.1', auth_code: code }
    const fields: Fields = {
      appid: wechat.appId,
      mch_id: wechat.merchantId,
      nonce_str: `n${nonce}`,
      sign_type: 'HMAC-SHA256',
      out_trade_no: orderNumber,
      ...(kind === 'pay' ? payFields : {}),
    }
    const body = toXml({ ...fields, sign: signWechat(fields, wechat.apiKey, 'HMAC-SHA256') })
    const { baseUrl, certificateAuthority: ca, clientCertificate: certificate } = wechat
    return send({ url: `${baseUrl}${wechatPaths[kind]}`, body, ca, certificate })
  }
  const pay = { scene: 'bar_code', subject: 'x', total_amount: '12.34', auth_code: code }
  const parameters: Fields = {
    app_id: alipay.appId,
    method: alipayMethods[kind],
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: shanghaiDateTime(wallMs),
    version: '1.0',
    biz_content: JSON.stringify({ out_trade_no: orderNumber, ...(kind === 'pay' ? pay : {}) }),
  }
  const query = new URLSearchParams({ ...parameters, sign: signAlipay(parameters, alipay.appPrivateKey) })
  return send({ url: `${alipay.gateway}?${query}`, ca: alipay.certificateAuthority })
}

const bodyOf = (answer: RawAnswer): string => (answer === 'cut' ? 'cut' : answer.body)
const saysPaid = (answer: RawAnswer): boolean => /CDATA\[SUCCESS\]\]><\/trade_state>|TRADE_SUCCESS/.test(bodyOf(answer))

async function start(context: TestContext, dataDirectory: string, wallMs: number): Promise<TrainingChannels> {
  const channels = await startTrainingChannels({ dataDirectory, now: () => wallMs })
  context.after(() => channels.close())
  return channels
}

test('a restarted server finds the same keys and the same world, and time has passed in it', async (context) => {
  const data = dataFolder(context)
  const first = await start(context, data, startMs)
  for (const wallet of practiceWallets) {
    await call(wallet, first, 'pay', 'N1', startMs, freshCode(wallet, 'password-then-pays'))
    assert.ok(!saysPaid(await call(wallet, first, 'query', 'N1', startMs)))
  }
  await first.close()
  const second = await start(context, data, startMs + 3_000)
  assert.deepEqual(
    [second.wechat.apiKey, second.alipay.appPrivateKey, second.wechat.certificateAuthority],
    [first.wechat.apiKey, first.alipay.appPrivateKey, first.wechat.certificateAuthority],
  )
  for (const wallet of practiceWallets) assert.ok(saysPaid(await call(wallet, second, 'query', 'N1', startMs + 3_000)))
})

test('a server that was killed the moment it answered has lost nothing', async (context) => {
  const data = dataFolder(context)
  const serve = join(import.meta.dirname, 'serve.fixture.ts')
  const child = spawn(process.execPath, [serve, data, String(startMs)], { stdio: ['ignore', 'pipe', 'inherit'] })
  context.after(() => child.kill('SIGKILL'))
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const killed: Settings = JSON.parse(String(line))
  const tries = freshCode('wechat', 'revoke-needs-tries')
  await call('wechat', killed, 'pay', 'N1', startMs, tries)
  await call('wechat', killed, 'revoke', 'N1', startMs)
  await call('wechat', killed, 'revoke', 'N1', startMs)
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
  assert.deepEqual(
    readRequests(data).map(({ kind, answer }) => `${kind} ${answer}`),
    ['pay confirming', 'revoke system-error', 'revoke call-again'],
  )
  const again = await start(context, data, startMs + 1_000)
  assert.match(bodyOf(await call('wechat', again, 'revoke', 'N1', startMs + 1_000)), /<recall><!\[CDATA\[N]]>/)
  const reused = bodyOf(await call('wechat', again, 'pay', 'N2', startMs + 1_000, tries))
  assert.match(reused, /仅限使用一次/, 'a used code stays used')
})

test('the books know each order to the fen, and no file holds a payment code', async (context) => {
  const data = dataFolder(context)
  assert.deepEqual(readBooks(data), [], 'no books yet')
  let wallMs = startMs
  const channels = await startTrainingChannels({ dataDirectory: data, now: () => wallMs })
  context.after(() => channels.close())
  const codes: string[] = []
  const net = new Map<string, number>()
  const outcome: Readonly<Record<Story, number>> = {
    'pays-at-once': 1234,
    'password-then-pays': 1234,
    'password-never': 0,
    'balance-low': 0,
    'code-expired': 0,
    'system-error-then-paid': 1234,
    'answer-lost-but-paid': 1234,
    'pays-just-before-revoke': 0,
    'revoke-needs-tries': 0,
    'revoke-refused-while-confirming': 0,
    'revoke-never-works': 1234,
  }
  for (const wallet of practiceWallets) {
    for (const story of storiesOf(wallet)) {
      const orderNumber = `${wallet}_${codes.length}`
      const code = freshCode(wallet, story)
      codes.push(code)
      net.set(orderNumber, outcome[story])
      await call(wallet, channels, 'pay', orderNumber, wallMs, code)
      wallMs += 6_000
      if (saysPaid(await call(wallet, channels, 'query', orderNumber, wallMs))) continue
      for (let turn = 0; turn < 4; turn += 1) await call(wallet, channels, 'revoke', orderNumber, wallMs)
    }
    const stray = wallet === 'wechat' ? '134500000000000017' : '284321987654321098'
    codes.push(stray)
    await call(wallet, channels, 'pay', `${wallet}_stray`, wallMs, stray)
    await call(wallet, channels, 'pay', `${wallet}_reused`, wallMs, codes.at(-2))
  }
  const books = readBooks(data, wallMs)
  assert.equal(books.length, codes.length + practiceWallets.length, 'a refused code makes a book, too')
  for (const { orderNumber, amountFen, chargedFen, refundedFen, state } of books) {
    assert.equal(amountFen, 1234)
    assert.equal(chargedFen - refundedFen, net.get(orderNumber) ?? 0, orderNumber)
    assert.equal(state === 'paid', chargedFen > refundedFen)
  }
  const holds = () =>
    filesBelow(data).some((file) =>
      codes.some((code) => file.includes(code) || file.includes(Buffer.from(code, 'utf16le'))),
    )
  assert.ok(!holds(), 'while the server runs')
  await channels.close()
  assert.ok(!holds(), 'after it closed')
  assert.deepEqual(readBooks(data, wallMs), books)
})

test('a server that cannot do its work answers as an outage, says so in its log, and goes on', async (context) => {
  const data = dataFolder(context)
  let broken = false
  const log: (string | undefined)[] = []
  const channels = await startTrainingChannels({
    dataDirectory: data,
    now: () => {
      if (broken) throw new Error('no clock')
      return startMs
    },
    log: ({ wallet, path, status, problem }) => log.push([wallet, path, status, problem].join(' ').trim()),
  })
  context.after(() => channels.close())
  const code = freshCode('wechat', 'pays-at-once')
  broken = true
  const outage = await call('wechat', channels, 'pay', 'N1', startMs, code)
  assert.equal(outage !== 'cut' && outage.status, 500)
  assert.deepEqual(readBooks(data, startMs), [])
  broken = false
  assert.match(bodyOf(await call('wechat', channels, 'pay', 'N1', startMs, code)), /transaction_id/)
  assert.deepEqual(log, ['wechat /pay/micropay 500 no clock', 'wechat /pay/micropay 200'])
})

/** What an order paid at once looks like to a query under a fault. */
async function spoiled(context: TestContext, wallet: PracticeWallet, fault: TrainingFault) {
  const channels = await start(context, dataFolder(context), startMs)
  await call(wallet, channels, 'pay', 'N1', startMs, freshCode(wallet, 'pays-at-once'))
  channels.setFaults(({ wallet: asked, kind, orderNumber }) =>
    asked === wallet && kind === 'query' && orderNumber === 'N1' ? fault : 'none',
  )
  return { channels, answer: () => call(wallet, channels, 'query', 'N1', startMs) }
}

const verifies = (wallet: PracticeWallet, { wechat, alipay }: Settings, body: string): boolean => {
  if (wallet === 'alipay') return alipayAnswerVerifies(body, alipay.alipayPublicKey)
  const fields = fromXml(body)
  return fields.sign === signWechat(fields, wechat.apiKey, 'HMAC-SHA256')
}

for (const wallet of practiceWallets) {
  test(`${wallet}: a fault spoils the answer and nothing else`, async (context) => {
    const look = async (fault: TrainingFault) => {
      const { channels, answer } = await spoiled(context, wallet, fault)
      const received = await answer()
      const body = bodyOf(received)
      return { status: received === 'cut' ? 0 : received.status, body, sound: verifies(wallet, channels, body) }
    }
    // With what stands around a value: a signature in Base64 may hold these two characters by chance.
    const named = /["[>]N1["\]<]/
    const clean = await look('none')
    assert.ok(clean.sound && named.test(clean.body))
    assert.match((await look('html')).body, /^<html>/)
    assert.equal((await look('http-502')).status, 502)
    assert.equal((await look('half-answer')).body, 'cut')
    assert.match((await look('doctype')).body, /^<!DOCTYPE/)
    const forged = await look('wrong-signature')
    assert.ok(!forged.sound && named.test(forged.body))
    const other = await look('other-order')
    assert.ok(other.sound && !named.test(other.body))
    const amount = await look('other-amount')
    assert.ok(amount.sound && /1235|12\.35/.test(amount.body))
  })

  test(`${wallet}: a hanging answer ends when the server closes`, async (context) => {
    const { channels, answer } = await spoiled(context, wallet, 'hang')
    const asked = new Promise<void>((resolve) => {
      channels.setFaults(() => {
        resolve()
        return 'hang'
      })
    })
    const pending = answer()
    await asked
    await channels.close()
    assert.equal(await pending, 'cut')
  })
}

test('a huge answer goes on for as long as it is read', async (context) => {
  const { channels } = await spoiled(context, 'wechat', 'none')
  channels.setFaults(() => 'huge-body')
  const { baseUrl, certificateAuthority: ca } = channels.wechat
  const length = await new Promise<number>((resolve, reject) => {
    const outgoing = request(`${baseUrl}/pay/orderquery`, { method: 'POST', ca, agent: false }, (incoming) => {
      let received = 0
      incoming.on('data', (chunk: Buffer) => {
        received += chunk.length
        if (received < 3_000_000) return
        incoming.destroy()
        resolve(received)
      })
    })
    outgoing.on('error', reject)
    outgoing.end('<xml></xml>')
  })
  assert.ok(length >= 3_000_000)
})
