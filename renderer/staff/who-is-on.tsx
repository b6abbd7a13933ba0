import { Icon } from '../shell/icons.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'
import { lockKeyName } from './keys.ts'

/** Who is at the till, in the header of every screen; pressing it locks the till for the next one. */
export function WhoIsOn() {
  const words = useWords()
  const { crew } = useTill()
  const staff = useApp((app) => app.crew.staff)
  if (staff === null) return null
  const { header } = words.staff
  const name = staff.person?.name ?? (staff.isSetUp ? header.locked : header.nobody)
  return (
    <button type="button" className="tab who-is-on" data-on={staff.person !== null} onClick={() => void crew.lock()}>
      <Icon name="person" />
      <span className="who-name">{name}</span>
      <Keycap name={lockKeyName} />
    </button>
  )
}
