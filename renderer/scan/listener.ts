import {
  type CaptureOutput,
  type CaptureState,
  capture,
  idleCapture,
  type Rhythm,
  rhythmOf,
  silenceMs,
} from './capture.ts'

export type CaptureHandlers = {
  /** A gun read this. The text is a secret: hand it to the bridge and drop it (I11). */
  readonly onScan: (scan: CapturedScan) => void
  /** A person typed this character while no text field had the focus. */
  readonly onTyped: (character: string, runId: number) => void
  /** How the keys of the present run follow each other, at each key: no character of it. */
  readonly onRhythm?: (rhythm: Rhythm) => void
  /** The till's setting: the median gap up to which keys come from a gun. */
  readonly keyGapMs: () => number
}

export type CapturedScan = Omit<Extract<CaptureOutput, { readonly kind: 'scan' }>, 'kind'>

type Field = HTMLInputElement | HTMLTextAreaElement

const typelessInputs = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'range', 'color', 'file'])

const fieldOf = (target: EventTarget | null): Field | null => {
  if (target instanceof HTMLTextAreaElement) return target
  return target instanceof HTMLInputElement && !typelessInputs.has(target.type) ? target : null
}

const changeField = (field: Field, change: () => void): void => {
  change()
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

/** A timer that rings later than this means that the page stood still, and that keys may be waiting behind it. */
const lateTimerMs = 30

/**
 * Listens at the window, before anything on the page, so that a scan is taken wherever the focus is (hardware.md §3.3).
 * Returns what ends the listening.
 */
export function listenForScans(page: Window, handlers: CaptureHandlers): () => void {
  let state: CaptureState = idleCapture
  let timer = 0
  let dueAtMs = 0
  /** What the field held before the present run of keys, so that a scan leaves no trace in it. */
  let before: { readonly runId: number; readonly field: Field; readonly value: string } | null = null

  const restoreField = (runId: number): void => {
    if (!before || before.runId !== runId) return
    const { field, value } = before
    changeField(field, () => field.setRangeText(value, 0, field.value.length, 'end'))
    before = null
  }

  const reinsert = (text: string, runId: number): void => {
    if (!before || before.runId !== runId) return
    const { field } = before
    const start = field.selectionStart ?? field.value.length
    const end = field.selectionEnd ?? field.value.length
    changeField(field, () => field.setRangeText(text, start, end, 'end'))
  }

  const deliver = (output: CaptureOutput): void => {
    switch (output.kind) {
      case 'typed':
        handlers.onTyped(output.character, output.runId)
        break
      case 'reinsert':
        reinsert(output.text, output.runId)
        break
      case 'scan':
        restoreField(output.runId)
        handlers.onScan(output)
        break
    }
  }

  const arm = (wakeInMs: number | null): void => {
    page.clearTimeout(timer)
    if (wakeInMs === null) return
    dueAtMs = performance.now() + wakeInMs
    timer = page.setTimeout(onSilence, wakeInMs)
  }

  const onSilence = (): void => {
    // Silence is believed only by a page that could have heard: keys that came meanwhile are let through first.
    if (performance.now() - dueAtMs > lateTimerMs) {
      arm(silenceMs)
      return
    }
    const step = capture(state, { type: 'silence', atMs: performance.now() })
    state = step.state
    step.outputs.forEach(deliver)
    arm(step.wakeInMs)
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const field = fieldOf(event.target)
    const keyGapMs = handlers.keyGapMs()
    const step = capture(
      { ...state, keyGapMs },
      {
        type: 'key',
        code: event.code,
        key: event.key,
        shift: event.shiftKey,
        control: event.ctrlKey || event.altKey || event.metaKey,
        repeat: event.repeat,
        atMs: event.timeStamp,
        inField: field !== null,
      },
    )
    const runId = step.state.run?.id
    if (field && runId !== undefined && before?.runId !== runId) before = { runId, field, value: field.value }
    state = step.state
    if (step.swallow) {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    if (state.run && event.timeStamp === state.run.lastAtMs) handlers.onRhythm?.(rhythmOf(state.run))
    step.outputs.forEach(deliver)
    if (step.wakeInMs !== null || state.run === null) arm(step.wakeInMs)
  }

  const onCompositionEnd = (event: CompositionEvent): void => {
    const field = fieldOf(event.target)
    const step = capture(state, { type: 'composed', text: event.data, atMs: event.timeStamp })
    state = step.state
    if (step.outputs.length > 0 && field) {
      changeField(field, () => field.setRangeText('', 0, field.value.length, 'end'))
      before = null
    }
    step.outputs.forEach(deliver)
  }

  page.addEventListener('keydown', onKeyDown, { capture: true })
  page.addEventListener('compositionend', onCompositionEnd, { capture: true })
  return () => {
    page.clearTimeout(timer)
    page.removeEventListener('keydown', onKeyDown, { capture: true })
    page.removeEventListener('compositionend', onCompositionEnd, { capture: true })
  }
}
