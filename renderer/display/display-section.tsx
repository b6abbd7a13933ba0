import { useQuery } from '@tanstack/react-query'
import { Keycap } from '../shell/keycap.tsx'
import { SectionHead } from '../shell/section-head.tsx'
import { useApp } from '../shell/till-context.tsx'
import { useScreenKeys } from '../shell/use-screen-keys.ts'
import { useWords } from '../wording/words.tsx'
import { isDisplayOpen, openDisplay } from './link.ts'

/** The section that opens the customer's display and tells whether it is open. */
export function DisplaySection() {
  const { section } = useWords().display
  const opening = useApp(({ till }) => till.snapshot?.customerDisplay.open)
  const { data: isOpen } = useQuery({ queryKey: ['display'], queryFn: isDisplayOpen, refetchInterval: 1_000 })
  const open = (): void => void openDisplay()
  useScreenKeys({ F2: open })
  return (
    <main className="setup">
      <SectionHead section="display" />
      <p className="quiet">{section.lead}</p>
      <ol className="setup-steps">
        <li>
          <h2 role="status">{isOpen ? section.states.open : section.states.closed}</h2>
          <span>{section.howTo}</span>
          <button type="button" className="action" onClick={open}>
            <Keycap name="F2" />
            {section.open}
          </button>
        </li>
        {opening && <li>{section.openings[opening]}</li>}
      </ol>
    </main>
  )
}
