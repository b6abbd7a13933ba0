import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { readBooks, readBreaches } from '../training/books-reading.ts'
import type { PracticeWallet, Story } from '../training/practice-code.ts'
import { type ServerName, serverManners, serverNames } from '../training/server-name.ts'
import { type ServedChannel, startEveryServer } from '../training/start-every-server.ts'
import {
  assertNoCodes,
  dataFolder,
  linesOf,
  ordersIn,
  pay,
  practiceCode,
  runTill,
  shortPolicy,
  startTill,
} from './till-process.fixture.ts'

/** How a story must end: the exit code, the status and the revoke's effect (design §8). */
type End = readonly [exit: number, status: string, revokeEffect: string | null]

/** Stories that differ in kind: the answer is all, the window's end, a customer who beats the revoke, a revoke in vain. */
const ends = {
  'pays-at-once': [0, 'paid', null],
  'password-never': [1, 'revoked', 'closed'],
  'pays-just-before-revoke': [1, 'revoked', 'refunded'],
  'revoke-never-works': [3, 'attention', null],
} as const satisfies Partial<Record<Story, End>>
type ToldStory = keyof typeof ends
const toldStories = Object.keys(ends) as readonly ToldStory[] // the keys of the literal above

/** Jeepay has no revoke, and its ends prove nothing (jeepay.md §5, §6): without a payment a person decides. */
const ownEnds: Partial<Record<ServerName, Partial<Record<ToldStory, End>>>> = {
  jeepay: { 'password-never': [3, 'attention', null], 'pays-just-before-revoke': [3, 'attention', null] },
}

/** Every field of the result line (design §8). */
const resultFields = [
  'type',
  'orderNumber',
  'status',
  'revokeEffect',
  'amountFen',
  'channel',
  'transactionId',
  'reason',
  'queries',
  'revokes',
  'elapsedMs',
] as const

const wallets = mkdtempSync(join(tmpdir(), 'wallets-'))
const servers = await startEveryServer({ dataDirectory: wallets, now: Date.now })
after(async () => {
  await servers.close()
  rmSync(wallets, { recursive: true, force: true })
})

const storeId = 'S001'
const configurationOf = (channel: ServedChannel, tillId: string) => ({
  store: { id: storeId, name: '示例便利店' },
  till: { id: tillId },
  channels: [channel],
  policy: { [channel.id]: shortPolicy },
  scanners: [],
})

test('there is a channel for every server', () => {
  assert.deepEqual(servers.channels.map(({ id }) => id).toSorted(), serverNames.toSorted())
})

describe('one till for each channel, by the command line, against servers outside of its process', {
  concurrency: 4,
}, () => {
  for (const [place, channel] of servers.channels.entries()) {
    const name = channel.id
    test(`${name}: ends, exit codes, books and ledger`, async (context) => {
      const tillId = `C${place}`
      const data = dataFolder(context, configurationOf(channel, tillId))
      const takes: readonly PracticeWallet[] = serverManners[name].wallets
      for (const [turn, story] of toldStories.entries()) {
        // Another amount each time: the guard asks about a former order of the same one.
        const amountFen = 1_000 + turn
        const wallet = takes[turn % takes.length] ?? 'wechat'
        const { exit, last, lines, stderr } = await pay(
          context,
          data,
          practiceCode(wallet, story),
          '--amount',
          `10.0${turn}`,
        )
        const which = `${name} ${wallet} ${story}: ${stderr}`
        assert.ok(last, which)
        const end: End = ownEnds[name]?.[story] ?? ends[story]
        assert.deepEqual([exit, last.status, last.revokeEffect], end, which)
        assert.deepEqual(
          resultFields.filter((field) => !(field in last)),
          [],
          which,
        )
        assert.deepEqual([last.type, last.channel, last.amountFen], ['result', name, amountFen], which)
        const stated = lines.slice(0, -1).map(({ type, orderNumber, status }) => ({ type, orderNumber, status }))
        assert.deepEqual(stated.at(-1), { type: 'state', orderNumber: last.orderNumber, status: last.status }, which)
        if (last.status === 'paid') assert.ok(last.transactionId, which)
        if (last.status === 'revoked') assert.ok(Number(last.revokes) > 0, which)
        if (name === 'jeepay') assert.equal(last.revokes, 0, `${which}: there is no revoke to send`)

        const order = (await ordersIn(data)).find(({ orderNumber }) => orderNumber === last.orderNumber)
        const books = readBooks(wallets).filter(({ orderNumber }) => orderNumber === last.orderNumber)
        assert.deepEqual([order?.status, order?.amountFen, books.length], [last.status, amountFen, 1], which)
        const [book] = books
        assert.deepEqual([book?.wallet, book?.amountFen], [name, amountFen], which)
        const heldFen = (book?.chargedFen ?? 0) - (book?.refundedFen ?? 0)
        if (last.status === 'attention') {
          assert.equal(order?.moneyWasTaken, heldFen > 0, `${which}: a person must be told that the money is here`)
        } else {
          assert.equal(heldFen, last.status === 'paid' ? amountFen : 0, which)
        }
      }
      const verified = await runTill(context, ['verify'], { data })
      assert.deepEqual([verified.exit, verified.last?.broken], [0, []])
      assert.ok(Number(verified.last?.events) >= toldStories.length * 3)
      const ofThisTill = readBooks(wallets).filter(({ orderNumber }) => orderNumber.startsWith(`${storeId}${tillId}`))
      assert.equal(ofThisTill.length, (await ordersIn(data)).length, 'nothing reached the channel beside these orders')
      assert.ok(!existsSync(join(data, 'training')), 'the till started no server of its own')
      assertNoCodes(data, wallets)
    })
  }
})

test('no server found a breach of its protocol', () => {
  assert.deepEqual(readBreaches(wallets), [])
})

test('a till in another data folder pays with what train prints: each wallet at its own channel', async (context) => {
  const training = dataFolder(context)
  const running = startTill(context, ['train'], { data: training })
  const text = await new Promise<string>((resolve, reject) => {
    let printed = ''
    running.child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8')
      if (printed.includes('\n')) resolve(printed.slice(0, printed.indexOf('\n')))
    })
    void running.ended.then(({ stderr }) => reject(new Error(`train ended: ${stderr}`)))
  })
  const [line] = linesOf(text)
  assert.ok(line?.type === 'training')
  // The line is our own: an object in the form of config.json.
  const configuration = line.configuration as { readonly channels: readonly { readonly id: string }[] }
  assert.deepEqual(configuration.channels.map(({ id }) => id).toSorted(), serverNames.toSorted())
  const data = dataFolder(context, configuration)
  for (const [turn, wallet] of (['wechat', 'alipay', 'unionpay'] as const).entries()) {
    const amount = ['--amount', `2${turn}.00`]
    const { exit, last, stderr } = await pay(context, data, practiceCode(wallet, 'pays-at-once'), ...amount)
    assert.deepEqual([exit, last?.status, last?.channel], [0, 'paid', wallet], stderr)
  }
  assert.deepEqual(
    readBooks(training).map(({ wallet, state }) => [wallet, state]),
    [
      ['wechat', 'paid'],
      ['alipay', 'paid'],
      ['unionpay', 'paid'],
    ],
  )
  running.child.kill('SIGINT')
  assert.equal((await running.ended).exit, 0)
})
