import { useEffect, useRef, useState } from 'react'
import type { Language, OpeningTrouble } from '../../electron/api/contract.ts'
import { useTill } from '../shell/till-context.tsx'
import { momentText } from '../time/shanghai.ts'
import { catalogues } from '../wording/catalogues.ts'

/** What happened and what to do, in one language. */
function Told(props: { readonly language: Language; readonly trouble: OpeningTrouble }) {
  const { language, trouble } = props
  const { opening } = catalogues[language]
  const { kind, damage, backup } = trouble
  // Rebuilding costs nothing, so that what a backup lacks does not matter.
  const isRebuilt = damage === 'projection-missing' || damage === 'projection-differs'
  return (
    <section lang={language} className="trouble-told">
      <h1 data-testid={language === 'zh-CN' ? 'headline' : undefined}>{opening.title}</h1>
      <p className="trouble-happened">
        {opening.happened[kind]} {damage !== null && opening.damages[damage]}
      </p>
      <p>{opening.safe}</p>
      <p>{opening.next}</p>
      {backup && !isRebuilt && (
        <p>
          {opening.backup(momentText(backup.madeWallMs, Date.now()), backup.events)}{' '}
          {backup.newerEvents === null
            ? opening.newerUnknown
            : backup.newerEvents > 0 && opening.newer(backup.newerEvents)}
        </p>
      )}
    </section>
  )
}

/**
 * The whole window while the till cannot open: both languages at once, because nobody knows which one was configured,
 * and the very words that the console has, for support on the telephone.
 */
export function TroubleScreen(props: { readonly trouble: OpeningTrouble }) {
  const { openAgain } = useTill()
  const { trouble } = props
  const [trying, setTrying] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { opening: chinese } = catalogues['zh-CN']
  const { opening: english } = catalogues.en
  useEffect(() => button.current?.focus(), [])
  const tryAgain = (): void => {
    if (trying) return
    setTrying(true)
    void openAgain().finally(() => setTrying(false))
  }
  return (
    <main className="trouble" data-scene="not-open" data-trouble={trouble.damage ?? trouble.kind}>
      <div className="trouble-both" role="alert">
        <Told language="zh-CN" trouble={trouble} />
        <Told language="en" trouble={trouble} />
      </div>
      <button ref={button} type="button" className="action" data-filled onClick={tryAgain} aria-disabled={trying}>
        {trying ? chinese.trying : chinese.tryAgain} <span lang="en">{trying ? english.trying : english.tryAgain}</span>
      </button>
      <section className="trouble-support">
        {trouble.command !== null && (
          <p>
            {chinese.command} <span lang="en">{english.command}</span>
            <code>{trouble.command}</code>
          </p>
        )}
        <p>
          {chinese.details} <span lang="en">{english.details}</span>
          <code>{trouble.sentence}</code>
        </p>
      </section>
    </main>
  )
}
