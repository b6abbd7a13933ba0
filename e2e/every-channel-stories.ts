import type { Language } from '../electron/api/contract.ts'
import { type BookLine, readBooks } from '../electron/training/books-reading.ts'
import type { Story } from '../electron/training/practice-code.ts'
import type { ServerName } from '../electron/training/server-name.ts'
import { type StoryEnd, storyEnd } from '../electron/training/story-ends.ts'
import type { Lane } from './every-channel-tills.ts'
import { freshCode } from './practice.ts'
import { expect, type Till } from './till.ts'
import { scenesShown } from './watch.ts'
import { headlines, reversalHeadlines, type SceneName } from './words.ts'

/** What the users of each channel call its revoke (M10), written down a second time. */
const calledBy: Readonly<Record<ServerName, 'revoke' | 'reversal' | 'none'>> = {
  wechat: 'revoke',
  alipay: 'revoke',
  'wechat-v3': 'revoke',
  backend: 'revoke',
  unionpay: 'reversal',
  qra: 'reversal',
  icbc: 'reversal',
  jeepay: 'none',
}

/** What the cashier reads of the end of the wait where there is no revoke, and at the desk. */
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

/** The picture of an end. */
export function endScene({ status, revokeEffect }: StoryEnd): SceneName {
  return status === 'revoked' ? (revokeEffect === 'refunded' ? 'revoked-refunded' : 'revoked-closed') : status
}

/** Stories whose end comes at once, or so soon that nobody would set the order aside. */
const soonOver: readonly Story[] = ['pays-at-once', 'balance-low', 'code-expired', 'answer-lost-but-paid']
const waitingScenes = ['awaiting-payer', 'unknown', 'revoking'] as const satisfies readonly SceneName[]
/** Longer than any story by the spec's policy, on a machine that does much else. */
const endTimeoutMs = 30_000

/**
 * Charges with a code of the story. Where it is soon over: sees the end, leaves it, and answers the order's number. Else
 * it sets the order aside for the next customer, and answers null.
 */
export async function tellOrPark(till: Till, lane: Lane, story: Story, amount: string): Promise<string | null> {
  const { counter } = till
  const expected = storyEnd(lane.channel, story)
  const end = endScene(expected)
  await counter.charge(amount, freshCode(lane.wallet, story))
  if (soonOver.includes(story) && expected.status !== 'attention') return leaveEnd(till, lane, story, amount)
  // A busy machine may come to the end first, before the key is pressed or behind it.
  if ((await nextScene(till, [...waitingScenes, end])) === end) return leaveEnd(till, lane, story, amount)
  await counter.press('F6')
  return (await nextScene(till, ['idle', end])) === end ? leaveEnd(till, lane, story, amount) : null
}

/** The first of these pictures that the counter shows. */
async function nextScene({ page }: Till, wanted: readonly SceneName[]): Promise<string | null> {
  const main = page.locator('main.counter')
  await expect(main).toHaveAttribute('data-scene', new RegExp(`^(${wanted.join('|')})$`), { timeout: endTimeoutMs })
  return main.getAttribute('data-scene')
}

/** Waits for the end of the order of this amount that was set aside, brings it back, and reads and leaves its end. */
export async function seeEnd(till: Till, lane: Lane, story: Story, amount: string): Promise<string> {
  const { counter } = till
  const chip = counter.strip.getByRole('listitem').filter({ hasText: `¥${amount}` })
  const { status } = storyEnd(lane.channel, story)
  await expect(chip, `${lane.channel} ${story}`).toHaveAttribute('data-status', status, { timeout: endTimeoutMs })
  await chip.getByRole('button').first().click()
  return leaveEnd(till, lane, story, amount)
}

/** Stays with the order from the scan to the end, and reads what the cashier is told on the way. */
export async function watch(till: Till, lane: Lane, story: Story, amount: string): Promise<string> {
  const { counter, page, language } = till
  const seenBefore = (await scenesShown(page)).length
  const [waiting] = await Promise.all([
    saidAt(till, 'awaiting-payer'),
    counter.charge(amount, freshCode(lane.wallet, story)),
  ])
  const end = endScene(storyEnd(lane.channel, story))
  await expect(counter.scene(end), `${lane.channel} ${story}`).toBeVisible({ timeout: endTimeoutMs })
  const way = (await scenesShown(page)).slice(seenBefore)
  if (calledBy[lane.channel] === 'none') {
    expect(way).not.toContain('revoking')
    expect(waiting).toMatch(personDecides[language])
    const atEnd = await saidAt(till, end)
    expect(atEnd).toMatch(noRevokeHere)
    for (const text of [waiting, atEnd]) expect(text.replaceAll(noRevokeHere, '')).not.toMatch(anyRevoke)
    await expect(counter.slot('revoke'), 'nothing to press for it').toHaveCount(0)
    await counter.press('F1')
    const desk = page.locator('main.desk')
    await expect(desk.locator('.journal li').first()).toBeVisible()
    await expect(desk).toContainText(noRevokeDesk[language])
    await expect(desk, 'a time that is not there').not.toContainText(/· (至|until) /)
    await counter.press('Escape')
  } else {
    expect(way, `the way of ${story}`).toEqual(expect.arrayContaining(['awaiting-payer', 'revoking', end]))
    expectOwnWord(lane, waiting)
  }
  return leaveEnd(till, lane, story, amount)
}

/** What the channel's books say of the order, which must be of this amount. */
export function walletSide(books: string, { channel }: Lane, orderNumber: string, amount: string): BookLine {
  const found = readBooks(books).filter((book) => book.orderNumber === orderNumber)
  expect(found.map(({ wallet, amountFen }) => [wallet, Number(amountFen)])).toEqual([
    [channel, Math.round(Number(amount) * 100)],
  ])
  return found[0] as BookLine // the line above says that it is there
}

/** Reads an end in the channel's own words, and goes on to the next customer. */
async function leaveEnd(till: Till, lane: Lane, story: Story, amount: string): Promise<string> {
  const { counter, page, language } = till
  const end = endScene(storyEnd(lane.channel, story))
  await expect(counter.scene(end), `${lane.channel} ${story}`).toBeVisible({ timeout: endTimeoutMs })
  const isReversal = calledBy[lane.channel] === 'reversal'
  const own = isReversal ? { ...headlines[language], ...reversalHeadlines[language] } : headlines[language]
  await expect(counter.headline, `${lane.channel} ${story}`).toHaveText(own[end])
  await expect(counter.amount).toHaveText(end === 'revoked-refunded' ? `−¥${amount}` : `¥${amount}`)
  await expect(page.getByTestId('order-number').first()).toHaveText(/^[0-9A-Z]{6,32}$/)
  if (end === 'revoked-closed' || end === 'revoked-refunded') expectOwnWord(lane, await saidAt(till, end))
  const orderNumber = await counter.orderNumber()
  await counter.nextCustomer()
  return orderNumber
}

function expectOwnWord({ channel }: Lane, text: string): void {
  const [own, other] = calledBy[channel] === 'reversal' ? [anyReversal, anyRevoke] : [anyRevoke, anyReversal]
  expect(text).toMatch(own)
  expect(text).not.toMatch(other)
}

/** What a picture says to the cashier, without the channel's own word for its state. */
const saidAt = (till: Till, scene: SceneName): Promise<string> =>
  till.counter.scene(scene).evaluate((main) => {
    const copy = main.cloneNode(true) as HTMLElement // the copy of an element is one
    copy.querySelector('.facts-small')?.remove()
    return copy.textContent ?? ''
  })
