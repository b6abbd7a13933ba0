import { expect, test } from './till.ts'

// What waits behind Electron is said by the till's answers, so that the screen is looked at on every host.

test('a new version that waits says what must end before, and then goes in by a manager', async ({ open }) => {
  const { page, prompter } = await open({ language: 'zh-CN' })
  test.skip(prompter === null, 'answers in the till’s place, which takes the till in the test’s own process')
  const waiting = (hindrances: readonly ('shift-open' | 'order-open')[]) =>
    prompter?.answerInstead('desktop.state', { update: { version: '0.2.0', hindrances }, isKiosk: true })
  const setUp = async (): Promise<void> => {
    await page.keyboard.press('F12')
    await page.getByRole('button', { name: '本机设置' }).click()
  }
  waiting(['order-open', 'shift-open'])
  prompter?.answerInstead('desktop.install-update', { kind: 'not-now', hindrances: ['shift-open'] })
  await setUp()
  await expect(page.getByText('新版本 0.2.0 已下载')).toBeVisible()
  await expect(page.getByText('班次还没有交班')).toBeVisible()
  waiting(['shift-open'])
  await page.getByRole('button', { name: '立即安装并重启' }).click()
  await expect(page.getByText('有订单还没有结果')).toBeHidden()

  waiting([])
  prompter?.answerInstead('desktop.install-update', { kind: 'manager-needed' })
  await page.getByRole('button', { name: '立即安装并重启' }).click()
  await expect(page.getByRole('dialog').getByText('安装 0.2.0')).toBeVisible()
  prompter?.answerInstead('desktop.install-update', { kind: 'done' })
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[name="manager"]').fill('1')
  await dialog.locator('input[name="pin"]').fill('730519')
  await page.keyboard.press('Enter')
  await expect(page.getByText('收银机正在结账关闭')).toBeVisible()
  if (process.env['SCANTILL_SCREENSHOTS'] === '1') await page.screenshot({ path: 'test-results/update-ready.png' })
})
