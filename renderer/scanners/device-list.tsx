import { useEffect } from 'react'
import type { FoundScannerView } from '../../electron/api/contract.ts'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import type { ScannerView } from '../till/types.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'

type Row = {
  readonly key: string
  readonly mode: string
  readonly name: string
  readonly path: string
  readonly state: string
  readonly mark: 'good' | 'bad' | 'open'
}

const signs: Readonly<Record<Row['mark'], string>> = { good: '✓', bad: '✗', open: '–' }

/** A gun that the settings ask for, as the process that reads it tells. */
function wantedRow(words: Catalogue, { id, kind, name, path, state, detail }: ScannerView): Row {
  const stateText = words.readiness.scannerStates[state]
  const isWell = state === 'connected'
  return {
    key: id,
    mode: words.guns.modes[kind],
    name,
    path,
    state: isWell || detail === '' ? stateText : `${stateText} (${detail})`,
    mark: isWell ? 'good' : state === 'connecting' ? 'open' : 'bad',
  }
}

/** A device that is plugged in and that nothing reads. */
function unusedRow(words: Catalogue, { kind, name, path, because }: FoundScannerView): Row {
  const state = because === null ? words.readiness.scannerStates.connecting : words.guns.devices.because[because]
  const mark = because === 'no-access' ? 'bad' : 'open'
  return { key: `${kind}:${path}`, mode: words.guns.modes[kind], name, path, state, mark }
}

/** That no HID gun is there is no trouble: nobody asked for one (gunState). */
const isTold = ({ kind, state }: ScannerView): boolean => kind !== 'hid' || state !== 'absent'

/** What is plugged in, used or not, and why not. */
export function DeviceList(props: { readonly guns: readonly ScannerView[] }) {
  const words = useWords()
  const { gunTest } = useTill()
  const found = useApp((app) => app.gunTest.found)
  const looking = useApp((app) => app.gunTest.looking)
  const { guns } = props
  // biome-ignore lint/correctness/useExhaustiveDependencies: a gun that came or went is what asks for a fresh look.
  useEffect(() => void gunTest.look(), [gunTest, guns])
  const { devices } = words.guns
  const listed = found?.kind === 'listed' ? found : null
  const rows = [
    ...guns.filter(isTold).map((gun) => wantedRow(words, gun)),
    ...(listed?.devices ?? [])
      .filter(({ path }) => !guns.some((gun) => gun.path === path))
      .map((device) => unusedRow(words, device)),
  ]
  return (
    <section className="gun-devices">
      <div className="gun-head">
        <h2>{devices.title}</h2>
        <button type="button" className="tab" onClick={() => void gunTest.look()}>
          <Keycap name="F5" />
          {looking ? devices.looking : devices.look}
        </button>
      </div>
      <ul>
        {rows.map(({ key, mode, name, path, state, mark }) => (
          <li key={key} data-mark={mark}>
            <b>
              <span aria-hidden="true">{signs[mark]}</span> {name === path ? mode : `${mode} · ${name}`}
            </b>{' '}
            <span className="gun-path">{path}</span>
            <p>{state}</p>
          </li>
        ))}
      </ul>
      {found && listed === null && <p>{devices.noAnswer}</p>}
      {listed?.problems.map(({ package: name, detail }) => (
        <p key={name}>{devices.packageProblem(name, detail)}</p>
      ))}
      {listed && rows.length === 0 && <p>{devices.none}</p>}
    </section>
  )
}
