import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { PNG } from 'pngjs'
import { readPaper, rowTexts } from './escpos-paper.fixture.ts'
import { logoFileName } from './logo-file.ts'
import { receiptProfiles } from './receipt-profiles.ts'
import { openReceiptRenderer } from './receipt-renderer.ts'
import { sampleDocument } from './sample-documents.ts'
import { openShopTemplates, templatesFolderName } from './shop-templates.ts'
import { defaultTemplate } from './templates/default-templates.ts'

function dataFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'receipt-templates-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const own = 'Our shop\n{{amount}}\n{{orderNumber}}\n'
const broken = 'Our shop\n{{amout}}\n'

test('a template is in use as soon as it is saved, and after the next start', async (context) => {
  const data = dataFolder(context)
  const renderer = await openReceiptRenderer(data)
  const profile = receiptProfiles['generic-58']
  const sale = sampleDocument('sale', { profile, language: 'en' })
  const rows = (each: typeof renderer) =>
    rowTexts(readPaper(each.bytes(sale, profile), profile)).map((row) => row.trim())
  assert.equal(rows(renderer)[0], 'Corner Shop')
  assert.deepEqual(await renderer.templates.save('sale', 58, own), { kind: 'saved' })
  const wanted = ['Our shop', '￥35.80', 'S0010120261130K7QX000042']
  assert.deepEqual(rows(renderer), wanted)
  assert.deepEqual(rows(await openReceiptRenderer(data)), wanted)
  assert.equal(renderer.templates.textOf('sale', 80), defaultTemplate('sale', 80), 'other paper keeps its own')
})

test('a template with an error is not saved, and the last good one stays in use', async (context) => {
  const data = dataFolder(context)
  const templates = await openShopTemplates(data)
  await templates.save('sale', 58, own)
  const saving = await templates.save('sale', 58, broken)
  assert.ok(saving.kind === 'refused')
  assert.deepEqual(saving.problems, [{ line: 2, kind: 'slot-unknown', slot: 'amout' }])
  assert.equal(templates.textOf('sale', 58), own)
  assert.equal((await openShopTemplates(data)).textOf('sale', 58), own)
})

test('a file that was spoilt by hand is told, and what was in use before stays', async (context) => {
  const data = dataFolder(context)
  const folder = join(data, templatesFolderName)
  await (await openShopTemplates(data)).save('sale', 58, own)
  writeFileSync(join(folder, 'sale-58.txt'), broken)
  writeFileSync(join(folder, 'refund-80.txt'), broken)
  const templates = await openShopTemplates(data)
  assert.equal(templates.textOf('sale', 58), own)
  assert.equal(templates.textOf('refund', 80), defaultTemplate('refund', 80))
  assert.deepEqual(
    templates
      .troubles()
      .map(({ file, inUse }) => `${file} ${inUse}`)
      .sort(),
    ['refund-80.txt default', 'sale-58.txt last-good'],
  )
  assert.deepEqual(await templates.save('refund', 80, defaultTemplate('refund', 80)), { kind: 'saved' })
  assert.deepEqual(
    templates.troubles().map(({ file }) => file),
    ['sale-58.txt'],
  )
})

test('a disk that takes nothing is told, and nothing changes', async (context) => {
  const data = dataFolder(context)
  mkdirSync(data, { recursive: true })
  writeFileSync(join(data, templatesFolderName), 'a file where the folder should be')
  const templates = await openShopTemplates(data)
  assert.equal((await templates.save('sale', 58, own)).kind, 'disk-error')
  assert.equal(templates.textOf('sale', 58), defaultTemplate('sale', 58))
})

test('the shop’s logo stands at the top of every paper, and one that cannot be used is left out and told', async (context) => {
  const data = dataFolder(context)
  const profile = receiptProfiles['generic-58']
  const sale = sampleDocument('sale', { profile, language: 'en' })
  const picture = new PNG({ width: 8, height: 8 })
  picture.data.fill(255)
  const png = PNG.sync.write(picture)
  writeFileSync(join(data, logoFileName), png)
  const renderer = await openReceiptRenderer(data)
  assert.equal(renderer.logoProblem, null)
  assert.equal(readPaper(renderer.bytes(sale, profile), profile)[0]?.kind, 'picture')
  assert.match(
    renderer.svg(sale, profile),
    /<image href="data:image\/png;base64,[\w+/=]+" x="0" y="0" width="8" height="8"/,
  )
  writeFileSync(join(data, logoFileName), png.subarray(0, 45))
  const without = await openReceiptRenderer(data)
  assert.deepEqual(without.logoProblem, { kind: 'damaged' })
  assert.equal(readPaper(without.bytes(sale, profile), profile)[0]?.kind, 'row')
  assert.ok(!without.svg(sale, profile).includes('<image'))
})

test('a preview shows a sample or says what is wrong, and puts nothing into use', async (context) => {
  const renderer = await openReceiptRenderer(dataFolder(context))
  const profile = receiptProfiles['generic-58']
  const shown = renderer.preview('sale', own, profile, 'zh-CN')
  assert.ok(shown.kind === 'shown' && shown.svg.startsWith('<svg '))
  assert.equal(renderer.preview('sale', broken, profile, 'zh-CN').kind, 'refused')
  assert.equal(renderer.templates.textOf('sale', 58), defaultTemplate('sale', 58))
})
