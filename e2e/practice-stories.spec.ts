import type { Language } from '../electron/api/contract.ts'
import { type BuiltInWallet, type Story, storiesOf } from '../electron/training/practice-code.ts'
import { freshCode } from './practice.ts'
import { expect, largeScreen, smallScreen, type Till, type TillOptions, tellsAll, test } from './till.ts'
import { scenesShown } from './watch.ts'
import { endScenes, type SceneName, walletNames } from './words.ts'

// Every practice code of both wallets: the pictures that the cashier sees on the way, and the one at the end.

/** The pictures that must come, in this order; the last one is the end, and no other end may ever be seen (I3, I4). */
const wayOf: Readonly<Record<Story, readonly SceneName[]>> = {
  'pays-at-once': ['paid'],
  'password-then-pays': ['awaiting-payer', 'paid'],
  'password-never': ['awaiting-payer', 'revoking', 'revoked-closed'],
  'balance-low': ['failed'],
  'code-expired': ['failed'],
  'system-error-then-paid': ['unknown', 'paid'],
  'answer-lost-but-paid': ['unknown', 'paid'],
  'pays-just-before-revoke': ['awaiting-payer', 'revoking', 'revoked-refunded'],
  'revoke-needs-tries': ['awaiting-payer', 'revoking', 'revoked-closed'],
  'revoke-refused-while-confirming': ['awaiting-payer', 'revoking', 'revoked-closed'],
  'revoke-never-works': ['awaiting-payer', 'revoking', 'attention'],
}

const helpOf: Readonly<Partial<Record<Story, Readonly<Record<Language, RegExp>>>>> = {
  'balance-low': { 'zh-CN': /余额不足.*换/s, en: /balance is too low.*Ask for another/s },
  // Alipay has one answer for codes that expired, were used before, or never were codes.
  'code-expired': { 'zh-CN': /(付款码已过期|付款码不能用).*刷新/s, en: /code (has expired|cannot be used).*refresh/s },
  'revoke-never-works': { 'zh-CN': /店长.*对顾客说/s, en: /manager.*Tell the customer/s },
}

type Lane = TillOptions & {
  readonly wallet: BuiltInWallet
  readonly by: 'scanner' | 'keyboard'
  readonly language: Language
}

/**
 * Each story meets both ways of entering, both languages and both screens; `SCANTILL_STORIES=all` tells it so of each
 * wallet.
 */
const lanes: readonly Lane[] = [
  { wallet: 'wechat', by: 'scanner', language: 'zh-CN', size: smallScreen },
  { wallet: 'alipay', by: 'keyboard', language: 'en', size: largeScreen },
  ...(tellsAll
    ? ([
        { wallet: 'wechat', by: 'keyboard', language: 'en', size: largeScreen },
        { wallet: 'alipay', by: 'scanner', language: 'zh-CN', size: smallScreen },
      ] as const)
    : []),
]

type Bundle = {
  readonly about: string
  readonly stories: readonly Story[]
  /** Long stories are told side by side, each on its own tills; short ones one after the other. */
  readonly sideBySide: boolean
}

const bundles: readonly Bundle[] = [
  { about: 'one answer is all', stories: ['pays-at-once', 'balance-low', 'code-expired'], sideBySide: false },
  {
    about: 'the customer confirms, or does not',
    stories: ['password-then-pays', 'password-never'],
    sideBySide: true,
  },
  {
    about: 'the wallet leaves the till in doubt',
    stories: ['system-error-then-paid', 'answer-lost-but-paid'],
    sideBySide: false,
  },
  {
    about: 'the revoke meets the customer',
    stories: ['pays-just-before-revoke', 'revoke-refused-while-confirming'],
    sideBySide: true,
  },
  {
    about: 'the revoke does not work',
    stories: ['revoke-needs-tries', 'revoke-never-works'],
    sideBySide: true,
  },
]

async function tell(till: Till, lane: Lane, story: Story, amount: string): Promise<void> {
  const { counter, page } = till
  const seenBefore = (await scenesShown(page)).length
  const code = freshCode(lane.wallet, story)
  await counter.enterAmount(amount)
  if (lane.by === 'scanner') await counter.scan(code)
  else await counter.typeCode(code)

  const way = wayOf[story]
  const end = way.at(-1) ?? 'paid'
  await counter.shows(end)
  const seen = (await scenesShown(page)).slice(seenBefore)
  const ends = seen.filter((scene) => endScenes.some((each) => each === scene))
  expect(ends, `ends of ${story}: ${seen.join(' → ')}`).toEqual([end])
  expect(
    seen.filter((scene) => way.some((each) => each === scene)),
    `the way of ${story}`,
  ).toEqual(expect.arrayContaining([...way]))
  let at = -1
  for (const scene of way) {
    const next = seen.indexOf(scene, at + 1)
    expect(next, `${scene} in its place: ${seen.join(' → ')}`).toBeGreaterThan(at)
    at = next
  }
  await expect(counter.amount).toHaveText(story === 'pays-just-before-revoke' ? `−¥${amount}` : `¥${amount}`)
  await expect(page.locator('.amount-wallet')).toHaveText(walletNames[lane.language][lane.wallet])
  expect(await counter.orderNumber()).toMatch(/^[0-9A-Z]{6,32}$/)
  const help = helpOf[story]
  if (help) await expect(page.locator('.message')).toHaveText(help[lane.language])
  await counter.nextCustomer()
}

for (const { about, stories, sideBySide } of bundles) {
  test(`practice stories: ${about}`, async ({ open }) => {
    const rounds = sideBySide ? stories.map((story) => [story]) : [stories]
    await Promise.all(
      rounds.flatMap((round) =>
        lanes.map(async (lane) => {
          const told = round.filter((story) => storiesOf(lane.wallet).includes(story))
          if (told.length === 0) return
          const till = await open(lane)
          for (const [index, story] of told.entries()) await tell(till, lane, story, `${index + 12}.30`)
        }),
      ),
    )
  })
}

test('practice stories: none is left out', () => {
  const told = bundles.flatMap((bundle) => bundle.stories)
  for (const wallet of ['wechat', 'alipay'] as const) {
    expect(told).toEqual(expect.arrayContaining([...storiesOf(wallet)]))
  }
})
