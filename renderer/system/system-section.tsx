import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ManagerProof, ManagerRefusal } from '../../electron/api/contract.ts'
import { Keycap } from '../shell/keycap.tsx'
import { SectionHead } from '../shell/section-head.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useScreenKeys } from '../shell/use-screen-keys.ts'
import { OverrideDialog } from '../staff/override-dialog.tsx'
import { refusalText } from '../staff/refusal-text.ts'
import { momentText } from '../time/shanghai.ts'
import { useWords } from '../wording/words.tsx'
import { isClockOff } from './clock.ts'
import { waitsNow } from './waits.ts'

/** Numbers of megabytes as people compare them. */
const mebibytes = (bytes: number): string => Math.floor(bytes / 2 ** 20).toLocaleString('en')

/** What somebody who helps asks for first, and the file that goes to support. */
export function SystemSection() {
  const words = useWords()
  const { door } = useTill()
  const app = useApp((state) => state)
  const [asking, setAsking] = useState(false)
  const [said, setSaid] = useState('')
  const { system } = words
  const { data } = useQuery({
    queryKey: ['system'],
    queryFn: async () => {
      const answer = await door.call('system.state', null)
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
    refetchInterval: 5_000,
  })

  /** What is wrong with the proof, or null where the rest was said. */
  const make = async (manager: ManagerProof | null): Promise<ManagerRefusal | string | null> => {
    setSaid(system.making)
    const answer = await door.call('system.support-file', { manager })
    setSaid('')
    if (!answer.ok) return system.lost
    const { reply } = answer
    if (reply.kind === 'done') setSaid(system.made(reply.path))
    else if (reply.kind === 'not-written') setSaid(system.notWritten(reply.detail))
    else return reply
    setAsking(false)
    return null
  }
  const begin = async (): Promise<void> => {
    const refusal = await make(null)
    if (refusal === null) return
    if (typeof refusal === 'string') setSaid(refusal)
    else if (refusal.kind === 'manager-needed') setAsking(true)
    else setSaid(refusalText(words, refusal, Date.now()))
  }
  useScreenKeys({ F2: () => void begin() })

  const { snapshot } = app.till
  if (!snapshot || !data) return <SystemFrame />
  const { readiness, mode } = snapshot
  const { backup, clockOffsetMs } = readiness
  const waits = waitsNow(app, data.openRefunds)
  const facts: readonly (readonly [string, string, 'bad' | 'good' | 'open'])[] = [
    [system.program, `${system.versionIs(data.version, data.machine)} ${system[mode]}`, 'good'],
    [
      system.ledger,
      readiness.ledger.problem === null ? system.ledgerReady : system.ledgerTrouble,
      readiness.ledger.problem === null ? 'good' : 'bad',
    ],
    [system.backup, backupText(), backup.state === 'trouble' ? 'bad' : backup.madeWallMs === null ? 'open' : 'good'],
    [
      system.disk,
      data.freeBytes === null
        ? system.diskUnknown
        : `${system.diskFree(mebibytes(data.freeBytes))} ${data.isDiskLow ? system.diskLow : ''} ${data.dataDirectory}`,
      data.freeBytes === null ? 'open' : data.isDiskLow ? 'bad' : 'good',
    ],
    [
      system.clock,
      clockOffsetMs === null
        ? system.clockUnknown
        : isClockOff(clockOffsetMs)
          ? system.clockOff(Math.round(Math.abs(clockOffsetMs) / 1_000))
          : system.clockRight,
      clockOffsetMs === null ? 'open' : isClockOff(clockOffsetMs) ? 'bad' : 'good',
    ],
    [system.secrets, system.sealedStores[data.sealedStore], 'good'],
  ]

  function backupText(): string {
    if (backup.isDamaged) return system.backupDamaged
    const made =
      backup.madeWallMs === null ? system.backupNone : system.backupAt(momentText(backup.madeWallMs, Date.now()))
    return backup.making === null ? made : `${made} ${system.backupMaking}`
  }

  return (
    <SystemFrame>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard. */}
      <ol className="setup-steps" tabIndex={0} aria-label={words.shell.sections.system}>
        <li>
          <h2>{system.waits}</h2>
          <ul className="system-waits">
            {waits.map(({ kind, count }) => (
              <li key={kind}>{system.waitsFor[kind](count)}</li>
            ))}
            {waits.length === 0 && <li>{system.waitsForNothing}</li>}
          </ul>
        </li>
        <li>
          <h2>{system.support}</h2>
          <span>{said === '' ? system.supportWhat : <output>{said}</output>}</span>
          <button type="button" className="action" onClick={() => void begin()}>
            <Keycap name="F2" />
            {system.makeSupportFile}
          </button>
        </li>
        {facts.map(([name, text, mark]) => (
          <li key={name} data-mark={mark}>
            <h2>{name}</h2>
            <span>{text}</span>
          </li>
        ))}
      </ol>
      {asking && <OverrideDialog what={system.allowSupportFile} onProof={make} onClose={() => setAsking(false)} />}
    </SystemFrame>
  )
}

function SystemFrame(props: { readonly children?: React.ReactNode }) {
  return (
    <main className="setup">
      <SectionHead section="system" />
      {props.children}
    </main>
  )
}
