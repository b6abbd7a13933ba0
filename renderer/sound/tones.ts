import type { Language } from '../../electron/api/contract.ts'
import type { EndScene } from '../counter/scene.ts'
import { sayClips } from './voice.ts'
import type { Clip } from './voice-plan.ts'

/** Sounds of the counter; each end has its own (ux.md 7). */
export type Tone =
  | EndScene
  | 'scanned'
  | 'refused'
  | 'unknown'
  | 'parked-ended'
  | 'lines-lost'
  | 'lines-back'
  | 'printer-stops'
  | 'print-in-doubt'

/** One note: frequency in Hz, start and length in seconds from the tone's begin, loudness 0 to 1. */
type Note = {
  readonly hz: number
  readonly atS: number
  readonly forS: number
  readonly loudness: number
  readonly wave: OscillatorType
}

const note = (hz: number, atS: number, forS: number, wave: OscillatorType = 'sine', loudness = 0.5): Note => ({
  hz,
  atS,
  forS,
  loudness,
  wave,
})

/**
 * The tunes: rising for money that is in, falling for none, down and up again for money returned, a knock repeated for
 * a person.
 */
export const tunes = {
  paid: [note(523, 0, 0.12), note(659, 0.12, 0.12), note(784, 0.24, 0.12), note(1047, 0.36, 0.38)],
  'former-paid': [note(784, 0, 0.14), note(1047, 0.16, 0.14), note(784, 0.36, 0.14), note(1047, 0.52, 0.3)],
  failed: [note(392, 0, 0.2, 'triangle', 0.7), note(262, 0.24, 0.45, 'triangle', 0.7)],
  'revoked-closed': [note(587, 0, 0.16), note(494, 0.18, 0.16), note(392, 0.36, 0.34)],
  'revoked-refunded': [note(587, 0, 0.16), note(392, 0.18, 0.16), note(587, 0.4, 0.16), note(392, 0.58, 0.34)],
  attention: [0, 0.32, 0.64].flatMap((atS) => [
    note(330, atS, 0.1, 'square', 0.25),
    note(349, atS + 0.12, 0.1, 'square', 0.25),
  ]),
  scanned: [note(1319, 0, 0.07, 'sine', 0.3)],
  refused: [note(220, 0, 0.12, 'square', 0.2), note(196, 0.16, 0.2, 'square', 0.2)],
  unknown: [note(440, 0, 0.16), note(415, 0.24, 0.3)],
  'lines-lost': [
    note(494, 0, 0.12, 'triangle', 0.6),
    note(330, 0.16, 0.12, 'triangle', 0.6),
    note(220, 0.32, 0.3, 'triangle', 0.6),
  ],
  'lines-back': [note(330, 0, 0.1), note(494, 0.12, 0.2)],
  'printer-stops': [
    note(698, 0, 0.09, 'square', 0.2),
    note(523, 0.12, 0.09, 'square', 0.2),
    note(698, 0.3, 0.09, 'square', 0.2),
    note(523, 0.42, 0.16, 'square', 0.2),
  ],
  'print-in-doubt': [note(880, 0, 0.1, 'triangle', 0.5), note(988, 0.16, 0.24, 'triangle', 0.5)],
  'parked-ended': [note(1175, 0, 0.1), note(1568, 0.12, 0.25)],
} as const satisfies Readonly<Record<Tone, readonly Note[]>>

let speaker: AudioContext | null = null

/** The window's one way to the loudspeaker; null on a machine without a sound card. */
function openSpeaker(): AudioContext | null {
  try {
    speaker ??= new AudioContext()
  } catch {
    // No sound device: the screen says it all as well (ux.md 7).
    return null
  }
  return speaker
}

/** Plays a tone now, at `percent` of its loudness. A machine without a sound card, or a page that nobody touched yet, stays silent. */
export function playTone(tone: Tone, percent: number): void {
  const context = percent > 0 ? openSpeaker() : null
  if (context === null) return
  void context.resume()
  const beginS = context.currentTime + 0.02
  for (const { hz, atS, forS, loudness: full, wave } of tunes[tone]) {
    const loudness = (full * percent) / 100
    const source = context.createOscillator()
    const volume = context.createGain()
    source.type = wave
    source.frequency.value = hz
    volume.gain.setValueAtTime(0, beginS + atS)
    volume.gain.linearRampToValueAtTime(loudness, beginS + atS + 0.01)
    volume.gain.setValueAtTime(loudness, beginS + atS + forS * 0.6)
    volume.gain.linearRampToValueAtTime(0, beginS + atS + forS)
    source.connect(volume).connect(context.destination)
    source.start(beginS + atS)
    source.stop(beginS + atS + forS + 0.02)
  }
}

/** How long the tone of an end rings before a voice goes on. */
const voiceDelayS = 0.75

/** Says recorded clips behind the tone that was just played, at `percent` of their loudness. */
export function say(clips: readonly Clip[], language: Language, percent: number, delayS = voiceDelayS): void {
  const context = percent > 0 ? openSpeaker() : null
  // A clip that does not load leaves the tone, and the screen.
  if (context !== null) void sayClips(context, clips, { language, delayS, percent }).catch(() => undefined)
}

/** Says a sentence aloud in `language` at `percent` of the voice's loudness, where the machine has a voice for it. */
export function speak(sentence: string, language: string, percent: number): void {
  if (percent === 0) return
  const voices = globalThis.speechSynthesis?.getVoices() ?? []
  const voice = voices.find(({ lang, localService }) => localService && lang.startsWith(language.slice(0, 2)))
  if (!voice) return
  const saying = new SpeechSynthesisUtterance(sentence)
  saying.voice = voice
  saying.lang = voice.lang
  saying.volume = percent / 100
  globalThis.speechSynthesis.cancel()
  globalThis.speechSynthesis.speak(saying)
}
