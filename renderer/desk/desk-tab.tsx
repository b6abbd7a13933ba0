import { Icon } from '../shell/icons.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'
import { deskKeyName } from './keys.ts'

/** The way to the desk from every screen, with the count of open cases: a colour, a sign and a word. */
export function DeskTab() {
  const words = useWords()
  const { store } = useTill()
  const screen = useApp((app) => app.screen)
  const count = useApp(
    ({ till }) => Object.values(till.orders).filter(({ view }) => view.status === 'attention').length,
  )
  return (
    <button
      type="button"
      className="tab desk-tab figures"
      data-some={count > 0}
      aria-current={screen === 'desk' ? 'page' : undefined}
      onClick={() => store.dispatch({ type: 'screen-changed', screen: 'desk' })}
    >
      {count > 0 && <Icon name="person" />}
      {words.desk.tab(count)}
      <Keycap name={deskKeyName} />
    </button>
  )
}
