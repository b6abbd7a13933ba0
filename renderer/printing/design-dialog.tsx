import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { TemplatePreviewed, TemplateSaved, TemplatesView, TemplateView } from '../../electron/api/contract.ts'
import { Keycap } from '../shell/keycap.tsx'
import { useTill } from '../shell/till-context.tsx'
import type { Catalogue } from '../wording/catalogue.ts'
import { useWords } from '../wording/words.tsx'
import { logoPng, svgAddress } from './svg-picture.ts'

/** Typing may pause this long before the preview is drawn anew. */
const previewDelayMs = 250

type Kind = TemplateView['kind']
type Paper = TemplateView['paper']
type Said =
  | TemplateSaved['kind']
  | 'lost'
  | 'reset'
  | 'logo-saved'
  | 'logo-reduced'
  | 'logo-gone'
  | 'logo-refused'
  | null

const paperOf = (text: string): Paper => (text === '58' ? 58 : 80)

function problemText({ printing }: Catalogue, { line, kind, name }: TemplateView['problems'][number]): string {
  return printing.templateProblem(line, printing.templateProblems[kind](name))
}

/**
 * The editor of the shop's templates. What is typed is drawn at once with a sample and put into use only when it is
 * saved, which checks it.
 */
export function DesignDialog() {
  const words = useWords()
  const { store, door } = useTill()
  const dialog = useRef<HTMLDialogElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const [known, setKnown] = useState<TemplatesView | null>(null)
  const [kind, setKind] = useState<Kind>('sale')
  const [paper, setPaper] = useState<Paper>(80)
  const [text, setText] = useState('')
  const [preview, setPreview] = useState<TemplatePreviewed | null>(null)
  const [picture, setPicture] = useState<string | null>(null)
  const [said, setSaid] = useState<Said>(null)
  const inUse = known?.templates.find((each) => each.kind === kind && each.paper === paper) ?? null
  const isChanged = inUse !== null && text !== inUse.text

  const read = async (): Promise<TemplatesView | null> => {
    const answer = await door.call('receipt.templates', null)
    if (answer.ok) setKnown(answer.reply)
    return answer.ok ? answer.reply : null
  }
  const show = (views: TemplatesView | null, nextKind: Kind, nextPaper: Paper): void => {
    setKind(nextKind)
    setPaper(nextPaper)
    setText(views?.templates.find((each) => each.kind === nextKind && each.paper === nextPaper)?.text ?? '')
    setSaid(null)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once; what is chosen later is read with it.
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    void read().then((views) => views && show(views, 'sale', views.paper))
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new logo is a new picture of the same text.
  useEffect(() => {
    if (text === '') return
    let isOver = false
    const timer = window.setTimeout(async () => {
      const answer = await door.call('receipt.template-preview', { kind, paper, text })
      if (isOver || !answer.ok) return
      setPreview(answer.reply)
      if (answer.reply.kind === 'shown') setPicture(answer.reply.svg)
    }, previewDelayMs)
    return () => {
      isOver = true
      window.clearTimeout(timer)
    }
  }, [door, kind, paper, text, known?.logo, said])

  const close = (): void => store.dispatch({ type: 'design-changed', open: false })
  const taken = async (answer: TemplateSaved | null, done: Said): Promise<void> => {
    if (answer === null) return setSaid('lost')
    if (answer.kind === 'refused') setPreview(answer)
    if (answer.kind !== 'saved') return setSaid(answer.kind)
    setText(answer.template.text)
    await read()
    setSaid(done)
  }
  const save = async (): Promise<void> => {
    const answer = await door.call('receipt.template-save', { kind, paper, text })
    await taken(answer.ok ? answer.reply : null, 'saved')
  }
  const reset = async (): Promise<void> => {
    const answer = await door.call('receipt.template-reset', { kind, paper })
    await taken(answer.ok ? answer.reply : null, 'reset')
  }
  const putLogo = async (chosen: Blob | null): Promise<void> => {
    const made = chosen === null ? null : await logoPng(chosen).catch(() => 'refused' as const)
    if (made === 'refused') return setSaid('logo-refused')
    const answer = await door.call('receipt.logo', { png: made?.png ?? null })
    if (!answer.ok) return setSaid('lost')
    if (answer.reply.kind !== 'saved') return setSaid(answer.reply.kind === 'refused' ? 'logo-refused' : 'disk-error')
    await read()
    setSaid(made === null ? 'logo-gone' : made.wasReduced ? 'logo-reduced' : 'logo-saved')
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    // The till's own keys would lead away from what is being typed; language and sound stay.
    if (event.key !== 'F9' && event.key !== 'F10') event.stopPropagation()
    if (event.key === 'F2') void save()
    else if (event.key === 'F3') void reset()
    else if (event.key === 'F4') file.current?.click()
    else if (!/^F([1-8]|1[12])$/.test(event.key)) return
    event.preventDefault()
  }
  const problems = preview?.kind === 'refused' ? preview.problems : (inUse?.problems ?? [])
  return (
    <dialog ref={dialog} className="design" aria-label={words.printing.design} onCancel={close} onKeyDown={onKeyDown}>
      <div className="detail-head">
        <h2>{words.printing.design}</h2>
        <label>
          <span className="sr-only">{words.printing.document}</span>
          <select
            value={kind}
            onChange={(event) => {
              const next = known?.templates.find((each) => each.kind === event.currentTarget.value)
              if (next) show(known, next.kind, paper)
            }}
          >
            {[...new Set(known?.templates.map((each) => each.kind))].map((each) => (
              <option key={each} value={each}>
                {words.printing.kinds[each]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span className="sr-only">{words.printing.paper}</span>
          <select value={paper} onChange={(event) => show(known, kind, paperOf(event.currentTarget.value))}>
            <option value={58}>58 mm</option>
            <option value={80}>80 mm</option>
          </select>
        </label>
        <button type="button" className="action" onClick={close}>
          <Keycap name="Escape" />
          {words.orders.close}
        </button>
      </div>
      <div className="design-panes">
        <textarea
          aria-label={words.printing.template}
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setSaid(null)
          }}
        />
        <div className="print-sample">
          {picture !== null && (
            <img className="receipt-picture" src={svgAddress(picture)} alt={words.printing.preview} />
          )}
        </div>
      </div>
      <ul className="design-problems" role="alert">
        {problems.slice(0, 3).map((problem) => (
          <li key={`${problem.line} ${problem.kind} ${problem.name}`}>{problemText(words, problem)}</li>
        ))}
        {problems.length > 0 && <li>{words.printing.lastGood}</li>}
      </ul>
      <p role="status" className="design-said">
        {said !== null
          ? words.printing.designSaid[said]
          : isChanged
            ? words.printing.notSavedYet
            : inUse?.isOwn
              ? words.printing.isOwn
              : words.printing.isBuiltIn}{' '}
        {known !== null && known.logo !== 'none' && known.logo !== 'in-use' && words.printing.logoProblems[known.logo]}
      </p>
      <div className="printing-acts">
        <button type="button" className="action action-primary" data-filled onClick={() => void save()}>
          <Keycap name="F2" />
          {words.printing.saveTemplate}
        </button>
        <button type="button" className="action" onClick={() => void reset()}>
          <Keycap name="F3" />
          {words.printing.resetTemplate}
        </button>
        <button type="button" className="action" onClick={() => file.current?.click()}>
          <Keycap name="F4" />
          {words.printing.chooseLogo}
        </button>
        <button
          type="button"
          className="action"
          disabled={known === null || known.logo === 'none'}
          onClick={() => void putLogo(null)}
        >
          {words.printing.removeLogo}
        </button>
        <input
          ref={file}
          type="file"
          accept="image/*"
          hidden
          aria-label={words.printing.chooseLogo}
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? []
            event.currentTarget.value = ''
            if (chosen) void putLogo(chosen)
          }}
        />
      </div>
    </dialog>
  )
}
