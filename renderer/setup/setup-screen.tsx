import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SetupChannel, SetupPrinter } from '../../electron/api/contract.ts'
import { Keycap } from '../shell/keycap.tsx'
import { SectionHead } from '../shell/section-head.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useScreenKeys } from '../shell/use-screen-keys.ts'
import type { Screen } from '../till/store.ts'
import { useWords } from '../wording/words.tsx'
import { ChannelForm } from './channel-form.tsx'
import { DesktopStep } from './desktop-step.tsx'
import { PlaceForm } from './place-form.tsx'
import { PrinterForm } from './printer-form.tsx'

type Dialog =
  | { readonly kind: 'place' }
  | { readonly kind: 'channel'; readonly before: SetupChannel | null }
  | { readonly kind: 'printer'; readonly before: SetupPrinter | null }

/** The section for the set-up: its steps with what is there already; each step is saved by itself, in any order. */
export function SetupScreen() {
  const words = useWords()
  const { store, door, crew } = useTill()
  const staff = useApp((app) => app.crew.staff)
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [said, setSaid] = useState('')
  const { data, refetch, isError } = useQuery({
    queryKey: ['setup'],
    queryFn: async () => {
      const answer = await door.call('setup.state', null)
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply ?? 'broken'
    },
  })
  const state = data === 'broken' ? undefined : data
  const { setup } = words
  const go = (screen: Screen): void => store.dispatch({ type: 'screen-changed', screen })
  const place = (): void => {
    if (state) setDialog({ kind: 'place' })
  }
  const manager = (): void => {
    if (staff?.isSetUp === true) go('staff')
    else store.dispatch({ type: 'crew', event: { type: 'first-asked', asking: true } })
  }
  const channel = (before: SetupChannel | null): void => {
    if (state) setDialog({ kind: 'channel', before })
  }
  const printer = (before: SetupPrinter | null): void => {
    if (state) setDialog({ kind: 'printer', before })
  }
  useScreenKeys({
    F2: manager,
    F3: place,
    F4: () => channel(null),
  })
  const forms = {
    onClose: () => setDialog(null),
    onSaved: () => {
      setDialog(null)
      setSaid(setup.saved)
      void refetch()
      void crew.read()
    },
  }
  const step = (key: string, label: string, open: () => void) => (
    <button type="button" className="action" onClick={open}>
      <Keycap name={key} />
      {label}
    </button>
  )
  return (
    <main className="setup">
      <SectionHead section="setup" />
      {isError && <p role="alert">{setup.lost}</p>}
      {data === 'broken' && <p role="alert">{setup.fileBroken}</p>}
      <p role="status" className={said === '' ? 'quiet' : ''}>
        {said === '' ? setup.lead : said}
      </p>
      {state && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard.
        <ol className="setup-steps" tabIndex={0} aria-label={words.shell.sections.setup}>
          <DesktopStep />
          <li>
            <h2>{setup.manager}</h2>
            <span>{staff?.isSetUp ? setup.managerIs(staff.people.length) : setup.noManager}</span>
            {step('F2', staff?.isSetUp ? words.shell.sections.staff : setup.manager, manager)}
          </li>
          <li>
            <h2>{setup.place}</h2>
            <span>
              {state.store.name} · {state.store.id} · {words.shell.till(state.till.id)}
            </span>
            {step('F3', setup.place, place)}
          </li>
          <li>
            <h2>{setup.channels}</h2>
            {state.channels.length === 0 && <span>{setup.noChannel}</span>}
            {state.channels.map((each) => (
              <button key={each.id} type="button" className="action" onClick={() => channel(each)}>
                {setup.change(each.id)}
              </button>
            ))}
            {step('F4', setup.add, () => channel(null))}
          </li>
          <li>
            <h2>{setup.printers}</h2>
            {state.printers.length === 0 && <span>{setup.noPrinter}</span>}
            {state.printers.map((each) => (
              <button key={each.label} type="button" className="action" onClick={() => printer(each)}>
                {setup.change(each.label)}
              </button>
            ))}
            <button type="button" className="action" onClick={() => printer(null)}>
              {setup.addPrinter}
            </button>
            <button type="button" className="action" onClick={() => go('printing')}>
              {setup.testPage}
            </button>
          </li>
          <li>
            <h2>{setup.guns}</h2>
            <button type="button" className="action" onClick={() => go('scanners')}>
              {setup.guns}
            </button>
          </li>
        </ol>
      )}
      {state && dialog?.kind === 'place' && <PlaceForm state={state} {...forms} />}
      {state && dialog?.kind === 'printer' && <PrinterForm state={state} before={dialog.before} {...forms} />}
      {state && dialog?.kind === 'channel' && <ChannelForm state={state} before={dialog.before} {...forms} />}
    </main>
  )
}
