import type { Language } from '../electron/api/contract.ts'
import { readRequests } from '../electron/training/books-reading.ts'
import { freshCode } from './practice.ts'
import { expect, test, toldIn } from './till.ts'
import { expectOrdersAtWallets } from './wallet-books.ts'

// What is no payment code is said in words and goes nowhere.

type Misread = {
  readonly what: string
  readonly text: string
  readonly words: Readonly<Record<Language, RegExp>>
  /** Digits of a wallet's form may be a customer's: the screen shows them masked only. */
  readonly secret: boolean
}

const misreads: readonly Misread[] = [
  {
    what: 'a web address',
    text: 'https://shop.example/c?id=42',
    words: { 'zh-CN': /网址.*付款码/, en: /web link.*payment code/ },
    secret: true,
  },
  {
    what: 'a collection code',
    text: 'wxp://f2f0aBcDeFgHiJkLmNoPq',
    words: { 'zh-CN': /收款码,不是付款码/, en: /receiving money/ },
    secret: true,
  },
  {
    what: 'a goods barcode',
    text: '6901234567892',
    words: { 'zh-CN': /商品条码 6901234567892/, en: /goods barcode \(6901234567892\)/ },
    secret: false,
  },
  {
    what: 'letters',
    text: 'AB12CD34EF56GH',
    words: { 'zh-CN': /14 个字符.*字母/, en: /14 characters with letters/ },
    secret: true,
  },
  {
    what: 'digits that are too few',
    text: '13456789012345',
    words: { 'zh-CN': /14 位数字\(13\*{8}2345\).*长度不对/, en: /14 digits \(13\*{8}2345\).*wrong length/ },
    secret: true,
  },
  {
    what: 'a wallet that nobody knows',
    text: '770123456789012345',
    words: { 'zh-CN': /认不出.*18 位,77\*{12}2345/, en: /Unknown wallet \(18 digits, 77\*{12}2345\)/ },
    secret: true,
  },
  {
    what: 'a wallet that the shop does not take',
    text: '6212345678901234567',
    words: { 'zh-CN': /没有开通云闪付/, en: /UnionPay/ },
    secret: true,
  },
]

for (const language of toldIn('en')) {
  test(`not a payment code: said in words, masked, and no order (${language})`, async ({ open }) => {
    const { counter, page, dataDirectory } = await open({ language })
    await counter.enterAmount('5.00')
    for (const { what, text, words, secret } of misreads) {
      await test.step(what, async () => {
        await counter.scan(text)
        await expect(counter.notice).toHaveText(words[language])
        await counter.shows('scan')
        await expect(counter.amount).toHaveText('¥5.00')
        if (secret) expect(await page.content()).not.toContain(text)
      })
    }
    // At its start the till asks each wallet about an order that cannot exist; nothing else may have left.
    const asked = readRequests(dataDirectory).filter(({ kind }) => kind !== 'query')
    expect(asked, 'requests to the wallets').toEqual([])
    await counter.scan(freshCode('wechat', 'pays-at-once'))
    await counter.shows('paid')
    await expect(counter.notice).toHaveText('')
    expectOrdersAtWallets(dataDirectory, 1)
  })
}

test('a person who types a wrong code reads the same words, and the field is empty', async ({ till }) => {
  const { counter, page, dataDirectory } = till
  await counter.enterAmount('5.00')
  await counter.typeCode('1345')
  await expect(counter.notice).toHaveText(/4 位数字\(\*{4}\).*长度不对/)
  await expect(page.getByLabel(/付款码/)).toHaveValue('')
  expectOrdersAtWallets(dataDirectory, 0)
})
