import type { Page } from '@playwright/test'

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** One piece of text as it stands on the screen. */
export type TextMeasure = {
  readonly text: string
  readonly fontPx: number
  /** Height of the digits in this very font and size. */
  readonly digitPx: number
  readonly contrast: number
}

export type TargetMeasure = {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly enabled: boolean
}

export type ScreenMeasure = {
  readonly texts: readonly TextMeasure[]
  readonly targets: readonly TargetMeasure[]
  /** Enabled buttons in the bar of acts that show no key. */
  readonly keyless: readonly string[]
  readonly filledButtons: readonly string[]
  readonly boxes: Readonly<Record<'headline' | 'amount' | 'primary', Box | null>>
  /** The role of the region that the headline stands in. */
  readonly headlineRole: string | null
  /** Texts of which a part cannot be seen. */
  readonly cutOff: readonly string[]
  /** Texts that lie under the passing notice. */
  readonly covered: readonly string[]
}

/** What runs in the page; it must not use anything from outside itself. */
function measureInPage(): ScreenMeasure {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number]
  const dialog = document.querySelector('dialog[open]')
  const root = dialog ?? document.body
  const pen = document.createElement('canvas').getContext('2d')

  const coloursIn = (text: string): readonly Colour[] =>
    [...text.matchAll(/rgba?\(([^)]+)\)|color\(srgb ([^)]+)\)/g)].map((match) => {
      const numbers = (match[1] ?? match[2] ?? '').split(/[\s,/]+/).map(Number)
      const [red = 0, green = 0, blue = 0, alpha = 1] = numbers
      const scale = match[2] === undefined ? 1 : 255
      return [red * scale, green * scale, blue * scale, alpha]
    })
  const over = (top: Colour, below: Colour): Colour => {
    const mix = (a: number, b: number): number => a * top[3] + b * (1 - top[3])
    return [mix(top[0], below[0]), mix(top[1], below[1]), mix(top[2], below[2]), 1]
  }
  const luminance = ([red, green, blue]: Colour): number => {
    const linear = (value: number): number =>
      value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }
  const ratio = (a: Colour, b: Colour): number => {
    const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
    return (light + 0.05) / (dark + 0.05)
  }
  /** Every colour that may lie behind an element: of a pattern, each of its colours. */
  const backgroundsOf = (element: Element | null): readonly Colour[] => {
    if (element === null) return [[255, 255, 255, 1]]
    const { backgroundColor, backgroundImage } = getComputedStyle(element)
    const pattern = backgroundImage === 'none' ? [] : coloursIn(backgroundImage).filter(([, , , alpha]) => alpha > 0)
    const plain = coloursIn(backgroundColor)[0] ?? [0, 0, 0, 0]
    const own = pattern.length > 0 ? pattern : [plain]
    if (own.every(([, , , alpha]) => alpha >= 1)) return own
    if (element.tagName === 'DIALOG') return [plain]
    const below = backgroundsOf(element.parentElement)
    return own.flatMap((top) => below.map((each) => over(top, each)))
  }
  const isSeen = (element: Element): boolean => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false
    const { width, height, bottom, right, top, left } = element.getBoundingClientRect()
    if (width <= 2 || height <= 2 || bottom <= 0 || right <= 0) return false
    return top < innerHeight && left < innerWidth && !element.closest('.sr-only')
  }
  const nameOf = (element: Element): string =>
    (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)
  const boxOf = (element: Element | null): Box | null => {
    if (element === null) return null
    const { x, y, width, height } = element.getBoundingClientRect()
    return { x, y, width, height }
  }

  const holders = new Set<Element>()
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const holder = node.parentElement
    if (holder && node.textContent?.trim() && isSeen(holder) && holder.tagName !== 'OPTION') holders.add(holder)
  }
  const texts = [...holders].map((element): TextMeasure => {
    const style = getComputedStyle(element)
    const fontPx = Number.parseFloat(style.fontSize)
    if (pen) pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    const digitPx = pen?.measureText('0').actualBoundingBoxAscent ?? 0
    const ink = coloursIn(style.color)[0] ?? [0, 0, 0, 1]
    const opacity = Number.parseFloat(style.opacity)
    const contrast = Math.min(
      ...backgroundsOf(element).map((back) => ratio(over([ink[0], ink[1], ink[2], ink[3] * opacity], back), back)),
    )
    return { text: nameOf(element), fontPx, digitPx, contrast }
  })

  const buttons = [...root.querySelectorAll('button, input, select')].filter(isSeen)
  const targets = buttons.map((element): TargetMeasure => {
    const { width, height } = element.getBoundingClientRect()
    return { name: nameOf(element), width, height, enabled: !element.matches(':disabled') }
  })
  const bar = [...root.querySelectorAll('.action-bar button:enabled, .ask-buttons button:enabled')].filter(isSeen)
  const filled = [...root.querySelectorAll('button[data-filled="true"]')].filter(isSeen)

  // The big figures' line is lower than the font's own box; that cuts nothing of the figures.
  const isCut = (element: Element): boolean =>
    element.scrollWidth > element.clientWidth + 1 ||
    (element.scrollHeight > element.clientHeight + 1 && !element.matches('.amount'))
  const frames = [...document.querySelectorAll('.message, .band, .amount, .facts, .stage-right, .slot button, .header')]
  const headline = document.querySelector('[data-testid="headline"]')
  const bands = [...document.querySelectorAll('.band-money, .band-order')]
  const farRight = (element: Element): number => {
    const range = document.createRange()
    range.selectNodeContents(element)
    return range.getBoundingClientRect().right
  }
  const isRunOver = (element: Element): boolean => farRight(element) > innerWidth
  const cutOff = [
    ...frames.filter((element) => isSeen(element) && isCut(element)),
    ...[headline, ...bands].filter((element) => element !== null).filter(isRunOver),
  ].map((element) => `${element.className}: ${nameOf(element)}`)
  const money = boxOf(document.querySelector('.band-money'))
  const order = boxOf(document.querySelector('.band-order'))
  const moneyElement = document.querySelector('.band-money')
  if (money && order && moneyElement && farRight(moneyElement) > order.x && money.y + money.height > order.y) {
    cutOff.push('band-money runs into band-order')
  }

  const notice = boxOf(document.querySelector('.notice p'))
  const covered = [...document.querySelectorAll('.message p, .amount')]
    .filter((element) => {
      const { top, bottom } = element.getBoundingClientRect()
      return notice !== null && bottom > notice.y + 2 && top < notice.y + notice.height && nameOf(element) !== ''
    })
    .map(nameOf)

  return {
    texts,
    targets,
    keyless: bar.filter((element) => ![...element.querySelectorAll('kbd')].some(isSeen)).map(nameOf),
    filledButtons: filled.map(nameOf),
    boxes: {
      headline: boxOf(headline),
      amount: boxOf(document.querySelector('[data-testid="amount"]')),
      primary: boxOf(document.querySelector('.slot-primary button')),
    },
    headlineRole: headline?.closest('[role="status"], [role="alert"]')?.getAttribute('role') ?? null,
    cutOff,
    covered,
  }
}

/** Measures what is on the screen now: sizes, contrast, places. An open dialog is all that counts. */
export const measure = (page: Page): Promise<ScreenMeasure> => page.evaluate(measureInPage)
