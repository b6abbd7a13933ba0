import type { Calls, SoundResult, SoundSetting } from '../api/contract.ts'
import { settingsProblemLines } from '../settings/problem.ts'
import type { Settings } from '../settings/settings.ts'
import { changeConfiguration } from '../settings/write-configuration.ts'

/** The call that keeps how loud this machine is, and what it is set to now. */
export function soundCalls({ configurationFile: file, sound }: Pick<Settings, 'configurationFile' | 'sound'>): {
  readonly calls: { readonly 'sound.keep': (wanted: SoundSetting) => Promise<Calls['sound.keep']['reply']> }
  readonly setting: () => SoundSetting
} {
  let setting: SoundSetting = sound
  // A key that is pressed five times writes five times; the last one must be the last in the file too.
  let writing: Promise<SoundResult> = Promise.resolve({ kind: 'kept', file })

  const write = async ({ on, tonesPercent, voicePercent }: SoundSetting): Promise<SoundResult> => {
    const value = { on, tonesPercent, voicePercent }
    const written = await changeConfiguration(file, [{ field: ['sound'], value }])
    switch (written.kind) {
      case 'written':
        return { kind: 'kept', file }
      case 'problems':
        return { kind: 'configuration-problem', file, problem: settingsProblemLines(written.problems)[0] ?? file }
      case 'disk-error':
        return { kind: 'disk-error', file, detail: written.detail }
    }
  }

  return {
    calls: {
      'sound.keep': (wanted) => {
        setting = wanted
        writing = writing.then(() => write(wanted))
        return writing
      },
    },
    setting: () => setting,
  }
}
