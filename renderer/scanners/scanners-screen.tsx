import { SectionHead } from '../shell/section-head.tsx'
import type { ScannerView } from '../till/types.ts'
import { useWords } from '../wording/words.tsx'
import { DeviceList } from './device-list.tsx'
import { TestPanel } from './test-panel.tsx'
import { ThresholdPanel } from './threshold-panel.tsx'

/** The screen for scan guns: a test scan that charges nobody, the devices, the one setting of guns that type. */
export function ScannersScreen(props: { readonly guns: readonly ScannerView[] }) {
  const words = useWords()
  return (
    <main className="scanners">
      <SectionHead section="scanners" />
      <p className="gun-safe">{words.guns.safe}</p>
      <div className="scanners-panes">
        <TestPanel guns={props.guns} />
        <DeviceList guns={props.guns} />
      </div>
      <ThresholdPanel />
      <p className="quiet gun-manuals">{words.guns.manuals}</p>
    </main>
  )
}
