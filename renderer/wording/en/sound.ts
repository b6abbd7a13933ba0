import type { SoundWords } from '../sound-words.ts'

/** Tones, the spoken amount, and how loud they are. */
export const sound = {
  tonesPercent: 'Tones',
  voicePercent: 'Spoken amount',
  louder: 'Louder',
  quieter: 'Quieter',
  turnOn: 'Turn on',
  turnOff: 'Mute',
  tryTones: 'Try the tone',
  tryVoice: 'Try the voice',
  explained:
    'For this till only. A trial is heard while the till is muted too. If nothing is heard, look at the loudspeaker and the machine’s own volume. The screen always shows what a sound says.',
  kept: 'Kept: it stays so when the till starts again.',
  problem: (problem) =>
    `It holds until the till is closed. It could not be kept: config.json has a mistake: ${problem}`,
  disk: (file, detail) =>
    `It holds until the till is closed. It could not be kept: ${file} was not written (${detail}).`,
  lost: 'It holds until the till is closed. The till did not answer, so it may not have been kept. Change it once more.',
} as const satisfies SoundWords
