import { Keycap } from '../shell/keycap.tsx'
import { useTill } from '../shell/till-context.tsx'
import { assertNever } from '../till/types.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import type { TestState } from './state.ts'

type Told = {
  readonly mark: 'good' | 'bad' | 'open'
  readonly happened: string
  readonly next: string
  readonly said: string | null
}

function told(words: Catalogue, test: TestState | null): Told {
  const { test: own } = words.channels
  if (test === null) return { mark: 'open', happened: '', next: own.safe, said: null }
  switch (test.kind) {
    case 'running':
      return { mark: 'open', happened: own.running, next: own.safe, said: null }
    case 'works':
      return { mark: 'good', happened: own.works(test.tookMs), next: '', said: null }
    case 'failed': {
      const happened = own.failed(words.lines.reasons[test.reason])
      return { mark: 'bad', happened, next: own.steps[test.reason], said: test.said }
    }
    case 'unclear':
      return { mark: 'bad', ...own.others.unclear, said: test.said }
    case 'no-such-channel':
    case 'lost':
      return { mark: 'bad', ...own.others[test.kind], said: null }
    default:
      return assertNever(test, 'channel test')
  }
}

const signs = { good: '✓ ', bad: '✗ ', open: '' } as const

/** The test call to the channel that is shown, and what came of it: what it means, and what to do. */
export function TestPanel(props: { readonly test: TestState | null }) {
  const words = useWords()
  const { channels } = useTill()
  const { mark, happened, next, said } = told(words, props.test)
  return (
    <section className="channel-test" data-mark={mark}>
      <button type="button" className="action" onClick={() => void channels.test()}>
        <Keycap name="F5" />
        {words.channels.test.act}
      </button>
      <div role="status" data-testid="channel-test">
        <p className="figures">
          <b>
            <span aria-hidden="true">{signs[mark]}</span>
            {happened}
          </b>
        </p>
        <p>{next}</p>
        {said !== null && <p className="quiet channel-said">{words.channels.test.said(said)}</p>}
      </div>
    </section>
  )
}
