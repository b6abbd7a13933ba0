import { Icon } from '../shell/icons.tsx'
import { useApp } from '../shell/till-context.tsx'
import { clockText } from '../time/shanghai.ts'
import { useWords } from '../wording/words.tsx'
import { lineTrouble } from './trouble.ts'

/** Says before the next scan that the network or a channel is gone, what still works, and what the till still owes. */
export function LineBanner() {
  const words = useWords()
  const readiness = useApp(({ till }) => till.snapshot?.readiness ?? null)
  const trouble = readiness && lineTrouble(readiness)
  if (!trouble) return null
  const { gone, reason, sinceWallMs, working, owed } = trouble
  const named = (wallets: readonly (keyof typeof words.wallets)[]): string =>
    wallets.map((wallet) => words.wallets[wallet]).join(words.lines.separator)
  const headline = gone === 'network' ? words.lines.networkGone : words.lines.walletsGone(named(gone))
  return (
    <div className="line-banner" role="status">
      <Icon name="plug" className="line-banner-icon" />
      <div>
        <p className="line-banner-headline">{headline}</p>
        <p>{words.lines.because(words.lines.reasons[reason], clockText(sinceWallMs))}</p>
        <p>{working.length === 0 ? words.lines.takeCash : words.lines.takeOther(named(working))}</p>
        <p>{owed === 0 ? words.lines.owesNothing : words.lines.owes(owed)}</p>
      </div>
    </div>
  )
}
