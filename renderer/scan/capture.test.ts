import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type CaptureInput,
  type CaptureKey,
  type CaptureOutput,
  type CaptureState,
  capture,
  holdMs,
  idleCapture,
  runEndsMs,
  silenceMs,
  suffixMissedMs,
  usualKeyGapMs,
} from './capture.ts'

/** A keyboard on a line of virtual time: it fires the silence that the capture asked for, as the listener does. */
function keyboard(options: { readonly inField?: boolean; readonly keyGapMs?: number } = {}) {
  let { inField = false } = options
  let state: CaptureState = { ...idleCapture, keyGapMs: options.keyGapMs ?? usualKeyGapMs }
  let nowMs = 1_000
  let wakeAtMs: number | null = null
  const outputs: CaptureOutput[] = []
  const swallowed: boolean[] = []
  const feed = (input: CaptureInput): void => {
    const step = capture(state, input)
    state = step.state
    outputs.push(...step.outputs)
    wakeAtMs = step.wakeInMs === null ? (input.type === 'key' ? wakeAtMs : null) : input.atMs + step.wakeInMs
    if (input.type === 'key') swallowed.push(step.swallow)
  }
  const wait = (ms: number): void => {
    const untilMs = nowMs + ms
    while (wakeAtMs !== null && wakeAtMs <= untilMs) {
      nowMs = wakeAtMs
      wakeAtMs = null
      feed({ type: 'silence', atMs: nowMs })
    }
    nowMs = untilMs
  }
  const press = (code: string, more: Partial<CaptureKey> = {}): void =>
    feed({
      type: 'key',
      code,
      key: 'Process',
      shift: false,
      control: false,
      repeat: false,
      atMs: nowMs,
      inField,
      ...more,
    })
  const digits = (text: string, gapMs: number): void => {
    for (const digit of text) {
      press(digit === '.' ? 'Period' : `Digit${digit}`)
      wait(gapMs)
    }
  }
  const compose = (text: string): void => feed({ type: 'composed', text, atMs: nowMs })
  const typed = (): string => outputs.flatMap((each) => (each.kind === 'typed' ? each.character : [])).join('')
  const scans = (): readonly string[] => outputs.flatMap((each) => (each.kind === 'scan' ? each.text : []))
  const goesIntoField = (): void => {
    inField = true
  }
  return { press, digits, wait, compose, goesIntoField, typed, scans, outputs, swallowed }
}

/** Digits that no wallet gave out, made by counting. */
const someDigits = (length: number): string => Array.from({ length }, (_, index) => index % 10).join('')

test('a gun with Enter is a scan, and no digit of it is typed', () => {
  const keys = keyboard()
  keys.digits(someDigits(18), 8)
  keys.press('Enter')
  keys.wait(500)
  assert.deepEqual(keys.scans(), [someDigits(18)])
  assert.equal(keys.typed(), '')
  assert.ok(keys.swallowed.every(Boolean))
})

test('a gun without a suffix is a scan after the silence', () => {
  const keys = keyboard()
  keys.digits(someDigits(18), 12)
  assert.deepEqual(keys.scans(), [])
  keys.wait(runEndsMs)
  assert.deepEqual(keys.scans(), [someDigits(18)])
})

test('where guns end their scans with Enter, a part whose other keys are late is no code of its own', () => {
  const keys = keyboard()
  keys.digits(someDigits(18), 8)
  keys.press('Enter')
  keys.wait(2_000)
  // 16 digits of 18 have come, and pass for a whole code of another wallet; the machine stumbles before the others.
  const beginsMs = 1_000 + 18 * 8 + 2_000
  keys.digits(someDigits(16), 8)
  keys.wait(600)
  assert.deepEqual(keys.scans(), [someDigits(18)])
  for (const [place, digit] of [...someDigits(18).slice(16)].entries()) {
    keys.press(`Digit${digit}`, { atMs: beginsMs + (16 + place) * 8 })
  }
  keys.press('Enter', { atMs: beginsMs + 18 * 8 })
  assert.deepEqual(keys.scans(), [someDigits(18), someDigits(18)])
})

test('a gun without a suffix beside one with it is still heard, a little later', () => {
  const keys = keyboard()
  keys.digits(someDigits(18), 8)
  keys.press('Enter')
  keys.wait(2_000)
  keys.digits(someDigits(16), 8)
  keys.wait(suffixMissedMs)
  assert.deepEqual(keys.scans(), [someDigits(18), someDigits(16)])
})

test('Tab, Ctrl+M and the keypad Enter end a scan too', () => {
  for (const suffix of ['Tab', 'NumpadEnter', 'KeyM']) {
    const keys = keyboard()
    keys.digits(someDigits(18), 8)
    keys.press(suffix, { control: suffix === 'KeyM' })
    assert.deepEqual(keys.scans(), [someDigits(18)], suffix)
  }
})

test('the second half of a CR+LF suffix is dropped', () => {
  const keys = keyboard()
  keys.digits(someDigits(18), 8)
  keys.press('Enter')
  keys.wait(5)
  keys.press('Enter')
  assert.equal(keys.swallowed.at(-1), true)
  keys.wait(500)
  keys.press('Enter')
  assert.equal(keys.swallowed.at(-1), false)
})

test('a person typing an amount is typing, and Enter goes on to the till', () => {
  const keys = keyboard()
  keys.digits('12.34', 140)
  keys.press('Enter')
  assert.equal(keys.typed(), '12.34')
  assert.deepEqual(keys.scans(), [])
  assert.equal(keys.swallowed.at(-1), false)
})

test('an amount typed at any speed is never a scan', () => {
  const keys = keyboard()
  keys.digits('12345.67', 1)
  keys.press('Enter')
  assert.equal(keys.typed(), '12345.67')
  assert.deepEqual(keys.scans(), [])
})

test('a typed key shows after the hold, not later', () => {
  const keys = keyboard()
  keys.press('Digit7')
  keys.wait(holdMs - 1)
  assert.equal(keys.typed(), '')
  keys.wait(1)
  assert.equal(keys.typed(), '7')
})

test('what a stuttering gun lets slip carries the number of its run, to be taken back', () => {
  const keys = keyboard()
  keys.press('Digit2')
  keys.wait(70)
  keys.digits(someDigits(17), 10)
  keys.press('Enter')
  assert.deepEqual(keys.scans(), [`2${someDigits(17)}`])
  const slipped = keys.outputs.filter((each) => each.kind === 'typed')
  assert.equal(slipped.length, 1)
  assert.equal(new Set(keys.outputs.map((each) => each.runId)).size, 1)
})

test('single gaps of 80 ms do not break a scan', () => {
  const keys = keyboard()
  keys.digits(someDigits(9), 10)
  keys.wait(70)
  keys.digits(someDigits(9), 10)
  keys.press('Enter')
  assert.deepEqual(keys.scans(), [someDigits(9) + someDigits(9)])
})

test('a goods barcode from a gun is a scan, not digits in the amount', () => {
  const keys = keyboard()
  keys.digits(someDigits(13), 9)
  keys.press('Enter')
  assert.deepEqual(keys.scans(), [someDigits(13)])
  assert.equal(keys.typed(), '')
})

test('an address is decoded from the key places, whatever Caps Lock says', () => {
  const keys = keyboard()
  const places: readonly (readonly [string, boolean])[] = [
    ['KeyH', true],
    ['KeyT', false],
    ['KeyT', false],
    ['KeyP', false],
    ['Semicolon', true],
    ['Slash', false],
    ['Slash', false],
    ['KeyA', false],
    ['Period', false],
    ['Digit1', false],
  ]
  for (const [code, shift] of places) {
    if (shift) keys.press('ShiftLeft', { shift })
    keys.press(code, { shift })
    keys.wait(6)
  }
  keys.press('Enter')
  assert.deepEqual(keys.scans(), ['Http://a.1'])
})

test('a key that is held down is typing, however fast it repeats', () => {
  const keys = keyboard()
  keys.press('Digit0')
  for (let count = 0; count < 20; count += 1) {
    keys.wait(30)
    keys.press('Digit0', { repeat: true })
  }
  keys.press('Enter')
  assert.deepEqual(keys.scans(), [])
  assert.equal(keys.typed(), '0'.repeat(21))
})

test('in a text field a scan is kept out and typing goes in', () => {
  const gun = keyboard({ inField: true })
  gun.digits(someDigits(18), 8)
  gun.press('Enter')
  assert.deepEqual(gun.scans(), [someDigits(18)])
  assert.deepEqual(
    gun.swallowed.slice(4),
    Array.from({ length: 15 }, () => true),
  )
  const person = keyboard({ inField: true })
  person.digits('1234567', 120)
  assert.ok(person.swallowed.every((each) => !each))
})

test('fast typing in a text field is given back whole', () => {
  const keys = keyboard({ inField: true })
  keys.digits('1234567', 2)
  keys.wait(silenceMs)
  const given = keys.outputs.flatMap((each) => (each.kind === 'reinsert' ? each.text : [])).join('')
  const passedOn = keys.swallowed.filter((each) => !each).length
  assert.equal('1234567'.slice(0, passedOn) + given, '1234567')
})

test('full-width digits from an input method are a scan, once', () => {
  const keys = keyboard({ inField: true })
  const fullWidth = [...someDigits(18)].map((digit) => String.fromCharCode(0xff10 + Number(digit))).join('')
  keys.compose(fullWidth)
  keys.compose(fullWidth)
  keys.compose('收款')
  assert.deepEqual(keys.scans(), [someDigits(18)])
})

for (const { head, pauseMs } of [
  { head: 1, pauseMs: 150 },
  { head: 2, pauseMs: 290 },
  { head: 9, pauseMs: 200 },
]) {
  test(`a scan that is torn after ${head} digits for ${pauseMs} ms is the whole code, never a part of it`, () => {
    const code = `1302${someDigits(14)}`
    const keys = keyboard()
    keys.digits(code.slice(0, head), 8)
    keys.wait(pauseMs)
    keys.digits(code.slice(head), 8)
    keys.press('Enter')
    keys.wait(500)
    assert.deepEqual(keys.scans(), [code])
  })

  test(`the same where the pause lets the digits open a field (${head} digits, ${pauseMs} ms)`, () => {
    const code = `1302${someDigits(14)}`
    const keys = keyboard()
    keys.digits(code.slice(0, head), 8)
    keys.wait(pauseMs)
    keys.goesIntoField()
    keys.digits(code.slice(head), 8)
    keys.press('Enter')
    keys.wait(500)
    assert.deepEqual(keys.scans(), [code])
    assert.equal(new Set(keys.outputs.map((each) => each.runId)).size, 1)
  })
}

test('keys that a busy machine delivers late, with the times at which a gun sent them, are one scan', () => {
  const code = `1302${someDigits(14)}`
  const keys = keyboard()
  for (const [place, digit] of [...code].entries()) {
    keys.press(`Digit${digit}`, { atMs: 1_000 + place * 8 })
    if (place === 3) keys.wait(2_000)
  }
  keys.press('Enter', { atMs: 1_000 + code.length * 8 })
  assert.deepEqual(keys.scans(), [code])
})

for (const missing of [1, 2]) {
  test(`a scan without a suffix that stalls before its last ${missing} digits is not cut short`, () => {
    const code = `2812${someDigits(14)}`
    const keys = keyboard()
    keys.digits(code.slice(0, -missing), 8)
    keys.wait(silenceMs + 100)
    keys.digits(code.slice(-missing), 8)
    keys.wait(runEndsMs)
    assert.deepEqual(keys.scans(), [code])
  })
}

test('what a gun sends within a blink behind typed digits is refused whole, never charged in part', () => {
  const keys = keyboard()
  keys.digits('12.5', 150)
  keys.digits(someDigits(18), 8)
  keys.press('Enter')
  assert.deepEqual(keys.scans(), [`12.5${someDigits(18)}`])
})

test('an amount that was typed a while before belongs to no scan', () => {
  const keys = keyboard()
  keys.digits('25', 150)
  keys.wait(400)
  keys.digits(someDigits(18), 8)
  keys.press('Enter')
  assert.deepEqual(keys.scans(), [someDigits(18)])
})

test('whatever keys come at whatever pace, no character is lost and none is both typed and scanned', () => {
  const gap = fc.integer({ min: 1, max: 160 })
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), gap), { maxLength: 40 }), (presses) => {
      const keys = keyboard()
      for (const [digit, gapMs] of presses) keys.digits(String(digit), gapMs)
      keys.press('Enter')
      keys.wait(silenceMs * 2)
      const scannedRuns = new Set(keys.outputs.flatMap((each) => (each.kind === 'scan' ? each.runId : [])))
      const pressed = presses.map(([digit]) => digit).join('')
      const kept = keys.outputs.reduce((former, each) => {
        if (each.kind === 'scan') return former + each.text
        return each.kind === 'typed' && !scannedRuns.has(each.runId) ? former + each.character : former
      }, '')
      return kept === pressed
    }),
  )
})

test('the till’s own threshold decides, both ways', () => {
  for (const [keyGapMs, gapMs, isGun] of [
    [20, 30, false],
    [35, 30, true],
    [35, 45, false],
    [60, 45, true],
  ] as const) {
    const keys = keyboard({ keyGapMs })
    keys.digits('12345678901234', gapMs)
    keys.press('Enter')
    keys.wait(runEndsMs)
    assert.equal(keys.scans().length, isGun ? 1 : 0, `${gapMs} ms at ${keyGapMs}`)
  }
  // A payment code with Enter may be slower, but never as slow as a quick person.
  for (const [keyGapMs, gapMs, isGun] of [
    [15, 40, true],
    [15, 45, false],
    [60, 80, true],
    [60, 90, false],
  ] as const) {
    const keys = keyboard({ keyGapMs })
    keys.digits(someDigits(18), gapMs)
    keys.press('Enter')
    keys.wait(runEndsMs)
    assert.equal(keys.scans().length, isGun ? 1 : 0, `${gapMs} ms at ${keyGapMs}`)
  }
})

test('a scan tells its rhythm and its end, and the symbology that the gun typed in front is no part of the code', () => {
  const keys = keyboard()
  keys.press('BracketRight')
  keys.wait(4)
  keys.press('KeyQ', { shift: true })
  keys.wait(4)
  keys.press('Digit1')
  keys.wait(30)
  keys.digits(someDigits(18), 4)
  keys.press('Tab')
  const [scan] = keys.outputs
  assert.ok(scan?.kind === 'scan')
  assert.deepEqual([scan.text, scan.symbology, scan.end], [someDigits(18), 'Q1', 'tab'])
  assert.deepEqual(scan.rhythm, { keys: 21, medianGapMs: 4, longestGapMs: 30 })
})
