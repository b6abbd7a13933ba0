import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { voiceTexts } from '../renderer/wording/voice-texts.ts'

/**
 * Records the till's voice anew into `assets/voice`, for whoever changes `voiceTexts`: needs `espeak-ng` on that machine
 * only. Its licence covers the program; what it says is free to use. The clips are mono, 8 bits, cut to what is heard, so
 * that they can be joined without gaps.
 */

const voices = { 'zh-CN': 'cmn', en: 'en-us' } as const
const folders = { 'zh-CN': 'zh', en: 'en' } as const
const wordsPerMinute = 185
const clipRate = 16_000
/** Below this share of full scale a sample is silence. */
const silence = 0.01
/** What is left before and behind, so that no consonant is cut. */
const marginSamples = 220
const bytesMax = 600_000

function samplesOf(wave: Buffer): { readonly rate: number; readonly samples: Int16Array } {
  const at = wave.indexOf('data') + 8
  const bytes = wave.subarray(at, at + Math.floor((wave.length - at) / 2) * 2)
  const samples = Int16Array.from({ length: bytes.length / 2 }, (_, place) => bytes.readInt16LE(place * 2))
  return { rate: wave.readUInt32LE(24), samples }
}

function clipOf({ rate, samples }: ReturnType<typeof samplesOf>): Buffer {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1)
  const isHeard = (sample: number): boolean => Math.abs(sample) > loudest * silence
  const begin = Math.max(0, samples.findIndex(isHeard) - marginSamples)
  const end = Math.min(samples.length, samples.findLastIndex(isHeard) + marginSamples)
  const step = rate / clipRate
  const data = Buffer.alloc(Math.floor((end - begin) / step))
  for (const place of data.keys()) {
    const at = begin + place * step
    const [left, right] = [samples[Math.floor(at)] ?? 0, samples[Math.ceil(at)] ?? 0]
    data[place] = Math.round(((left + (right - left) * (at % 1)) / loudest) * 120) + 128
  }
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20) // PCM
  head.writeUInt16LE(1, 22) // mono
  head.writeUInt32LE(clipRate, 24)
  head.writeUInt32LE(clipRate, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(data.length, 40)
  return Buffer.concat([head, data])
}

let total = 0
for (const language of ['zh-CN', 'en'] as const) {
  const folder = join(import.meta.dirname, '../assets/voice', folders[language])
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(voiceTexts[language])) {
    const said = spawnSync('espeak-ng', ['-v', voices[language], '-s', String(wordsPerMinute), '--stdout', text])
    if (said.status !== 0) throw new Error(`espeak-ng did not say ${name}: ${said.error?.message ?? said.stderr}`)
    const clip = clipOf(samplesOf(said.stdout))
    total += clip.length
    writeFileSync(join(folder, `${name}.wav`), clip)
  }
}
if (total > bytesMax) throw new Error(`the clips have ${total} bytes, more than ${bytesMax}`)
process.stdout.write(`made ${total} bytes of voice\n`)
