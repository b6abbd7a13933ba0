import { useEffect, useRef } from 'react'
import type { ClosureView } from '../../electron/api/contract.ts'
import { Icon } from '../shell/icons.tsx'
import { Keycap } from '../shell/keycap.tsx'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import type { ExportState } from './use-export.ts'
import { toneIcons, toneOf, verdictText } from './verdict-text.ts'

/** Writes an order's proof of closure; the same key as for a slip at the desk. */
export const exportKey = 'F5'

type Refused = Exclude<ExportState, { readonly kind: 'none' | 'writing' | 'done' }>

function refusalText(words: Catalogue, state: Refused): string {
  switch (state.kind) {
    case 'disk-error':
      return words.evidence.diskError(state.path)
    case 'ledger-trouble':
      return words.ledgerTroubles[state.problem].happened
    default:
      return words.evidence.failures[state.kind]
  }
}

function Written(props: { readonly state: Extract<ExportState, { readonly kind: 'done' }> }) {
  const words = useWords()
  const { htmlPath, jsonPath, headSequence, headHash } = props.state
  return (
    <dl className="written">
      <dt>{words.evidence.page}</dt>
      <dd>{htmlPath}</dd>
      <dt>{words.evidence.file}</dt>
      <dd>{jsonPath}</dd>
      <dt>{words.evidence.chain(headSequence)}</dt>
      <dd className="figures">{headHash}</dd>
      <dd className="quiet">{words.evidence.keep}</dd>
    </dl>
  )
}

/** Whether the order can still charge anyone, in one sentence; and the key that writes the proof of it. */
export function ClosurePanel(props: {
  readonly closure: ClosureView | null
  readonly state: ExportState
  readonly write: () => void
}) {
  const words = useWords()
  const panel = useRef<HTMLElement>(null)
  const { closure, state, write } = props
  const tone = toneOf(closure)
  useEffect(() => {
    if (state.kind !== 'none') panel.current?.scrollIntoView({ block: 'nearest' })
  }, [state])
  return (
    <section ref={panel} className="closure" data-tone={tone} aria-label={words.evidence.title}>
      <p className="closure-mark">
        <Icon name={toneIcons[tone]} />
        {words.evidence.marks[tone]}
      </p>
      <button type="button" className="action" onClick={write}>
        <Keycap name={exportKey} />
        {words.evidence.write}
      </button>
      <p className="closure-sentence" data-testid="verdict">
        {verdictText(words, closure, Date.now())}
      </p>
      <div role="status" className="closure-export">
        {state.kind === 'writing' && <p>{words.evidence.writing}</p>}
        {state.kind === 'done' && <Written state={state} />}
        {state.kind !== 'none' && state.kind !== 'writing' && state.kind !== 'done' && (
          <p className="closure-refusal">{refusalText(words, state)}</p>
        )}
      </div>
    </section>
  )
}
