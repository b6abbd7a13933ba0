import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DesktopResult, ManagerProof, ManagerRefusal } from '../../electron/api/contract.ts'
import { useApp, useTill } from '../shell/till-context.tsx'
import { OverrideDialog } from '../staff/override-dialog.tsx'
import { refusalText } from '../staff/refusal-text.ts'
import { useWords } from '../wording/words.tsx'

type Wish = 'desktop.install-update' | 'desktop.leave-kiosk'

/** The program itself: a new version that waits, and the full screen. Nothing where there is neither. */
export function DesktopStep() {
  const words = useWords()
  const { door } = useTill()
  const waiting = useApp(({ till }) => till.snapshot?.readiness.updateReady ?? null)
  const [asking, setAsking] = useState<Wish | null>(null)
  const [said, setSaid] = useState('')
  const { desktop } = words
  const { data, refetch } = useQuery({
    queryKey: ['desktop', waiting],
    queryFn: async () => {
      const answer = await door.call('desktop.state', null)
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
  })

  /** What is wrong with the proof, or null where it was enough: then what came of the wish is said. */
  const wish = async (name: Wish, manager: ManagerProof | null): Promise<ManagerRefusal | string | null> => {
    const answer = await door.call(name, { manager })
    if (!answer.ok) return desktop.lost
    const reply: DesktopResult = answer.reply
    if (reply.kind === 'done') setSaid(name === 'desktop.install-update' ? desktop.installing : desktop.left)
    if (reply.kind === 'done' || reply.kind === 'nothing-to-do' || reply.kind === 'not-now') {
      setAsking(null)
      await refetch()
      return null
    }
    return reply
  }
  /** Where the till asks for nobody it is done at once. */
  const begin = async (name: Wish): Promise<void> => {
    setSaid('')
    const refusal = await wish(name, null)
    if (refusal === null) return
    if (typeof refusal === 'string') return setSaid(refusal)
    if (refusal.kind === 'manager-needed') return setAsking(name)
    setSaid(refusalText(words, refusal, Date.now()))
  }

  if (!data || (data.update === null && !data.isKiosk && said === '')) return null
  const { update, isKiosk } = data
  return (
    <li>
      <h2>{desktop.title}</h2>
      {said !== '' && <p role="status">{said}</p>}
      {update && (
        <>
          <span>
            {desktop.ready(update.version)} {desktop.whenItGoesIn}
          </span>
          <button type="button" className="action" onClick={() => void begin('desktop.install-update')}>
            {desktop.install}
          </button>
        </>
      )}
      {update && update.hindrances.length > 0 && (
        <div>
          <p>{desktop.notNow}</p>
          <ul>
            {update.hindrances.map((each) => (
              <li key={each}>{desktop.hindrances[each]}</li>
            ))}
          </ul>
        </div>
      )}
      {isKiosk && (
        <>
          <span>{desktop.kiosk}</span>
          <button type="button" className="action" onClick={() => void begin('desktop.leave-kiosk')}>
            {desktop.leaveKiosk}
          </button>
        </>
      )}
      {asking && (
        <OverrideDialog
          what={asking === 'desktop.install-update' ? desktop.allowInstall(update?.version ?? '') : desktop.allowLeave}
          onProof={(proof) => wish(asking, proof)}
          onClose={() => setAsking(null)}
        />
      )}
    </li>
  )
}
