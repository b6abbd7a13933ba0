import { useShallow } from 'zustand/react/shallow'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useNow } from '../time/use-now.ts'
import { useWords } from '../wording/words.tsx'
import type { ActionSlot, CounterAction } from './actions.ts'
import { actionContext, actionsIn } from './perform.ts'

const slots: readonly ActionSlot[] = ['revoke', 'aside', 'second', 'primary']

function ActionButton(props: {
  readonly action: CounterAction
  readonly revokeInMs: number
  readonly dimmed: boolean
}) {
  const words = useWords()
  const { perform } = useTill()
  const { action, revokeInMs, dimmed } = props
  const waits = action.id === 'revoke' && revokeInMs > 0
  const consequence = waits ? words.counter.revokeIn(Math.ceil(revokeInMs / 1_000)) : words.counter.revokeRefunds
  const key = action.keys[0]
  return (
    <button
      type="button"
      className={`action action-${action.id === 'cash' ? 'cash' : action.slot}`}
      data-filled={action.slot === 'primary' && !dimmed}
      disabled={!action.enabled}
      onClick={() => perform(action.id)}
    >
      {key && action.id !== 'wait' && <Keycap name={key} />}
      <span className="action-words">
        {words.actions[action.id]}
        {action.id === 'revoke' && <small className="figures">{consequence}</small>}
      </span>
    </button>
  )
}

/** Four places that never move; what stands in them follows the scene (ux.md 3, 4, 17, 24). */
export function ActionBar() {
  const app = useApp(
    useShallow(({ till, counter, crew, screen, language, detail }) => ({
      till,
      counter,
      crew,
      screen,
      language,
      detail,
    })),
  )
  const context = actionContext(app, useNow(200))
  const actions = actionsIn(app, performance.now())
  return (
    <div className="action-bar">
      {slots.map((slot) => {
        const action = actions.find((each) => each.slot === slot)
        return (
          <div key={slot} className={`slot slot-${slot}`}>
            {action && (
              <ActionButton action={action} revokeInMs={context.revokeInMs} dimmed={app.counter.askingRevoke} />
            )}
          </div>
        )
      })}
    </div>
  )
}
