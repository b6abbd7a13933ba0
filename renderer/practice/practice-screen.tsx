import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PracticeCodeView } from '../../electron/api/contract.ts'
import { yuanText } from '../money/yuan.ts'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { WalletMark } from '../shell/wallet-mark.tsx'
import type { Wallet } from '../till/types.ts'
import { isPracticeStory } from '../wording/names.ts'
import { useWords } from '../wording/words.tsx'

/** A drawing of our own main side, shown as a picture: nothing in it can run. */
const picture = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`

/** As wallets write a code below its bars: by fours, so that it can be read to somebody and typed. */
const inGroups = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ')

function Card(props: { readonly practice: PracticeCodeView; readonly awaited: boolean; readonly scan: () => void }) {
  const words = useWords()
  const { practice, awaited, scan } = props
  const told = isPracticeStory(practice.story) ? words.practice.stories[practice.story] : null
  const story = told?.story ?? practice.story
  return (
    <li className="card" data-story={practice.story} data-wallet={practice.wallet}>
      <h3>{story}</h3>
      <img className="card-qr" src={picture(practice.qrSvg)} alt={words.practice.qr(story)} />
      <div className="card-words">
        <p>
          <span className="quiet">{words.practice.sees}</span> {told?.seen}
        </p>
        <img className="card-barcode" src={picture(practice.barcodeSvg)} alt={words.practice.barcode(story)} />
        <p className="card-digits figures">{inGroups(practice.code)}</p>
        <button type="button" className="action" disabled={!awaited} onClick={scan}>
          {awaited ? words.practice.scanThis : words.practice.needsAmount}
        </button>
      </div>
    </li>
  )
}

/** Practice codes by wallet and story, to scan from the screen, to press, or to print (issue 2, point 6). */
export function PracticeScreen() {
  const words = useWords()
  const { store, door, acts } = useTill()
  const step = useApp((app) => app.counter.step)
  const [wallet, setWallet] = useState<Wallet | null>(null)
  // Codes are good for one use, so nothing is kept: each visit takes fresh ones.
  const { data, refetch } = useQuery({
    queryKey: ['practice'],
    gcTime: 0,
    staleTime: 0,
    queryFn: async () => {
      const answer = await door.call('practice.codes', null)
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
  })
  const codes = data ?? []
  const wallets = [...new Set(codes.map((each) => each.wallet))]
  const chosen = wallet ?? wallets[0] ?? null
  const awaited = step.kind === 'scan'
  const back = (): void => store.dispatch({ type: 'screen-changed', screen: 'counter' })
  const scan = (code: string): void => {
    back()
    void acts.scan(code)
  }
  return (
    <main className="practice">
      <div className="practice-head">
        <h1 data-testid="headline">{words.practice.title}</h1>
        {awaited && <p className="practice-awaits figures">{words.practice.awaiting(yuanText(step.sale.amountFen))}</p>}
        <button type="button" className="action action-primary" data-filled onClick={back}>
          <Keycap name="Escape" />
          {words.shell.counter}
        </button>
        <button type="button" className="action" onClick={() => void refetch()}>
          {words.practice.fresh}
        </button>
        <button type="button" className="action" onClick={() => window.print()}>
          {words.practice.print}
        </button>
      </div>
      <p className="quiet">{words.practice.intro}</p>
      <div className="practice-wallets" role="tablist" aria-label={words.facts.wallet}>
        {wallets.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={each === chosen}
            className="tab"
            onClick={() => setWallet(each)}
          >
            <WalletMark wallet={each} />
            {words.wallets[each]}
          </button>
        ))}
      </div>
      {wallets.map((each) => (
        <section key={each} className="practice-wallet" data-chosen={each === chosen}>
          <h2>
            <WalletMark wallet={each} /> {words.wallets[each]}
          </h2>
          <ul className="cards">
            {codes
              .filter((practice) => practice.wallet === each)
              .map((practice) => (
                <Card key={practice.story} practice={practice} awaited={awaited} scan={() => scan(practice.code)} />
              ))}
          </ul>
        </section>
      ))}
    </main>
  )
}
