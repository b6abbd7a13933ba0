import { Keycap } from '../shell/keycap.tsx'
import { useTill } from '../shell/till-context.tsx'
import type { ScannerView } from '../till/types.ts'
import { useWords } from '../wording/words.tsx'
import { DeviceList } from './device-list.tsx'
import { TestPanel } from './test-panel.tsx'
import { ThresholdPanel } from './threshold-panel.tsx'

/** The screen for scan guns: a test scan that charges nobody, the devices, the one setting of guns that type. */
export function ScannersScreen(props: { readonly guns: readonly ScannerView[] }) {
  const words = useWords()
  const { store } = useTill()
  return (
    <main className="scanners">
      <div className="orders-head">
        <h1 data-testid="headline">{words.guns.title}</h1>
        <p className="gun-safe">{words.guns.safe}</p>
        <button
          type="button"
          className="action"
          data-filled
          onClick={() => store.dispatch({ type: 'screen-changed', screen: 'counter' })}
        >
          <Keycap name="Escape" />
          {words.shell.counter}
        </button>
      </div>
      <div className="scanners-panes">
        <TestPanel guns={props.guns} />
        <DeviceList guns={props.guns} />
      </div>
      <ThresholdPanel />
      <p className="quiet gun-manuals">{words.guns.manuals}</p>
    </main>
  )
}
