import { expect, hostName, test } from './till.ts'
import { type Stop, walk, walkOptions } from './walk.ts'
import { headlines, type SceneName, scenes } from './words.ts'

// The language can be changed in every state, changes every word, and is remembered at this screen.

const dialogs: ReadonlySet<Stop> = new Set(['cancel-question', 'order-detail', 'evidence', 'desk-settle'])

const isScene = (text: string | null): text is SceneName => scenes.some((scene) => scene === text)

/** Letters of the other language on the screen; names of the shop and of keys are the same in both. */
async function chineseWords(texts: readonly string[]): Promise<readonly string[]> {
  const ownNames = /示例便利店|中文/g
  return texts.filter((text) => /[\u4e00-\u9fff]/.test(text.replace(ownNames, '')))
}

test('the language changes in every state and back', async ({ open }) => {
  test.skip(hostName === 'electron', 'holds the till’s answers back, which takes the till in the test’s own process')
  const till = await open({ ...walkOptions, language: 'zh-CN' })
  const { page, counter } = till
  const headline = counter.headline
  await walk(till, async (stop) => {
    // While the till asks a question, or a dialog is open, only its own keys work.
    if (dialogs.has(stop)) return
    const before = await headline.textContent()
    await counter.press('F9')
    await expect(headline).not.toHaveText(before ?? '')
    const scene = await page.locator('main').getAttribute('data-scene')
    if (isScene(scene)) await expect(headline).toHaveText(headlines.en[scene])
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    const own = await chineseWords((await page.locator('body').innerText()).split('\n'))
    // The wallets answer in Chinese; their own words stay as they were said, behind their code.
    const leftOver = own.filter((text) => !/^(?:[A-Z_]+|\d{5})(?: [A-Z_.]+)* \S+$/.test(text))
    expect(leftOver, `Chinese on the English screen: ${stop}`).toEqual([])
    await counter.press('F9')
    await expect(headline).toHaveText(before ?? '')
  })
})

test('the choice outlives the window; the till’s own language holds where nobody chose', async ({ open }) => {
  const till = await open({ language: 'en' })
  const { counter, page } = till
  await counter.shows('idle')
  await counter.press('F9')
  till.speaks('zh-CN')
  await counter.shows('idle')
  await page.reload()
  await counter.shows('idle')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
})
