import { setTimeout as sleep } from 'node:timers/promises'
import type { CDPSession, Page } from '@playwright/test'

/** What a key of the US layout is called, and what it types with and without Shift. */
type Key = { readonly code: string; readonly virtualKey: number; readonly plain: string; readonly shifted: string }

const digit = (plain: string, shifted: string): Key => ({
  code: `Digit${plain}`,
  virtualKey: plain.charCodeAt(0),
  plain,
  shifted,
})

const letters: readonly Key[] = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => ({
  code: `Key${letter}`,
  virtualKey: letter.charCodeAt(0),
  plain: letter.toLowerCase(),
  shifted: letter,
}))

const keys: readonly Key[] = [
  ...letters,
  digit('1', '!'),
  digit('2', '@'),
  digit('3', '#'),
  digit('4', '$'),
  digit('5', '%'),
  digit('6', '^'),
  digit('7', '&'),
  digit('8', '*'),
  digit('9', '('),
  digit('0', ')'),
  { code: 'Slash', virtualKey: 191, plain: '/', shifted: '?' },
  { code: 'Semicolon', virtualKey: 186, plain: ';', shifted: ':' },
  { code: 'Period', virtualKey: 190, plain: '.', shifted: '>' },
  { code: 'Equal', virtualKey: 187, plain: '=', shifted: '+' },
  { code: 'Minus', virtualKey: 189, plain: '-', shifted: '_' },
]

/** What the machine makes of a gun's keys. */
export type InputMethod =
  | 'none'
  /** A Chinese input method takes each key: the page sees `Process` and the key's place only (hardware.md §3.3). */
  | 'chinese'

/** From key to key (hardware.md §3.2: real guns take 1 to 19 ms). */
const usualKeyGapMs = 2
/** A gun that is slower than this is played in real time, because the page's own timers run between its keys. */
const realTimeFromMs = 20
const processKey = 229
const shiftBit = 8

type KeyEvent = Parameters<typeof sendKey>[1]

const sendKey = (
  session: CDPSession,
  event: {
    readonly type: 'rawKeyDown' | 'keyDown' | 'keyUp'
    readonly key: string
    readonly code: string
    readonly windowsVirtualKeyCode: number
    readonly modifiers?: number
    readonly text?: string
    /** When the key was pressed, in seconds since 1970. */
    readonly timestamp?: number
  },
): Promise<unknown> => session.send('Input.dispatchKeyEvent', event)

function keyEventsOf(character: string, inputMethod: InputMethod): readonly KeyEvent[] {
  const key = keys.find(({ plain, shifted }) => plain === character || shifted === character)
  if (key === undefined) throw new RangeError(`no key of the gun types ${character}`)
  const { code } = key
  const isShifted = key.shifted === character
  const modifiers = isShifted ? shiftBit : 0
  const windowsVirtualKeyCode = inputMethod === 'chinese' ? processKey : key.virtualKey
  const down: KeyEvent =
    inputMethod === 'chinese'
      ? { type: 'rawKeyDown', key: 'Process', code, windowsVirtualKeyCode, modifiers }
      : { type: 'keyDown', key: character, code, windowsVirtualKeyCode, modifiers, text: character }
  const up: KeyEvent = { type: 'keyUp', key: down.key, code, windowsVirtualKeyCode, modifiers }
  if (!isShifted) return [down, up]
  const shift = { key: 'Shift', code: 'ShiftLeft', windowsVirtualKeyCode: 16 } as const
  return [{ type: 'rawKeyDown', ...shift, modifiers: shiftBit }, down, up, { type: 'keyUp', ...shift }]
}

const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 } as const
const enterEvents: readonly KeyEvent[] = [
  { type: 'keyDown', ...enter, text: '\r' },
  { type: 'keyUp', ...enter },
]

const sessions = new WeakMap<Page, Promise<CDPSession>>()

function sessionOf(page: Page): Promise<CDPSession> {
  const known = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, known)
  return known
}

/** How a gun sends its keys. */
export type Gun = {
  readonly inputMethod?: InputMethod
  /** From key to key. */
  readonly keyGapMs?: number
  /** One longer gap, behind this many keys: the gun or the machine stumbles. */
  readonly stumble?: { readonly afterKeys: number; readonly forMs: number }
}

/**
 * A scan gun that acts as a keyboard: the keys of a text and then Enter, one right behind the other. Nothing waits for
 * the page between two keys, as nothing does in a gun; a test that waited would be slower than a person at times. Each
 * key bears the time at which a gun would have sent it, as the system's keyboard does, however busy the machine is.
 */
export async function fireGun(page: Page, text: string, gun: Gun = {}): Promise<void> {
  const { inputMethod = 'none', keyGapMs = usualKeyGapMs, stumble } = gun
  const session = await sessionOf(page)
  const keysPressed = [...[...text].map((character) => keyEventsOf(character, inputMethod)), enterEvents]
  const sent: Promise<unknown>[] = []
  let atMs = Date.now()
  for (const [place, events] of keysPressed.entries()) {
    const gapMs = place === 0 ? 0 : stumble?.afterKeys === place ? stumble.forMs : keyGapMs
    atMs += gapMs
    if (gapMs >= realTimeFromMs) await sleep(Math.max(0, atMs - Date.now()))
    const timestamp = atMs / 1_000
    sent.push(...events.map((event) => sendKey(session, { ...event, timestamp })))
  }
  await Promise.all(sent)
}
