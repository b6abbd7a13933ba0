import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChannelId } from '../till/ids.ts'
import { type Fen, fen } from '../till/money.ts'
import { isFinal, type Order } from '../till/order/order.ts'
import { shanghaiDate } from '../till/time.ts'
import { type BookLine, readBooks, readBreaches } from '../training/books-reading.ts'
import { makePracticeCode, type PracticeWallet, practiceSerialDigits, type Story } from '../training/practice-code.ts'
import { type ServerManners, type ServerName, serverManners, storiesOfServer } from '../training/server-name.ts'
import { type ServedChannel, startEveryServer } from '../training/start-every-server.ts'
import { type AssembledTill, assembleTill } from './assemble.ts'

/**
 * Every story of every training server, played by a whole till
 * over the wire, from its configuration on. For the page `docs/channel-stories.md` and its test.
 */

/** The order of things is that of the real figures, each of them shortened. */
const shortPolicy = {
  firstQueryMs: 300,
  pollMs: 300,
  windowMs: 8_000,
  revokeMinAgeMs: 1_000,
  revokeRetryMs: [200, 200, 400],
  requestTimeoutMs: 3_000,
} as const

export type PlayedStory = {
  readonly channel: ServerName
  readonly wallet: PracticeWallet
  readonly story: Story
  readonly status: Order['status']
  readonly revokeEffect: Order['revokeEffect']
}

/** Plays everything in folders below this one; rejects where a ledger and its books differ, or a server found a breach. */
export async function playEveryChannel(folder: string): Promise<readonly PlayedStory[]> {
  const wallets = join(folder, 'wallets')
  const servers = await startEveryServer({ dataDirectory: wallets, now: Date.now })
  try {
    const played: (readonly Played[])[] = []
    const waiting = servers.channels.map((channel, place) => async () => {
      played[place] = await playChannel(channel, { folder: join(folder, channel.id), tillId: `0${place + 1}` })
    })
    // Two tills at a time: they wait most of the time, but a busy machine must not make a story late.
    await Promise.all(
      [0, 1].map(async () => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next()
      }),
    )
    const books = new Map(readBooks(wallets).map((book) => [book.orderNumber, book]))
    for (const { order, wallet, story } of played.flat()) agrees(order, books.get(order.orderNumber), wallet, story)
    assert.deepEqual(readBreaches(wallets), [], 'the servers found no breach of their protocols')
    return played.flat().map(({ channel, wallet, story, order: { status, revokeEffect } }) => ({
      channel,
      wallet,
      story,
      status,
      revokeEffect,
    }))
  } finally {
    await servers.close()
  }
}

type Played = {
  readonly channel: ServerName
  readonly wallet: PracticeWallet
  readonly story: Story
  readonly order: Order
}

/** One till with one channel; its stories side by side, as orders of different customers. */
async function playChannel(
  channel: ServedChannel,
  { folder, tillId }: { readonly folder: string; readonly tillId: string },
): Promise<readonly Played[]> {
  const name = channel.id
  const configFile = `${folder}.json`
  const configuration = {
    store: { id: 'S001', name: '示例便利店' },
    till: { id: tillId },
    channels: [channel],
    policy: { [name]: shortPolicy },
    scanners: [],
  }
  await writeFile(configFile, JSON.stringify(configuration))
  const waiting = new Map<string, (order: Order) => void>()
  const assembly = await assembleTill(
    { dataDirectory: folder, configFile, environment: {} },
    { onChange: (order) => waiting.get(order.orderNumber)?.(order), onReadiness: () => undefined },
  )
  if (!assembly.ok) throw new Error(`${name} does not open: ${JSON.stringify(assembly.problem)}`)
  const { till } = assembly
  const play = async (wallet: PracticeWallet, story: Story, amountFen: Fen): Promise<Played> => {
    const scan = makePracticeCode(wallet, story, String(randomInt(10 ** practiceSerialDigits)).padStart(10, '0'))
    const taken = await till.runner.take({ scan, amountFen, saleId: null, anotherCustomer: true })
    if (taken.kind !== 'started') throw new Error(`${name} ${story}: ${taken.kind}`)
    const { orderNumber } = taken.order
    const order = await new Promise<Order>((resolve) => {
      const look = (seen: Order): void => {
        if (seen.inFlight === 'none' && (isFinal(seen.status) || seen.status === 'attention')) resolve(seen)
      }
      waiting.set(orderNumber, look)
      const known = till.runner.open().find((each) => each.orderNumber === orderNumber)
      if (known) look(known)
      else void till.ledger.order(orderNumber).then((found) => found.ok && found.value && look(found.value))
    })
    return { channel: name, wallet, story, order }
  }
  try {
    await till.runner.resume()
    const { wallets }: ServerManners = serverManners[name]
    const [first, ...more] = wallets
    if (first === undefined) throw new Error(`${name} takes no wallet's codes`)
    const stories = storiesOfServer(name).map((story) => [first, story] as const)
    const others = more.map((wallet) => [wallet, 'pays-at-once'] as const)
    const ended = await Promise.all(
      [...stories, ...others].map(([wallet, story], place) => play(wallet, story, fen(1_000 + place))),
    )
    await reconcilesToday(till, name)
    return ended
  } finally {
    await till.close()
  }
}

/** The server's bill of the day so far, over the wire and back: only what a person looks at anyway may be open. */
async function reconcilesToday(till: AssembledTill, name: ServerName): Promise<void> {
  const channel = till.channels.find(name as string as ChannelId)?.channel
  if (channel?.bill === undefined) return
  const { dayBeginsAtHour } = channel.bill.format
  const untilMidnightMs = dayBeginsAtHour === 0 ? 0 : (24 - dayBeginsAtHour) * 3_600_000
  const outcome = await till.reconcile({ channel, date: shanghaiDate(Date.now() + untilMidnightMs), file: null })
  assert.equal(outcome.kind, 'reconciled', `${name}: ${JSON.stringify(outcome)}`)
  if (outcome.kind !== 'reconciled') return
  for (const { cause, isAlarm, ours, orderNumber } of outcome.run.differences) {
    assert.ok(!isAlarm || ours?.expectation === 'open', `${name}: ${cause} of ${orderNumber}`)
  }
}

/** What the till says of the money and what the books say must be the same, to the fen. */
function agrees(order: Order, book: BookLine | undefined, wallet: PracticeWallet, story: Story): void {
  // Where nobody could tell, a person looks: the books may say either.
  if (order.status === 'attention' && !order.moneyWasTaken) return
  const believedFen = order.status === 'paid' || order.status === 'attention' ? order.amountFen : 0
  const keptFen = (book?.chargedFen ?? 0) - (book?.refundedFen ?? 0)
  assert.equal(believedFen, keptFen, `${order.channel} ${wallet} ${story}`)
}

const words = ({ status, revokeEffect }: PlayedStory): string =>
  revokeEffect === null ? status : `${status}, ${revokeEffect}`

/** The table of `docs/channel-stories.md`: what each story came to on each channel. */
export function channelStoriesTable(played: readonly PlayedStory[]): string {
  const channels = [...new Set(played.map(({ channel }) => channel))]
  const stories = [...new Set(played.map(({ story }) => story))]
  const cell = (channel: ServerName, story: Story): string => {
    const [first] = serverManners[channel].wallets
    const found = played.find((each) => each.channel === channel && each.story === story && each.wallet === first)
    return found ? words(found) : 'cannot be told'
  }
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    line(['story', ...channels.map((channel) => `\`${channel}\``)]),
    line(['---', ...channels.map(() => '---')]),
    ...stories.map((story) => line([`\`${story}\``, ...channels.map((channel) => cell(channel, story))])),
  ].join('\n')
}
