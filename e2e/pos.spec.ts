import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readBooks } from '../electron/training/books-reading.ts'
import { freshCode } from './practice.ts'
import { expect, test } from './till.ts'

// The shop's own POS asks for an amount; the cashier collects it or refuses it, and the POS hears which.

const token = randomBytes(24).toString('hex')

const configure = async (dataDirectory: string) => {
  await writeFile(join(dataDirectory, 'pos-token.txt'), token)
  return { pos: { token: { file: 'pos-token.txt' } } }
}

test('the POS’s amount comes to the free counter under its reference, is collected there, or refused', async ({
  open,
}) => {
  const { counter, page, dataDirectory } = await open({ configure })
  const { url } = JSON.parse(await readFile(join(dataDirectory, 'pos.json'), 'utf8')) as { url: string }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const collect = (reference: string, amount: string) =>
    fetch(`${url}/collections`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ reference, amount, subject: '咖啡两杯' }),
    })
  const status = async (reference: string) => {
    const answer = await fetch(`${url}/collections/${reference}`, { headers })
    return ((await answer.json()) as { status: string }).status
  }
  await collect('20261201-1', '23.50')
  await collect('20261201-2', '8.00')
  await counter.shows('scan')
  await expect(counter.amount).toHaveText('¥23.50')
  await expect(page.locator('.pos-line')).toContainText('20261201-1')
  await expect(page.locator('.pos-line')).toContainText('咖啡两杯')
  await counter.scan(freshCode('wechat', 'pays-at-once'))
  await counter.shows('paid')
  expect(await status('20261201-1')).toBe('paid')

  await counter.press('Escape')
  await counter.shows('scan')
  await expect(counter.amount).toHaveText('¥8.00')
  await counter.press('Escape')
  await counter.shows('scan')
  await counter.press('F4')
  await counter.shows('idle')
  await expect(counter.notice).toContainText('没有收款')
  expect(await status('20261201-2')).toBe('refused-at-counter')

  await collect('20261201-3', '9.00')
  await counter.shows('scan')
  await fetch(`${url}/collections/20261201-3/cancel`, { method: 'POST', headers })
  await counter.shows('idle')
  expect(readBooks(dataDirectory).map(({ chargedFen }) => Number(chargedFen))).toEqual([23_50])
})
