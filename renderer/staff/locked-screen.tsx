import { AmountBox } from '../counter/amount-box.tsx'
import { Headline } from '../counter/headline.tsx'
import { Message } from '../counter/message.tsx'
import { NoticeLine } from '../counter/notice-line.tsx'
import { sceneOf } from '../counter/scene.ts'
import { shownOrder } from '../counter/state.ts'
import { Icon } from '../shell/icons.tsx'
import { useApp } from '../shell/till-context.tsx'
import { ChannelWords } from '../wording/channel-words.tsx'
import { useWords } from '../wording/words.tsx'
import { SignInPanel } from './sign-in-panel.tsx'

/** The till while it asks who is there. A payment on its way keeps its band, its amount and its words. */
export function LockedScreen() {
  const words = useWords()
  const counter = useApp((app) => app.counter)
  const connection = useApp(({ till }) => till.connection)
  const tracked = useApp((app) => app.till.orders[shownOrder(app.counter) ?? ''] ?? null)
  const order = tracked?.view ?? null
  const scene = sceneOf(counter, order, connection)
  const { signIn } = words.staff
  const isShown = counter.step.kind === 'order' || counter.step.kind === 'sending' || connection !== 'live'
  return (
    <ChannelWords channel={order?.channel ?? null}>
      <main className="counter locked" data-scene={isShown ? scene : 'locked'}>
        {isShown ? (
          <Headline scene={scene} order={order} />
        ) : (
          <div role="status" className="live">
            <div className="band">
              <Icon name="person" className="band-icon" />
              <div className="band-words">
                <h1 className="band-headline" data-testid="headline">
                  {signIn.headline}
                </h1>
                <p className="band-money">{signIn.money}</p>
              </div>
            </div>
          </div>
        )}
        <div className="stage">
          <section className="stage-left">
            {isShown && <AmountBox counter={counter} order={order} scene={scene} />}
            <div className="message">
              {isShown && <Message scene={scene} counter={counter} tracked={tracked} />}
              {isShown && <p className="quiet">{signIn.paymentGoesOn}</p>}
            </div>
            <NoticeLine notice={counter.notice} />
          </section>
          <aside className="stage-right">
            <SignInPanel />
          </aside>
        </div>
      </main>
    </ChannelWords>
  )
}
