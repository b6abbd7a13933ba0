import assert from 'node:assert/strict'
import { test } from 'node:test'
import { voiceTexts } from '../wording/voice-texts.ts'
import { amountClips, receivedClips } from './voice-plan.ts'

/** What the clips say, read off the list that they are made from. */
const said = (yuan: string, language: 'zh-CN' | 'en'): string => {
  const [whole = '0', part = ''] = yuan.split('.')
  const clips = amountClips(Number(whole) * 100 + Number(part.padEnd(2, '0')), language)
  const texts: Readonly<Record<string, string>> = voiceTexts[language]
  return clips.map((clip) => texts[clip] ?? `no clip ${clip}`).join(language === 'en' ? ' ' : '')
}

test('Chinese amounts: zeros once, no one before ten, 两 before hundreds, thousands and ten thousands', () => {
  const cases = {
    '0.01': '零点零一元',
    '0.50': '零点五元',
    '2': '二元',
    '10': '十元',
    '12.34': '十二点三四元',
    '20': '二十元',
    '22': '二十二元',
    '100': '一百元',
    '105': '一百零五元',
    '110': '一百一十元',
    '202': '两百零二元',
    '1005': '一千零五元',
    '1050': '一千零五十元',
    '1234.05': '一千两百三十四点零五元',
    '2000': '两千元',
    '10000': '一万元',
    '10001': '一万零一元',
    '20500': '两万零五百元',
    '100000': '十万元',
    '120000': '十二万元',
    '1000000': '一百万元',
    '50000000.1': '五千万点一元',
  }
  for (const [yuan, words] of Object.entries(cases)) assert.equal(said(yuan, 'zh-CN'), words, yuan)
})

test('English amounts', () => {
  const cases = {
    '0.05': 'zero point zero five yuan',
    '12.34': 'twelve point three four yuan',
    '20': 'twenty yuan',
    '1234.5': 'one thousand two hundred thirty four point five yuan',
    '100000': 'one hundred thousand yuan',
    '2000001': 'two million one yuan',
  }
  for (const [yuan, words] of Object.entries(cases)) assert.equal(said(yuan, 'en'), words, yuan)
})

test('every amount up to a million yuan is said by clips that there are, and begins with "received"', () => {
  for (const language of ['zh-CN', 'en'] as const) {
    for (let amountFen = 1; amountFen < 100_000_000; amountFen += 7_919) {
      for (const clip of receivedClips(amountFen, language)) {
        assert.ok(Object.hasOwn(voiceTexts[language], clip), `${language} ${amountFen} ${clip}`)
      }
    }
  }
  assert.equal(receivedClips(1, 'en')[0], 'received')
})
