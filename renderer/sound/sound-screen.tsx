import type { SoundSetting } from '../../electron/api/contract.ts'
import { Keycap } from '../shell/keycap.tsx'
import { SectionHead } from '../shell/section-head.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useScreenKeys } from '../shell/use-screen-keys.ts'
import type { AppState } from '../till/store.ts'
import { assertNever } from '../till/types.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import { playTone, say } from './tones.ts'
import { receivedClips } from './voice-plan.ts'
import { nextPercent } from './volume.ts'

/** The amount of the spoken trial: two decimals, so that the point is heard. */
const trialFen = 1_234

type Part = 'tonesPercent' | 'voicePercent'

function keptText({ sound }: Catalogue, kept: NonNullable<AppState['soundKept']>): string {
  switch (kept.kind) {
    case 'kept':
      return sound.kept
    case 'configuration-problem':
      return sound.problem(kept.problem)
    case 'disk-error':
      return sound.disk(kept.file, kept.detail)
    case 'lost':
      return sound.lost
    default:
      return assertNever(kept, 'sound result')
  }
}

/** The section for sound: on or off, how loud tones and voice are, and a key to try each. */
export function SoundScreen() {
  const words = useWords()
  const { store } = useTill()
  const setting = useApp((app) => app.sound)
  const kept = useApp((app) => app.soundKept)
  const language = useApp((app) => app.language)
  const { sound } = words
  const set = (part: Partial<SoundSetting>): void =>
    store.dispatch({ type: 'sound-changed', sound: { ...setting, ...part }, told: false })
  const move = (part: Part, by: 1 | -1): void => {
    const next = nextPercent(setting[part], by)
    if (next !== null) set({ [part]: next })
  }
  // A trial is somebody's wish to hear it, and sounds while the till is muted too.
  const tryTones = (): void => playTone('paid', setting.tonesPercent)
  const tryVoice = (): void => say(receivedClips(trialFen, language), language, setting.voicePercent, 0)
  useScreenKeys({
    ArrowUp: () => move('tonesPercent', 1),
    ArrowDown: () => move('tonesPercent', -1),
    PageUp: () => move('voicePercent', 1),
    PageDown: () => move('voicePercent', -1),
    F2: tryTones,
    F3: tryVoice,
  })
  const step = (part: Part, by: 1 | -1, key: string) => (
    <button
      type="button"
      className="action"
      aria-label={`${sound[part]} ${by === 1 ? sound.louder : sound.quieter}`}
      disabled={nextPercent(setting[part], by) === null}
      onClick={() => move(part, by)}
    >
      <Keycap name={key} />
      {by === 1 ? sound.louder : sound.quieter}
    </button>
  )
  const row = (part: Part, keys: readonly [string, string], trial: readonly [string, () => void]) => (
    <section className="sound-row">
      <h2>{sound[part]}</h2>
      <output className="figures" data-testid={part}>
        {setting[part]} %
      </output>
      {step(part, -1, keys[0])}
      {step(part, 1, keys[1])}
      <button type="button" className="action" onClick={trial[1]}>
        <Keycap name={trial[0]} />
        {part === 'tonesPercent' ? sound.tryTones : sound.tryVoice}
      </button>
    </section>
  )
  return (
    <main className="sound-screen">
      <SectionHead section="sound" />
      <section className="sound-row">
        <h2>{words.shell.sound}</h2>
        <output data-testid="sound-on">{setting.on ? words.shell.soundOn : words.shell.soundOff}</output>
        <button type="button" className="action" onClick={() => set({ on: !setting.on })}>
          <Keycap name="F10" />
          {setting.on ? sound.turnOff : sound.turnOn}
        </button>
      </section>
      {row('tonesPercent', ['↓', '↑'], ['F2', tryTones])}
      {row('voicePercent', ['PageDown', 'PageUp'], ['F3', tryVoice])}
      <p className="quiet">{sound.explained}</p>
      <p role="status" data-testid="sound-kept">
        {kept && keptText(words, kept)}
      </p>
    </main>
  )
}
