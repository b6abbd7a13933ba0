import type { Language } from '../../electron/api/contract.ts'
import type { Clip } from './voice-plan.ts'

/** The clips as data addresses in modules of their own: nothing is loaded before it is said, and nothing from elsewhere. */
const recordings = {
  'zh-CN': import.meta.glob<string>('../../assets/voice/zh/*.wav', { query: '?inline', import: 'default' }),
  en: import.meta.glob<string>('../../assets/voice/en/*.wav', { query: '?inline', import: 'default' }),
} as const satisfies Readonly<Record<Language, unknown>>

const folders = { 'zh-CN': 'zh', en: 'en' } as const

const decoded = new Map<string, Promise<AudioBuffer>>()

function bufferOf(context: AudioContext, clip: Clip, language: Language): Promise<AudioBuffer> {
  const path = `../../assets/voice/${folders[language]}/${clip}.wav`
  const known = decoded.get(path)
  if (known !== undefined) return known
  const load = recordings[language][path]
  if (load === undefined) throw new Error(`no clip ${path}: voiceTexts and assets/voice differ`)
  const made = load().then((address) => {
    const bytes = Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), (each) => each.charCodeAt(0))
    return context.decodeAudioData(bytes.buffer)
  })
  decoded.set(path, made)
  return made
}

let latest = 0

/**
 * Says clips one behind the other without gaps, `delayS` seconds from now, at `percent` of their loudness; a later saying takes the place of one that has
 * not begun. A machine without a sound card stays silent: the screen says it all as well.
 */
export async function sayClips(
  context: AudioContext,
  clips: readonly Clip[],
  { language, delayS, percent }: { readonly language: Language; readonly delayS: number; readonly percent: number },
): Promise<void> {
  latest += 1
  const own = latest
  const beginS = context.currentTime + delayS
  const buffers = await Promise.all(clips.map((clip) => bufferOf(context, clip, language)))
  if (own !== latest) return
  const volume = context.createGain()
  volume.gain.value = percent / 100
  volume.connect(context.destination)
  let atS = Math.max(beginS, context.currentTime)
  for (const buffer of buffers) {
    const source = context.createBufferSource()
    source.buffer = buffer
    source.connect(volume)
    source.start(atS)
    atS += buffer.duration
  }
}
