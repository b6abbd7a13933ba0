import { expect, noElectron, test } from './till.ts'

test.describe('in Electron', () => {
  test.skip(noElectron !== null, noElectron ?? '')

  test('the page is the till’s own, without Node, and nothing of the program is in its reach', async ({ till }) => {
    expect(till.page.url()).toBe('app://till/')
    const reach = await till.page.evaluate(() => ({
      node: 'require' in window || 'process' in window,
      door: Object.keys((window as { readonly scantill?: object }).scantill ?? {}).toSorted(),
    }))
    expect(reach).toEqual({ node: false, door: ['call', 'on'] })
  })

  test('a kiosk is said at the set-up and left there', async ({ open }) => {
    const { page } = await open({ language: 'en', configure: async () => ({ kiosk: true }) })
    await page.keyboard.press('F12')
    await page.getByRole('button', { name: 'Set-up' }).click()
    await page.getByRole('button', { name: 'Leave the full screen' }).click()
    await expect(page.getByText('The till is a window now.')).toBeVisible()
  })
})
