import { useEffect, useState } from 'react'
import { DeskTab } from '../desk/desk-tab.tsx'
import { rescueKeyName } from '../rescue/keys.ts'
import { WhoIsOn } from '../staff/who-is-on.tsx'
import type { Screen } from '../till/store.ts'
import { clockText } from '../time/shanghai.ts'
import { otherLanguage } from '../wording/catalogues.ts'
import { useWords } from '../wording/words.tsx'
import { areaKeyNames, areaOf, areas } from './areas.ts'
import { Icon } from './icons.tsx'
import { Keycap } from './keycap.tsx'
import { useApp, useTill } from './till-context.tsx'

function Clock() {
  const [wallMs, setWallMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = window.setInterval(() => setWallMs(Date.now()), 500)
    return () => window.clearInterval(timer)
  }, [])
  return <time className="clock figures">{clockText(wallMs)}</time>
}

/** Who and where, the screens, the clock, language and sound; the same on every screen. */
export function Header() {
  const words = useWords()
  const { store } = useTill()
  const snapshot = useApp(({ till }) => till.snapshot)
  const screen = useApp((app) => app.screen)
  const language = useApp((app) => app.language)
  const sound = useApp((app) => app.sound)
  const muted = !sound.on
  const go = (to: Screen): void => store.dispatch({ type: 'screen-changed', screen: to })
  const tab = (to: Screen, label: string, key: string | null) => (
    <button type="button" className="tab" aria-current={screen === to ? 'page' : undefined} onClick={() => go(to)}>
      {label}
      {key && <Keycap name={key} />}
    </button>
  )
  return (
    <header className="header">
      <p className="where">
        <b>{snapshot?.store.name ?? words.shell.product}</b>
        {snapshot && <span className="figures">{words.shell.till(snapshot.till.id)}</span>}
      </p>
      <WhoIsOn />
      <nav aria-label={words.shell.screens}>
        {tab('counter', words.shell.counter, null)}
        <DeskTab />
        {tab('rescue', words.rescue.tab, rescueKeyName)}
        <button
          type="button"
          className="tab"
          aria-current={areaOf(screen) === 'books' ? 'page' : undefined}
          onClick={() => go(areas.books[0])}
        >
          {words.shell.areas.books}
          <Keycap name={areaKeyNames.books} />
        </button>
        {snapshot?.mode === 'training' && tab('practice', words.shell.practice, 'F8')}
        <button
          type="button"
          className="tab settings-tab"
          aria-current={areaOf(screen) === 'settings' ? 'page' : undefined}
          aria-label={words.shell.areas.settings}
          onClick={() => go(areas.settings[0])}
        >
          <Icon name="sliders" />
          <span className="settings-words">{words.shell.areas.settings}</span>
          <Keycap name={areaKeyNames.settings} />
        </button>
      </nav>
      <Clock />
      <button
        type="button"
        className="tab"
        lang={otherLanguage(language)}
        onClick={() => store.dispatch({ type: 'language-changed', language: otherLanguage(language) })}
      >
        {words.otherLanguage}
        <Keycap name="F9" />
      </button>
      <button
        type="button"
        className="tab sound"
        aria-pressed={!muted}
        aria-label={muted ? words.shell.soundOff : words.shell.soundOn}
        data-muted={muted}
        onClick={() => store.dispatch({ type: 'sound-changed', sound: { ...sound, on: !sound.on }, told: false })}
      >
        <Icon name={muted ? 'muted' : 'sound'} />
        <span className="sound-words">{muted ? words.shell.soundOff : words.shell.soundOn}</span>
        <Keycap name="F10" />
      </button>
    </header>
  )
}

/** Says on every screen that no real money moves (issue 2, point 6). */
export function TrainingBand() {
  const words = useWords()
  const training = useApp(({ till }) => till.snapshot?.mode === 'training')
  return training ? (
    <p className="training">
      {words.shell.training} · {words.setup.hint}
    </p>
  ) : null
}
