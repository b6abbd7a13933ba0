import type { ReactNode } from 'react'
import { Keycap } from '../shell/keycap.tsx'
import { useTill } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'
import { type SettingsSection, settingsSections, sideKeys } from './sections.ts'

/** The head of every settings screen: what it is, the sections, and the way back to the counter. */
export function SettingsHead(props: { readonly section: SettingsSection; readonly children?: ReactNode }) {
  const words = useWords()
  const { store } = useTill()
  const { section, children } = props
  const names: Readonly<Record<SettingsSection, string>> = {
    scanners: words.guns.title,
    channels: words.channels.title,
  }
  return (
    <div className="orders-head settings-head">
      <h1 data-testid="headline">{names[section]}</h1>
      {children}
      <nav aria-label={words.shell.settings}>
        {settingsSections.map((each) => (
          <button
            key={each}
            type="button"
            className="tab"
            aria-current={each === section ? 'page' : undefined}
            onClick={() => store.dispatch({ type: 'screen-changed', screen: each })}
          >
            {names[each]}
            <Keycap name={sideKeys[each]} />
          </button>
        ))}
      </nav>
      <button
        type="button"
        className="action"
        data-filled
        onClick={() => store.dispatch({ type: 'screen-changed', screen: 'counter' })}
      >
        <Keycap name="Escape" />
        {words.shell.counter}
      </button>
    </div>
  )
}
