import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { assertNever } from '../till/types.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import { type KeyGapNotice, nextKeyGapMs } from './state.ts'

function noticeText({ guns: { threshold } }: Catalogue, notice: KeyGapNotice): string {
  switch (notice.kind) {
    case 'kept':
      return threshold.kept(notice.file)
    case 'configuration-problem':
      return threshold.problem(notice.problem)
    case 'disk-error':
      return threshold.disk(notice.file, notice.detail)
    case 'lost':
      return threshold.lost
    default:
      return assertNever(notice, 'key gap notice')
  }
}

/** The time from key to key that tells a gun that types from a person; kept at once, and tried at once. */
export function ThresholdPanel() {
  const words = useWords()
  const { gunTest } = useTill()
  const keyGap = useApp(({ till }) => till.snapshot?.gunKeyGap ?? null)
  const notice = useApp((app) => app.gunTest.keyGap)
  const { threshold, milliseconds } = words.guns
  const step = (by: 1 | -1, key: string, label: string) => (
    <button
      type="button"
      className="action"
      disabled={keyGap === null || nextKeyGapMs(keyGap, by) === null}
      onClick={() => void gunTest.moveKeyGap(by)}
    >
      <Keycap name={key} />
      {label}
    </button>
  )
  return (
    <section className="gun-threshold">
      <div className="gun-head">
        <h2>{threshold.title}</h2>
        <output className="figures" data-testid="key-gap">
          {keyGap && milliseconds(String(keyGap.ms))}
        </output>
        {step(-1, '↓', threshold.quicker)}
        {step(1, '↑', threshold.slower)}
      </div>
      <p className="quiet">{threshold.explained}</p>
      <p className="gun-kept" role="status" data-kind={notice?.kind}>
        {notice && noticeText(words, notice)}
      </p>
    </section>
  )
}
