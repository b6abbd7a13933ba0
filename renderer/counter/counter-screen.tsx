import type { RefObject } from 'react'
import { UnfinishedBanner } from '../cash/cash-lines.tsx'
import { LineBanner } from '../lines/banner.tsx'
import { PosLine } from '../pos/pos-line.tsx'
import { useApp } from '../shell/till-context.tsx'
import { ShiftBanner } from '../shifts/shift-banner.tsx'
import { isFinal } from '../till/types.ts'
import { ChannelWords } from '../wording/channel-words.tsx'
import { ActionBar } from './action-bar.tsx'
import { AmountBox } from './amount-box.tsx'
import { CodeField } from './code-field.tsx'
import { Facts } from './facts.tsx'
import { Headline } from './headline.tsx'
import { Keypad } from './keypad.tsx'
import { Message } from './message.tsx'
import { NoticeLine } from './notice-line.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'
import { sceneOf } from './scene.ts'
import { shownOrder } from './state.ts'

/** The counter: one payment at a time, the same boxes in every scene (ux.md 5). */
export function CounterScreen(props: { readonly codeField: RefObject<HTMLInputElement | null> }) {
  const counter = useApp((app) => app.counter)
  const connection = useApp(({ till }) => till.connection)
  const tracked = useApp((app) => app.till.orders[shownOrder(app.counter) ?? ''] ?? null)
  const order = tracked?.view ?? null
  const scene = sceneOf(counter, order, connection)
  const { step } = counter
  return (
    <ChannelWords channel={order?.channel ?? null}>
      <main className="counter" data-scene={scene}>
        <Headline scene={scene} order={order} />
        <div className="stage">
          <section className="stage-left">
            <AmountBox counter={counter} order={order} scene={scene} />
            <div className="message">
              <Message scene={scene} counter={counter} tracked={tracked} />
            </div>
            <PosLine step={step} />
            {step.kind === 'amount' && <ShiftBanner />}
            {step.kind === 'amount' && <UnfinishedBanner unfinished={counter.unfinished} />}
            {(step.kind === 'amount' || step.kind === 'scan') && <LineBanner />}
            <NoticeLine notice={counter.notice} />
          </section>
          <aside className="stage-right">
            {(step.kind === 'amount' || step.kind === 'cash') && <Keypad />}
            {step.kind === 'scan' && <CodeField field={props.codeField} open={step.byHand} />}
            {order && <Facts order={order} />}
          </aside>
        </div>
        <ActionBar />
        {counter.askingRevoke && order && !isFinal(order.status) && order.status !== 'revoking' && (
          <RevokeDialog order={order} />
        )}
      </main>
    </ChannelWords>
  )
}
