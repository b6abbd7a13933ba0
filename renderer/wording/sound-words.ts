/** The words of the section for sound. */
export type SoundWords = {
  readonly tonesPercent: string
  readonly voicePercent: string
  readonly louder: string
  readonly quieter: string
  readonly turnOn: string
  readonly turnOff: string
  readonly tryTones: string
  readonly tryVoice: string
  readonly explained: string
  readonly kept: string
  readonly problem: (problem: string) => string
  readonly disk: (file: string, detail: string) => string
  readonly lost: string
}
