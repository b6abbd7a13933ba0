import type { ReactNode } from 'react'
import { useWords } from '../wording/words.tsx'
import { areaOf, areas, type Section } from './areas.ts'
import { Keycap } from './keycap.tsx'
import { useApp, useTill } from './till-context.tsx'

/** The tabs of the sections of an area, each with the arrow that leads towards it; nothing where there is one only. */
function SectionTabs(props: { readonly section: Section }) {
  const words = useWords()
  const { store } = useTill()
  const area = areaOf(props.section)
  const sections: readonly Section[] = area === null ? [] : areas[area]
  const place = sections.indexOf(props.section)
  if (area === null || sections.length < 2) return null
  return (
    <nav aria-label={words.shell.areas[area]}>
      {sections.map((each, at) =>
        at === place ? (
          <span key={each} className="tab" aria-current="page">
            {words.shell.sections[each]}
          </span>
        ) : (
          <button
            key={each}
            type="button"
            className="tab"
            onClick={() => store.dispatch({ type: 'screen-changed', screen: each })}
          >
            {words.shell.sections[each]}
            <Keycap name={at < place ? '←' : '→'} />
          </button>
        ),
      )}
    </nav>
  )
}

/** The head of every section: what it is, its neighbours, and the way back to the counter. */
export function SectionHead(props: { readonly section: Section; readonly children?: ReactNode }) {
  const words = useWords()
  const { store } = useTill()
  const detail = useApp((app) => app.detail)
  const { section, children } = props
  return (
    <div className="orders-head section-head" data-area={areaOf(section)}>
      <h1 data-testid="headline">{words.shell.sections[section]}</h1>
      {children}
      <SectionTabs section={section} />
      <button
        type="button"
        className="action"
        data-filled={detail === null}
        onClick={() => store.dispatch({ type: 'screen-changed', screen: 'counter' })}
      >
        <Keycap name="Escape" />
        {words.shell.counter}
      </button>
    </div>
  )
}
