import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { yuanText } from '../money/yuan.ts'
import { Keycap } from '../shell/keycap.tsx'
import { SectionHead } from '../shell/section-head.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useScreenKeys } from '../shell/use-screen-keys.ts'
import { useWords } from '../wording/words.tsx'
import { AddForm, ChangeForm, PinForm } from './staff-forms.tsx'

/** The section for staff: who works here, what each may do, and the changes that a manager makes. */
export function StaffScreen() {
  const words = useWords()
  const { store, door, crew } = useTill()
  const told = useApp((app) => app.crew.staff)
  const [chosenNumber, setChosen] = useState<number | null>(null)
  const [dialog, setDialog] = useState<'add' | 'change' | 'pin' | null>(null)
  const [said, setSaid] = useState('')
  const { data, refetch, isError } = useQuery({
    queryKey: ['staff', told],
    queryFn: async () => {
      const answer = await door.call('staff.list', null)
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
  })
  const { screen, roles, acts, rights } = words.staff
  const people = data?.people ?? []
  const chosen = people.find(({ number }) => number === chosenNumber) ?? people[0]
  const move = (by: 1 | -1): void => {
    const next = chosen && people[people.indexOf(chosen) + by]
    if (next) setChosen(next.number)
  }
  const add = (): void => {
    if (told?.isSetUp === true) setDialog('add')
    else store.dispatch({ type: 'crew', event: { type: 'first-asked', asking: true } })
  }
  const open = (wanted: 'change' | 'pin'): void => {
    if (chosen) setDialog(wanted)
  }
  useScreenKeys({
    F2: add,
    F3: () => open('change'),
    F4: () => open('pin'),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
  })
  const forms = {
    onClose: () => setDialog(null),
    onDone: ({ name }: { readonly name: string }) => {
      setDialog(null)
      setSaid(screen.done(name))
      void refetch()
      void crew.read()
    },
  }
  return (
    <main className="crew">
      <SectionHead section="staff" />
      {isError && <p role="alert">{words.staff.signIn.lost}</p>}
      <p role="status" className={said === '' ? 'quiet' : ''}>
        {said !== '' ? said : people.length === 0 ? screen.noStaff : screen.choose}
      </p>
      <div className="crew-panes">
        <section className="crew-side" aria-labelledby="staff-people">
          <h2 id="staff-people">{screen.people}</h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard. */}
          <ul className="crew-list" aria-labelledby="staff-people" tabIndex={0}>
            {people.map((person) => (
              <li key={person.number}>
                <button
                  type="button"
                  aria-current={person.number === chosen?.number ? 'true' : undefined}
                  onClick={() => setChosen(person.number)}
                >
                  <b className="figures">{person.number}</b> {person.name}{' '}
                  <span className="quiet">
                    {roles[person.role]}
                    {person.status === 'left' && ` · ${screen.left}`}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <div className="crew-actions">
            <button type="button" className="action" onClick={add}>
              <Keycap name="F2" />
              {screen.add}
            </button>
            <button type="button" className="action" disabled={!chosen} onClick={() => open('change')}>
              <Keycap name="F3" />
              {screen.change}
            </button>
            <button type="button" className="action" disabled={!chosen} onClick={() => open('pin')}>
              <Keycap name="F4" />
              {screen.pin}
            </button>
          </div>
        </section>
        {data && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard.
          <section className="crew-detail" tabIndex={0} aria-labelledby="staff-rights">
            <h2 id="staff-rights">{screen.rights}</h2>
            <p className="figures quiet">
              {screen.intro(
                yuanText(data.limits['refund-order']),
                yuanText(data.limits['return-cash']),
                yuanText(data.limits['accept-difference']),
              )}
            </p>
            <table className="crew-table">
              <thead>
                <tr>
                  <th scope="col">{screen.act}</th>
                  <th scope="col">{roles.cashier}</th>
                  <th scope="col">{roles.manager}</th>
                </tr>
              </thead>
              <tbody>
                {data.rights.map(({ act, cashier, manager }) => (
                  <tr key={act}>
                    <th scope="row">{acts[act]}</th>
                    <td>{rights[cashier]}</td>
                    <td>{rights[manager]}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
      {dialog === 'add' && <AddForm {...forms} />}
      {dialog === 'change' && chosen && <ChangeForm {...forms} person={chosen} />}
      {dialog === 'pin' && chosen && <PinForm {...forms} person={chosen} />}
    </main>
  )
}
