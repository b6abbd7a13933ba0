import { useEffect, useRef } from 'react'
import type { ChannelView } from '../../electron/api/contract.ts'
import { Keycap } from '../shell/keycap.tsx'
import { SectionHead } from '../shell/section-head.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { clockText } from '../time/shanghai.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import { ChannelDetail } from './channel-detail.tsx'
import { kindText, walletsText } from './channel-text.ts'
import { chosenChannel } from './state.ts'
import { TestPanel } from './test-panel.tsx'

type Mark = 'good' | 'bad' | 'open'
const signs: Readonly<Record<Mark, string>> = { good: '✓', bad: '✗', open: '–' }

/** Whether the channel can be reached, as the till knows it now: a mark, a word, and the reason where it is away. */
function useLine(id: string, words: Catalogue): { readonly mark: Mark; readonly text: string } {
  const known = useApp(({ till }) => till.snapshot?.readiness.channels.find((each) => each.id === id))
  const state = known?.state ?? 'checking'
  const mark = state === 'ready' ? 'good' : state === 'checking' ? 'open' : 'bad'
  const { states } = words.channels
  if (!known?.away) return { mark, text: states[state] }
  const { reason, sinceWallMs } = known.away
  return { mark, text: `${states[state]} · ${words.lines.reasons[reason]} · ${clockText(sinceWallMs)}` }
}

function Row(props: { readonly view: ChannelView; readonly isChosen: boolean }) {
  const words = useWords()
  const { channels } = useTill()
  const { view, isChosen } = props
  const { mark, text } = useLine(view.id, words)
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    <li ref={row} data-mark={mark} data-channel={view.id}>
      <button type="button" aria-current={isChosen ? 'true' : undefined} onClick={() => channels.choose(view.id)}>
        <b>{words.channel(view.id)}</b> <span className="quiet">{kindText(view)}</span>{' '}
        <span>{walletsText(words, view)}</span>
        <span className="channel-line">
          <span aria-hidden="true">{signs[mark]}</span> {text}
        </span>
      </button>
    </li>
  )
}

/** The screen for channels: whether each can be reached, what it can do, its figures, and a test call. */
export function ChannelsScreen() {
  const words = useWords()
  const { channels } = useTill()
  const state = useApp((app) => app.channels)
  useEffect(() => void channels.list(), [channels])
  const shown = chosenChannel(state)
  const views = state.views === 'lost' || state.views === null ? [] : state.views
  return (
    <main className="channels">
      <SectionHead section="channels" />
      {state.views === 'lost' && <p role="alert">{words.channels.lost}</p>}
      {shown && (
        <div className="channels-panes">
          <div className="channels-side">
            <p className="quiet">
              <Keycap name="↑" /> <Keycap name="↓" /> {words.channels.choose}
            </p>
            <ul className="channel-list" aria-label={words.channels.choose}>
              {views.map((view) => (
                <Row key={view.id} view={view} isChosen={view.id === shown.id} />
              ))}
            </ul>
            <TestPanel test={state.tests[shown.id] ?? null} />
          </div>
          <ChannelDetail view={shown} />
        </div>
      )}
    </main>
  )
}
