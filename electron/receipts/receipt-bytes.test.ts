import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import receiptline from 'receiptline'
import { documentKinds, documentShapes, type ReceiptDocument } from '../till/receipt/document.ts'
import { escposCommand, receiptEnd, receiptStart } from './escpos-command.ts'
import { type PaperThing, readPaper, rowTexts } from './escpos-paper.fixture.ts'
import { filledLines, paperMarkup } from './filled-lines.ts'
import { receiptPrinting } from './receipt-bytes.ts'
import { type ReceiptProfile, receiptProfileNames, receiptProfiles } from './receipt-profiles.ts'
import { sampleDocument } from './sample-documents.ts'
import { defaultTemplate } from './templates/default-templates.ts'
import { readTemplate } from './templates/read-template.ts'
import type { ReceiptTemplate } from './templates/receipt-template.ts'

function templateOf(
  kind: ReceiptDocument['kind'],
  paper: 58 | 80,
  text = defaultTemplate(kind, paper),
): ReceiptTemplate {
  const reading = readTemplate(kind, text)
  assert.ok(reading.ok, JSON.stringify(reading))
  return reading.template
}

const printed = (document: ReceiptDocument, profile: ReceiptProfile): readonly PaperThing[] =>
  readPaper(receiptPrinting(templateOf(document.kind, profile.paper), profile, '')(document), profile)

/** The same paper, laid out by receiptline in one piece. */
function laidOutWhole(
  document: ReceiptDocument,
  template: ReceiptTemplate,
  profile: ReceiptProfile,
): readonly PaperThing[] {
  const { columns, dots, encoding: drawing } = profile
  const markup = paperMarkup(filledLines(template, document, { hasLogo: false, drawing }), { columns, dots, drawing })
  const command = escposCommand(profile, '')
  const body = receiptline.transform(markup, {
    cpl: columns,
    encoding: 'gb18030',
    spacing: true,
    cutting: false,
    command,
  })
  return readPaper(Buffer.from(`${receiptStart}${body}${receiptEnd(profile)}`, 'latin1'), profile)
}

test('a sale on 58 mm paper', () => {
  const profile = receiptProfiles['generic-58']
  const things = printed(sampleDocument('sale', { profile, language: 'zh-CN' }), profile)
  assert.deepEqual(rowTexts(things), [
    '      示例便利店',
    '            收款凭单',
    '--------------------------------',
    '矿泉水 550ml',
    'x2                        ￥4.00',
    '手工牛肉饭团(微辣)',
    'x3                       ￥31.80',
    '--------------------------------',
    '         ￥35.80',
    '        收款成功',
    '--------------------------------',
    '时间         2026-11-30 19:39:14',
    '付款方式                微信支付',
    '收银员                    王小明',
    '单号',
    '        S0010120261130K7QX000042',
    '渠道单号',
    '    4200002456202611304567890123',
    '--------------------------------',
    '',
    '',
    '       退款时请出示此单。',
    '            谢谢惠顾',
    '01 号机      2026-11-30 19:39:19',
  ])
  assert.deepEqual(
    things.filter(({ kind }) => kind !== 'row'),
    [
      // 24 characters of Code 128 are wider than 58 mm paper.
      { kind: 'qr', text: 'S0010120261130K7QX000042', cellDots: 6 },
      { kind: 'feed', lines: 4 },
    ],
  )
})

test('a copy of a training sale on 80 mm paper says both, at the top and at the end', () => {
  const profile = receiptProfiles['generic-80']
  const things = printed(sampleDocument('sale', { profile, language: 'en', copy: 2, training: true }), profile)
  const rows = rowTexts(things).map((row) => row.trim())
  assert.deepEqual(rows.slice(0, 2), ['REPRINT 2, 2026-11-30 19:39:19', 'TRAINING - no real money moved'])
  assert.equal(rows.at(-1), 'TRAINING - no real money moved')
  assert.deepEqual(
    things.filter(({ kind }) => kind !== 'row'),
    [{ kind: 'code128', text: 'S0010120261130K7QX000042', widthDots: 466 }, { kind: 'cut' }],
  )
})

test('every kind of paper prints on every printer in both languages, within its columns', () => {
  for (const kind of documentKinds) {
    for (const name of receiptProfileNames) {
      const profile = receiptProfiles[name]
      for (const language of ['zh-CN', 'en'] as const) {
        const things = printed(sampleDocument(kind, { profile, language, copy: 3 }), profile)
        const ends = things.filter((thing) => thing.kind === 'cut' || thing.kind === 'feed')
        assert.deepEqual(
          ends.map((end) => end.kind),
          [profile.hasCutter ? 'cut' : 'feed'],
          name,
        )
        if (!profile.hasQr)
          assert.ok(
            things.every((thing) => thing.kind !== 'qr'),
            name,
          )
        assert.ok(!rowTexts(things).some((row) => row.includes('¥')))
      }
    }
  }
})

/** What shops and customers may type: markup, commands, rare characters, both directions, nothing. */
const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.string({ unit: fc.constantFrom(...'\\{}|~_"`^=-;:\n\x1b\x1d\x1c@!x1 码收₂é㐂𠮷😀\u202eשׁ'), maxLength: 80 }),
  fc.constantFrom('', ' ', '长'.repeat(5_000), '{{amount}}', '{command:\\x1bp}', '====', 'a|b|c'),
)

const fields = documentShapes.sale.fields.filter((name) => name !== 'copy' && name !== 'training')
const anySale: fc.Arbitrary<ReceiptDocument> = fc.record({
  kind: fc.constant('sale' as const),
  language: fc.constantFrom('zh-CN' as const, 'en' as const),
  fields: fc.record(Object.fromEntries(fields.map((name) => [name, typed])), {
    requiredKeys: ['amount', 'orderNumber'],
  }),
  lists: fc.record({ goods: fc.array(fc.record({ name: typed, quantity: typed, amount: typed }), { maxLength: 2 }) }),
})

test('whatever was typed: no row beyond the edge, no command but ours, and the same paper as laid out in one piece', () => {
  const tried = (['generic-58', 'generic-58-gbk', 'generic-80-42'] as const).map((name) => {
    const profile = receiptProfiles[name]
    const template = templateOf('sale', profile.paper)
    return { profile, template, print: receiptPrinting(template, profile, '') }
  })
  fc.assert(
    fc.property(anySale, fc.constantFrom(...tried), (document, { profile, template, print }) => {
      assert.deepEqual(readPaper(print(document), profile), laidOutWhole(document, template, profile))
    }),
    { numRuns: 80 },
  )
})

test('columns, sizes and decorations of a shop’s template are laid out as in one piece', () => {
  const text = [
    '{width:8,*,8}',
    '`{{storeName}}` | "{{amount}}" | _{{time}}_',
    '{border:0;align:right;width:10,9}',
    '{{wallet}} | ^{{staff}}',
    '{width:auto}',
    '^^^{{storeName}} {{amount}}^^^ {{word.amount}}{{wallet}}|{{orderNumber}}|',
    '{text:nowrap}',
    '|{{transactionId}}',
    '{code:https://shop.invalid;option:qrcode,4,m}',
    '=',
  ].join('\n')
  const profile = receiptProfiles['generic-80']
  const template = templateOf('sale', 80, `${text}\n{{amount}}\n{{orderNumber}}`)
  const print = receiptPrinting(template, profile, '')
  const value = fc.string({ unit: fc.constantFrom('a', '1', ' ', '码', '收'), maxLength: 14 })
  const sale = fc.record({
    kind: fc.constant('sale' as const),
    language: fc.constant('en' as const),
    fields: fc.record(Object.fromEntries(fields.map((name) => [name, value]))),
    lists: fc.constant({ goods: [] }),
  })
  fc.assert(
    fc.property(sale, (document) => {
      assert.deepEqual(readPaper(print(document), profile), laidOutWhole(document, template, profile))
    }),
    { numRuns: 60 },
  )
})

test('no status is asked for: that is the transport’s', () => {
  const profile = receiptProfiles['generic-80']
  const bytes = receiptPrinting(
    templateOf('sale', 80),
    profile,
    '',
  )(sampleDocument('sale', { profile, language: 'en' }))
  const text = Buffer.from(bytes).toString('latin1')
  for (const command of ['\x1dr', '\x1da', '\x10\x04']) assert.ok(!text.includes(command))
})
