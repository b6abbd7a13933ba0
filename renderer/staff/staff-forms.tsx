import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import type { ManagerProof, PersonView, StaffChangeResult } from '../../electron/api/contract.ts'
import { AskDialog } from '../shell/ask-dialog.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'
import { changeText } from './change-text.ts'
import { emptyPins, PinField, textIn } from './pin-field.tsx'

type FormProps = {
  readonly onClose: () => void
  readonly onDone: (person: PersonView) => void
}

/** A form about one person with a manager's proof at its end. */
function StaffForm(
  props: FormProps & {
    readonly title: string
    readonly who: string
    readonly children: ReactNode
    readonly send: (form: HTMLFormElement, manager: ManagerProof) => Promise<StaffChangeResult | null>
  },
) {
  const words = useWords()
  const own = useApp(({ crew }) => crew.staff?.person ?? null)
  const form = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const { screen, override, signIn } = words.staff

  const submit = async (filled: HTMLFormElement): Promise<void> => {
    const staffNumber = textIn(filled, 'manager')
    if (staffNumber === '') return setProblem(override.managerMissing)
    setBusy(true)
    const result = await props.send(filled, { staffNumber, pin: textIn(filled, 'managerPin') })
    emptyPins(filled)
    setBusy(false)
    if (result === null) return setProblem(signIn.lost)
    if (result.kind !== 'done') return setProblem(changeText(words, result))
    props.onDone(result.person)
  }

  return (
    <AskDialog titleId="staff-form-title" onClose={props.onClose}>
      <form
        ref={form}
        className="desk-form"
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault()
          if (!busy) void submit(event.currentTarget)
        }}
      >
        <h2 id="staff-form-title">{props.title}</h2>
        {props.children}
        <label>
          <span>{props.who}</span>
          <input
            name="manager"
            type="text"
            maxLength={40}
            autoComplete="off"
            defaultValue={own?.role === 'manager' ? own.number : ''}
          />
        </label>
        <PinField name="managerPin" label={words.staff.signIn.pin} />
        <p role="alert" className="desk-problem">
          {problem}
        </p>
        <div className="ask-buttons">
          <button type="button" className="action" onClick={props.onClose}>
            <Keycap name="Escape" />
            {screen.cancel}
          </button>
          <button type="submit" className="action" data-filled disabled={busy}>
            <Keycap name="Enter" />
            {screen.save}
          </button>
        </div>
      </form>
    </AskDialog>
  )
}

const roleIn = (form: HTMLFormElement, name: string): PersonView['role'] =>
  textIn(form, name) === 'manager' ? 'manager' : 'cashier'

/** Adds a person. */
export function AddForm(props: FormProps) {
  const words = useWords()
  const { door } = useTill()
  const { screen, first, roles } = words.staff
  return (
    <StaffForm
      {...props}
      title={screen.add}
      who={screen.managerWord}
      send={async (form, manager) => {
        const answer = await door.call('staff.add', {
          name: textIn(form, 'name'),
          role: roleIn(form, 'role'),
          pin: textIn(form, 'pin'),
          again: textIn(form, 'again'),
          manager,
        })
        return answer.ok ? answer.reply : null
      }}
    >
      <label>
        <span>{screen.name}</span>
        <input name="name" type="text" maxLength={400} autoComplete="off" />
      </label>
      <label>
        <span>{screen.role}</span>
        <select name="role" defaultValue="cashier">
          <option value="cashier">{roles.cashier}</option>
          <option value="manager">{roles.manager}</option>
        </select>
      </label>
      <PinField name="pin" label={first.newPin} />
      <PinField name="again" label={first.again} />
    </StaffForm>
  )
}

/** Renames a person, gives another role, or says that they leave or come back. */
export function ChangeForm(props: FormProps & { readonly person: PersonView }) {
  const words = useWords()
  const { door } = useTill()
  const { person } = props
  const { screen, roles } = words.staff
  const otherRole = person.role === 'manager' ? 'cashier' : 'manager'
  const [what, setWhat] = useState('renamed')
  return (
    <StaffForm
      {...props}
      title={`${screen.change}: ${person.number} ${person.name}`}
      who={screen.managerWord}
      send={async (form, manager) => {
        const change =
          what === 'renamed'
            ? ({ type: 'renamed', name: textIn(form, 'name') } as const)
            : what === 'role-changed'
              ? ({ type: 'role-changed', role: otherRole } as const)
              : ({ type: person.status === 'active' ? 'left' : 'returned' } as const)
        const answer = await door.call('staff.change', { number: person.number, change, manager })
        return answer.ok ? answer.reply : null
      }}
    >
      <label>
        <span>{screen.whatChanges}</span>
        <select name="what" value={what} onChange={(event) => setWhat(event.currentTarget.value)}>
          <option value="renamed">{screen.newName}</option>
          <option value="role-changed">
            {screen.role}: {roles[otherRole]}
          </option>
          <option value="status">{person.status === 'active' ? screen.leaves : screen.returns}</option>
        </select>
      </label>
      {what === 'renamed' && (
        <label>
          <span>{screen.newName}</span>
          <input name="name" type="text" maxLength={400} autoComplete="off" defaultValue={person.name} />
        </label>
      )}
    </StaffForm>
  )
}

/** Another PIN for a person: by a manager, or by the person who knows the present one. */
export function PinForm(props: FormProps & { readonly person: PersonView }) {
  const words = useWords()
  const { door } = useTill()
  const { person } = props
  const { screen, first } = words.staff
  return (
    <StaffForm
      {...props}
      title={`${screen.pin}: ${person.number} ${person.name}`}
      who={screen.ownOrManager}
      send={async (form, proof) => {
        const answer = await door.call('staff.set-pin', {
          number: person.number,
          pin: textIn(form, 'pin'),
          again: textIn(form, 'again'),
          proof,
        })
        return answer.ok ? answer.reply : null
      }}
    >
      <PinField name="pin" label={first.newPin} />
      <PinField name="again" label={first.again} />
    </StaffForm>
  )
}
