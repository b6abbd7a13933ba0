import type { Language } from '../electron/api/contract.ts'
import type { PracticeWallet, Story } from '../electron/training/practice-code.ts'
import { type ServerName, serverNames } from '../electron/training/server-name.ts'
import { trainingServers } from '../electron/training/server-registry.ts'
import { type EveryServer, startEveryServer } from '../electron/training/start-every-server.ts'
import { freshCode } from './practice.ts'
import { expect, largeScreen, type ScreenSize, smallScreen, type Till, type TillOptions, test } from './till.ts'
import { scenesShown } from './watch.ts'
import { endScenes, headlines, reversalHeadlines, type SceneName } from './words.ts'

// One till for each channel, reached by its configuration: the end that each story must have, in the channel's own words.

type Lane = {
  readonly channel: ServerName
  readonly wallet: PracticeWallet
  readonly language: Language
  readonly size: ScreenSize
}

/** Channels with a revoke, by what the cashier reads of it. */
const revoking: readonly Lane[] = [
  { channel: 'wechat', wallet: 'wechat', language: 'zh-CN', size: smallScreen },
  { channel: 'wechat-v3', wallet: 'wechat', language: 'en', size: largeScreen },
  { channel: 'alipay', wallet: 'alipay', language: 'en', size: smallScreen },
  { channel: 'backend', wallet: 'alipay', language: 'zh-CN', size: largeScreen },
]
const reversing: readonly Lane[] = [
  { channel: 'unionpay', wallet: 'unionpay', language: 'zh-CN', size: largeScreen },
  { channel: 'qra', wallet: 'alipay', language: 'en', size: smallScreen },
  { channel: 'icbc', wallet: 'wechat', language: 'zh-CN', size: smallScreen },
  { channel: 'icbc', wallet: 'unionpay', language: 'en', size: largeScreen },
]
/** Jeepay has none: without a payment a person decides. */
const withoutRevoke: readonly Lane[] = [
  { channel: 'jeepay', wallet: 'wechat', language: 'zh-CN', size: smallScreen },
  { channel: 'jeepay', wallet: 'alipay', language: 'en', size: largeScreen },
]

/** What the cashier reads of the end of the wait there, and at the desk. */
const personDecides: Readonly<Record<Language, RegExp>> = {
  'zh-CN': /转人工处理;先不要交货/,
  en: /a person settles it; do not hand over goods/,
}
const noRevokeDesk: Readonly<Record<Language, RegExp>> = {
  'zh-CN': /这个渠道不能撤销,已扣款就退款/,
  en: /This channel cannot revoke; refund it if charged/,
}

const anyRevoke = /撤销|revok/i
const anyReversal = /冲正|revers/i
/** The only sentence that may name the revoke where there is none. */
const noRevokeHere = /渠道(不能|没有)撤销|this channel cannot revoke/gi

/** A till whose configuration has this channel alone; its server runs in this process, its books are in the data folder. */
async function tillOf(
  open: (options: TillOptions) => Promise<Till>,
  lane: Lane,
  running: EveryServer[],
): Promise<Till> {
  const { channel, language, size } = lane
  return open({
    language,
    size,
    policy: { windowMs: 4_000, revokeMinAgeMs: 1_000 },
    configure: async (dataDirectory) => {
      const wanted = trainingServers.filter(({ name }) => name === channel)
      const servers = await startEveryServer({ dataDirectory, now: Date.now }, wanted)
      running.push(servers)
      return { channels: servers.channels.filter(({ id }) => id === channel) }
    },
  })
}

/** Charges with a code of this story and waits for the end: no other end was ever seen (I3, I4). */
async function tell(
  till: Till,
  lane: Lane,
  story: Story,
  amount: string,
  end: SceneName,
): Promise<readonly SceneName[]> {
  const { counter, page } = till
  const seenBefore = (await scenesShown(page)).length
  await counter.charge(amount, freshCode(lane.wallet, story))
  await expect(counter.scene(end), `${lane.channel} ${story}`).toBeVisible({ timeout: 20_000 })
  const seen = (await scenesShown(page)).slice(seenBefore) as readonly SceneName[] // the page shows no others
  expect(
    seen.filter((scene) => endScenes.includes(scene)),
    `${lane.channel} ${story}: ${seen.join(' → ')}`,
  ).toEqual([end])
  await expect(counter.amount).toHaveText(end === 'revoked-refunded' ? `−¥${amount}` : `¥${amount}`)
  await expect(page.getByTestId('order-number').first()).toHaveText(/^[0-9A-Z]{6,32}$/)
  return seen
}

/** What a picture says to the cashier, without the channel's own word for its state. */
const saidAt = (till: Till, scene: SceneName): Promise<string> =>
  till.counter.scene(scene).evaluate((main) => {
    const copy = main.cloneNode(true) as HTMLElement // the copy of an element is one
    copy.querySelector('.facts-small')?.remove()
    return copy.textContent ?? ''
  })

/** Plays the stories of a channel that can take a payment back, and reads what the screen calls that. */
async function takesBack(till: Till, lane: Lane, called: 'revoke' | 'reversal'): Promise<void> {
  const { counter } = till
  const { language } = lane
  const own = called === 'reversal' ? { ...headlines[language], ...reversalHeadlines[language] } : headlines[language]
  const other = called === 'reversal' ? anyRevoke : anyReversal
  const seen = new Set<string>()

  await tell(till, lane, 'pays-at-once', '10.10', 'paid')
  await expect(counter.headline).toHaveText(own.paid)
  await counter.nextCustomer()

  for (const [story, amount, end] of [
    ['password-never', '20.20', 'revoked-closed'],
    ['pays-just-before-revoke', '30.30', 'revoked-refunded'],
  ] as const) {
    const waiting = saidAt(till, 'awaiting-payer')
    const [way, words] = await Promise.all([tell(till, lane, story, amount, end), waiting])
    expect(way, `the way of ${story}`).toEqual(expect.arrayContaining(['awaiting-payer', 'revoking', end]))
    await expect(counter.headline).toHaveText(own[end])
    const atEnd = await saidAt(till, end)
    for (const text of [words, atEnd]) {
      expect(text).toMatch(called === 'reversal' ? anyReversal : anyRevoke)
      expect(text).not.toMatch(other)
    }
    for (const scene of way) seen.add(scene)
    await counter.nextCustomer()
  }
  expect([...seen]).toContain('revoking')
}

/** Runs a story for each lane side by side; the servers end with it. */
async function sideBySide(
  open: (options: TillOptions) => Promise<Till>,
  lanes: readonly Lane[],
  story: (till: Till, lane: Lane) => Promise<void>,
): Promise<void> {
  const running: EveryServer[] = []
  try {
    await Promise.all(lanes.map(async (lane) => story(await tillOf(open, lane, running), lane)))
  } finally {
    await Promise.all(running.map((servers) => servers.close()))
  }
}

for (const [about, called, lanes] of [
  ['revoke', 'revoke', revoking],
  ['reverse, and say so', 'reversal', reversing],
] as const) {
  for (const lane of lanes) {
    test(`every channel: ${lane.channel} in ${lane.language} can ${about}`, async ({ open }) => {
      await sideBySide(open, [lane], (till) => takesBack(till, lane, called))
    })
  }
}

test('every channel: where there is no revoke, none is promised, and a person decides', async ({ open }) => {
  await sideBySide(open, withoutRevoke, async (till, lane) => {
    const { counter, page } = till
    const { language } = lane
    await tell(till, lane, 'pays-at-once', '10.10', 'paid')
    await expect(counter.headline).toHaveText(headlines[language].paid)
    await counter.nextCustomer()

    const waiting = saidAt(till, 'awaiting-payer')
    const [way, words] = await Promise.all([tell(till, lane, 'password-never', '20.20', 'attention'), waiting])
    expect(way).not.toContain('revoking')
    await expect(counter.headline).toHaveText(headlines[language].attention)
    const atEnd = await saidAt(till, 'attention')
    expect(atEnd).toMatch(noRevokeHere)
    for (const text of [words, atEnd]) expect(text.replaceAll(noRevokeHere, '')).not.toMatch(anyRevoke)
    expect(words).toMatch(personDecides[language])
    await expect(counter.slot('revoke'), 'nothing to press for it').toHaveCount(0)
    await counter.press('F1')
    await expect(page.locator('main.desk .journal li').first()).toBeVisible()
    await expect(page.locator('main.desk')).toContainText(noRevokeDesk[language])
    await expect(page.locator('main.desk'), 'a time that is not there').not.toContainText(/· (至|until) /)
  })
})

test('every channel: none is left out', () => {
  const told = [...revoking, ...reversing, ...withoutRevoke].map(({ channel }) => channel)
  expect([...new Set(told)].toSorted()).toEqual(serverNames.toSorted())
})
