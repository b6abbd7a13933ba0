import { characterOf, type PressedKey } from './us-layout.ts'

/**
 * Tells a scan gun's keystrokes from a person's (hardware.md §3.3). Pure: key events in, outputs out; the listener
 * beside it holds the timer and the page.
 *
 * Keys are held back for a blink, so that a gun's digits never reach the amount; what a slow gun lets slip is taken
 * back by its run's number.
 */

/** Median gap up to which keys come from a gun, until the till has told its own setting. */
export const usualKeyGapMs = 35
/** So much slower may 16 and more characters be that form a payment code: no person types those at that pace. */
const slowGunMoreMs = 25
/** But never this slow: quick people begin here. */
const slowGunMostMs = 80
/** After this silence keys that come from no gun are let through. */
export const silenceMs = 100
/**
 * A gap above this ends a run; also the silence after which a run without Enter or Tab is judged. Shorter gaps are a gun
 * that stutters or a machine that stumbles, wherever the focus went meanwhile: a part of a code can pass for another
 * wallet's code. No hand comes from the keys to the gun that fast.
 */
export const runEndsMs = 300
/**
 * The silence after which a run without a suffix is judged once a gun here has ended its scans with one: a part of a code
 * whose other keys are late must not pass for a whole code.
 */
export const suffixMissedMs = 1_000
/** How long a single key waits for a second one before it counts as typed. */
export const holdMs = 40
/** Shorter texts are typing, whatever their speed. */
const scanLengthMin = 6
/** From here on a fast run in a text field is kept out of the field. */
const swallowInFieldFrom = 3
const scanLengthMax = 512
/** A gun's second suffix key follows its first within this time; a person's Enter never does. */
const secondSuffixMs = 30

const paymentPattern = /^(\d{16,24}|[fF][pP][0-9A-Za-z]{33})$/
const amountPattern = /^\d{0,7}(\.\d{0,6})?$/

/** Whether a text has the shape of a payment code; which wallet's, and whether it is one, the main side tells. */
export const looksLikePaymentCode = (text: string): boolean => paymentPattern.test(text)

type Run = {
  readonly id: number
  readonly text: string
  readonly gapsMs: readonly number[]
  readonly lastAtMs: number
  /** How many of the characters were let through, to the amount or into the field. */
  readonly released: number
  /** Where the last key went; a typed digit may itself have opened a field. */
  readonly inField: boolean
}

export type CaptureState = {
  /** The till's setting: the median gap up to which keys come from a gun. */
  readonly keyGapMs: number
  readonly run: Run | null
  readonly nextRunId: number
  /** When the last scan ended; its second suffix (CR and LF, or Enter and Tab) is dropped. */
  readonly scanEndedAtMs: number | null
  /** A scan has ended with Enter or Tab. */
  readonly suffixSeen: boolean
}

export type CaptureKey = PressedKey & {
  readonly type: 'key'
  /** Ctrl, Alt or Meta is held. */
  readonly control: boolean
  /** The keyboard's auto-repeat; a gun has none. */
  readonly repeat: boolean
  readonly atMs: number
  /** The focus is in a text field, which gets what is not swallowed. */
  readonly inField: boolean
}

export type CaptureInput =
  | CaptureKey
  /** The time that was asked for has come with no key since. */
  | { readonly type: 'silence'; readonly atMs: number }
  /** An input method committed this text into a field. */
  | { readonly type: 'composed'; readonly text: string; readonly atMs: number }

export type CaptureOutput =
  /** A person typed this character (outside a text field). */
  | { readonly kind: 'typed'; readonly character: string; readonly runId: number }
  /** A gun read this; whatever was typed under the same run is to be taken back. */
  | {
      readonly kind: 'scan'
      readonly text: string
      readonly runId: number
      /** The AIM identifier that the gun typed in front, without its `]`. */
      readonly symbology: string | null
      readonly rhythm: Rhythm
      readonly end: ScanEnd
    }
  /** Characters kept out of a text field that were typing after all. */
  | { readonly kind: 'reinsert'; readonly text: string; readonly runId: number }

/** How keys followed each other. Zeroes for a text that an input method committed at once. */
export type Rhythm = { readonly keys: number; readonly medianGapMs: number; readonly longestGapMs: number }

/** What ended a scan: its suffix key, a silence, or an input method that committed it. */
export type ScanEnd = 'enter' | 'tab' | 'silence' | 'composed'

export type CaptureStep = {
  readonly state: CaptureState
  readonly outputs: readonly CaptureOutput[]
  /** Nobody else may see this key. */
  readonly swallow: boolean
  /** When to send `silence`; null when nothing is held. */
  readonly wakeInMs: number | null
}

export const idleCapture: CaptureState = {
  keyGapMs: usualKeyGapMs,
  run: null,
  nextRunId: 1,
  scanEndedAtMs: null,
  suffixSeen: false,
}

const medianOf = (gaps: readonly number[]): number => {
  const sorted = [...gaps].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.POSITIVE_INFINITY
}

/** How the keys of a run have followed each other so far. */
export const rhythmOf = ({ text, gapsMs }: Pick<Run, 'text' | 'gapsMs'>): Rhythm => ({
  keys: text.length,
  medianGapMs: gapsMs.length === 0 ? 0 : medianOf(gapsMs),
  longestGapMs: Math.max(0, ...gapsMs),
})

/** A text without the AIM identifier that some guns are set to type in front (ISO/IEC 15424). */
const aimPattern = /^\]([A-Za-z][0-9A-Za-z])(?=.)/
const withoutAim = (text: string): string => text.replace(aimPattern, '')

const isGunSpeed = (run: Run, keyGapMs: number): boolean => medianOf(run.gapsMs) <= keyGapMs

const slowestMs = (keyGapMs: number): number => Math.max(keyGapMs, Math.min(slowGunMostMs, keyGapMs + slowGunMoreMs))

const isScan = (run: Run, terminated: boolean, keyGapMs: number): boolean => {
  const text = withoutAim(run.text)
  if (paymentPattern.test(text)) {
    return medianOf(run.gapsMs) <= (terminated ? slowestMs(keyGapMs) : keyGapMs)
  }
  return terminated && text.length >= scanLengthMin && isGunSpeed(run, keyGapMs) && !amountPattern.test(text)
}

const release = (run: Run): readonly CaptureOutput[] => {
  const held = run.text.slice(run.released)
  if (held === '') return []
  if (run.inField) return [{ kind: 'reinsert', text: held, runId: run.id }]
  return [...held].map((character) => ({ kind: 'typed', character, runId: run.id }))
}

/** Lets go of whatever is held: it was typing. */
const settle = (state: CaptureState): { state: CaptureState; outputs: readonly CaptureOutput[] } => {
  const { run } = state
  return run ? { state: { ...state, run: null }, outputs: release(run) } : { state, outputs: [] }
}

const scanned = (state: CaptureState, run: Run, atMs: number, end: ScanEnd): CaptureStep => ({
  state: { ...state, run: null, scanEndedAtMs: atMs, suffixSeen: state.suffixSeen || end === 'enter' || end === 'tab' },
  outputs: [
    {
      kind: 'scan',
      text: withoutAim(run.text),
      runId: run.id,
      symbology: aimPattern.exec(run.text)?.[1] ?? null,
      rhythm: rhythmOf(run),
      end,
    },
  ],
  swallow: true,
  wakeInMs: null,
})

const passed = (state: CaptureState, outputs: readonly CaptureOutput[] = []): CaptureStep => ({
  state,
  outputs,
  swallow: false,
  wakeInMs: null,
})

function onTerminator(state: CaptureState, atMs: number, end: ScanEnd): CaptureStep {
  const { run, scanEndedAtMs, keyGapMs } = state
  if (run && atMs - run.lastAtMs <= runEndsMs && isScan(run, true, keyGapMs)) return scanned(state, run, atMs, end)
  if (!run && scanEndedAtMs !== null && atMs - scanEndedAtMs <= secondSuffixMs) {
    return { state, outputs: [], swallow: true, wakeInMs: null }
  }
  const settled = settle(state)
  return passed(settled.state, settled.outputs)
}

function onCharacter(state: CaptureState, input: CaptureKey, character: string): CaptureStep {
  const { run } = state
  const gapMs = run ? input.atMs - run.lastAtMs : 0
  const goesOn = run !== null && gapMs <= runEndsMs && run.text.length < scanLengthMax
  const settled = goesOn ? { state, outputs: [] } : settle(state)
  const next: Run = goesOn
    ? {
        ...run,
        text: run.text + character,
        gapsMs: [...run.gapsMs, gapMs],
        lastAtMs: input.atMs,
        inField: input.inField,
      }
    : {
        id: state.nextRunId,
        text: character,
        gapsMs: [],
        lastAtMs: input.atMs,
        released: 0,
        inField: input.inField,
      }
  const nextRunId = goesOn ? state.nextRunId : state.nextRunId + 1
  if (input.inField) {
    const fast = next.text.length > swallowInFieldFrom && isGunSpeed(next, state.keyGapMs)
    const kept = fast || next.released < next.text.length - 1
    const released = kept ? next.released : next.text.length
    return {
      state: { ...settled.state, run: { ...next, released }, nextRunId },
      outputs: settled.outputs,
      swallow: kept,
      wakeInMs: silenceMs,
    }
  }
  return {
    state: { ...settled.state, run: next, nextRunId },
    outputs: settled.outputs,
    swallow: true,
    wakeInMs: holdMs,
  }
}

function onKey(state: CaptureState, input: CaptureKey): CaptureStep {
  const isSuffix =
    /^(Enter|NumpadEnter|Tab)$/.test(input.code) || (input.code === '' && /^(Enter|Tab)$/.test(input.key))
  // Some guns send their suffix as the control characters themselves: Ctrl+M is CR, Ctrl+J is LF.
  const isInRun = state.run !== null && input.atMs - state.run.lastAtMs <= runEndsMs
  const isControlSuffix = input.control && isInRun && /^Key[MJ]$/.test(input.code)
  if (isControlSuffix) return { ...onTerminator(state, input.atMs, 'enter'), swallow: true }
  if (input.control) return passed(state)
  if (isSuffix && !input.shift) {
    return onTerminator(state, input.atMs, [input.code, input.key].includes('Tab') ? 'tab' : 'enter')
  }
  const character = characterOf(input)
  if (character === null) {
    // Shift and the locks come between a gun's letters; any other key ends the run.
    if (/^(Shift|CapsLock|NumLock)/.test(input.code)) return passed(state)
    const settled = settle(state)
    return passed(settled.state, settled.outputs)
  }
  if (input.repeat) {
    const settled = settle(state)
    if (input.inField) return passed(settled.state, settled.outputs)
    const typed: CaptureOutput = { kind: 'typed', character, runId: settled.state.nextRunId }
    const state2 = { ...settled.state, nextRunId: settled.state.nextRunId + 1 }
    return { state: state2, outputs: [...settled.outputs, typed], swallow: true, wakeInMs: null }
  }
  // A lone space presses the focused button; inside a run it is a character like any other.
  if (character === ' ' && (!state.run || input.atMs - state.run.lastAtMs > holdMs)) {
    const settled = settle(state)
    return passed(settled.state, settled.outputs)
  }
  return onCharacter(state, input, character)
}

function onSilence(state: CaptureState, atMs: number): CaptureStep {
  const { run, keyGapMs } = state
  if (!run) return passed(state)
  const quietMs = atMs - run.lastAtMs
  if (quietMs < runEndsMs - 1) {
    const isQuiet = quietMs >= silenceMs - 1
    // Too early to judge a gun; long enough to let a person's key through.
    const letThrough = isQuiet
      ? !isScan(run, false, keyGapMs)
      : !run.inField && !(run.text.length > swallowInFieldFrom && isGunSpeed(run, keyGapMs))
    const outputs = letThrough ? release(run) : []
    const released = letThrough ? run.text.length : run.released
    const wakeInMs = (isQuiet ? runEndsMs : silenceMs) - quietMs
    return { ...passed({ ...state, run: { ...run, released } }, outputs), wakeInMs }
  }
  if (isScan(run, false, keyGapMs)) {
    const judgedAfterMs = state.suffixSeen ? suffixMissedMs : runEndsMs
    if (quietMs < judgedAfterMs - 1) return { ...passed(state), wakeInMs: judgedAfterMs - quietMs }
    // It ended without a suffix, so none is to be dropped.
    const step = scanned(state, run, atMs, 'silence')
    return { ...step, state: { ...step.state, scanEndedAtMs: null }, swallow: false }
  }
  // The run stays: a busy machine delivers keys late, and their own times alone tell whether they follow.
  return passed({ ...state, run: { ...run, released: run.text.length } }, release(run))
}

const committed: Rhythm = { keys: 0, medianGapMs: 0, longestGapMs: 0 }

/** One step of the capture: what to do because of a key, a silence or a committed text. */
export function capture(state: CaptureState, input: CaptureInput): CaptureStep {
  switch (input.type) {
    case 'key':
      return onKey(state, input)
    case 'silence':
      return onSilence(state, input.atMs)
    case 'composed': {
      const text = input.text.normalize('NFKC').trim()
      if (!paymentPattern.test(text)) return passed(state)
      const repeated = state.scanEndedAtMs !== null && input.atMs - state.scanEndedAtMs <= silenceMs
      const runId = state.run?.id ?? state.nextRunId
      return {
        state: { ...state, run: null, nextRunId: state.nextRunId + 1, scanEndedAtMs: input.atMs },
        outputs: repeated ? [] : [{ kind: 'scan', text, runId, symbology: null, rhythm: committed, end: 'composed' }],
        swallow: false,
        wakeInMs: null,
      }
    }
  }
}
