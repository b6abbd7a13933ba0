import type { Page } from '@playwright/test'

/** What a finger is sure to hit (the shop's own goal; WCAG 2.2 asks for 24). */
const targetPx = 48
/** The smallest screen, and the same at 200 % zoom: half as many CSS px (WCAG 1.4.4, 1.4.10). */
const smallest = { width: 1024, height: 768 }
const zoomed = { width: 512, height: 384 }

/** What a finger may miss on the smallest screen, and what stands beside the page at 200 % zoom; named for a message. */
export async function outOfReach(page: Page): Promise<readonly string[]> {
  await page.setViewportSize(smallest)
  const small = await page.evaluate((leastPx) => {
    const controls = 'button, a[href], select, textarea, summary, input:not([type=hidden]), [role=tab], [tabindex="0"]'
    return [...document.querySelectorAll(controls)].flatMap((control) => {
      // The label of a box is pressed as well as the box.
      const pressed = control.matches('[type=checkbox], [type=radio]') ? (control.closest('label') ?? control) : control
      const { width, height } = pressed.getBoundingClientRect()
      // One px is for readers of the screen only; its label is what is pressed.
      if (!control.checkVisibility() || width <= 1 || (width >= leastPx - 0.1 && height >= leastPx - 0.1)) return []
      return [
        `${Math.round(width)}×${Math.round(height)}: ${control.tagName} ${control.className} ${control.textContent}`,
      ]
    })
  }, targetPx)
  await page.setViewportSize(zoomed)
  const beside = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    const parts = [...document.querySelectorAll('button, input, select, h1, h2, h3, p, span, dd, dt, li, output')]
    const outside = parts
      .filter((part) => part.closest('table') === null && part.checkVisibility())
      .map((part) => ({ part, box: part.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.right > clientWidth + 1 || box.left < -1))
      .map(({ part }) => `beside the page at 200 %: ${part.tagName} ${part.className} ${part.textContent}`)
    return scrollWidth > clientWidth ? [`the page scrolls sideways at 200 %: ${scrollWidth} px`, ...outside] : outside
  })
  await page.setViewportSize(smallest)
  return [...small, ...beside]
}
