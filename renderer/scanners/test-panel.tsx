import { useApp } from '../shell/till-context.tsx'
import type { ScannerView } from '../till/types.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import type { Passage, Tried } from './state.ts'
import { symbologyName } from './symbology.ts'

const msText = (ms: number): string => (ms < 0.05 ? '<0.1' : ms < 10 ? ms.toFixed(1) : String(Math.round(ms)))

function headlineOf(words: Catalogue, tried: Tried | null): string {
  if (tried === null) return words.guns.scanNow
  const { what } = tried
  if (what.kind === 'unreadable') return words.guns.losses[what.loss]
  const kind = words.guns.kinds[what.kind]
  return what.kind === 'payment-code' ? `${kind} · ${words.wallets[what.wallet]}` : kind
}

function gunText(words: Catalogue, passage: Passage, guns: readonly ScannerView[]): string {
  if (passage.by === 'window') return words.guns.modes.window
  const gun = guns.find(({ id }) => id === passage.deviceId)
  return gun ? `${words.guns.modes[gun.kind]} · ${gun.name}` : passage.deviceId
}

/** How the scan came in: what a shop needs to know when a gun does not do what it should. */
function PassageFacts(props: { readonly passage: Passage; readonly guns: readonly ScannerView[] }) {
  const words = useWords()
  const { passage, guns } = props
  const { facts, milliseconds, ends, rhythm } = words.guns
  const took =
    passage.by === 'gun'
      ? milliseconds(msText(passage.tookMs))
      : passage.end === 'composed'
        ? '–'
        : rhythm(passage.rhythm.keys, msText(passage.rhythm.medianGapMs))
  const rows = [
    [facts.gun, gunText(words, passage, guns)],
    [facts.symbology, passage.symbology === null ? words.guns.noSymbology : symbologyName(passage.symbology)],
    [facts.end, ends[passage.end]],
    [facts.time, took],
    ...(passage.by === 'gun' ? [[facts.latency, milliseconds(msText(passage.latencyMs))]] : []),
  ] as const
  return rows.map(([name, text]) => (
    <div key={name}>
      <dt>{name}</dt>
      <dd className="figures">{text}</dd>
    </div>
  ))
}

/** What the last scan was, how it came in, and what was typed since and was none. */
export function TestPanel(props: { readonly guns: readonly ScannerView[] }) {
  const words = useWords()
  const tried = useApp((app) => app.gunTest.tried)
  const typing = useApp((app) => app.gunTest.typing)
  const what = tried?.what
  return (
    <section className="gun-test" data-kind={what?.kind ?? 'none'} role="status">
      <h2 data-testid="gun-test">{headlineOf(words, tried)}</h2>
      {tried === null && <p>{words.guns.scanNowHint}</p>}
      {tried !== null && (
        <dl className="gun-facts">
          {what && 'shown' in what && (
            <div className="gun-shown">
              <dt>{words.guns.facts.shown}</dt>
              <dd className="figures">
                <b data-testid="gun-shown">{what.shown}</b>{' '}
                <span className="quiet">{words.guns.length(what.length)}</span>
              </dd>
            </div>
          )}
          {tried.passage && <PassageFacts passage={tried.passage} guns={props.guns} />}
        </dl>
      )}
      {typing && (
        <p className="gun-typed figures" data-testid="gun-typed">
          {words.guns.typed(typing.keys, msText(typing.medianGapMs))}
        </p>
      )}
    </section>
  )
}
