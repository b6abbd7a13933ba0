import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Icon } from '../shell/icons.tsx'
import { Keycap } from '../shell/keycap.tsx'
import { useApp, useTill } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'
import { emptyPins, textIn } from './pin-field.tsx'
import { refusalText } from './refusal-text.ts'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 'backspace'] as const
/** More names than this do not fit beside the pad; their numbers are typed. */
const namesShown = 6

/** Number and PIN, by keys, pad, or a touch on one's name; what is wrong is said in words. */
export function SignInPanel() {
  const words = useWords()
  const { crew: acts } = useTill()
  const people = useApp(({ crew }) => crew.staff?.people ?? [])
  const form = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const { signIn } = words.staff
  const field = (name: 'number' | 'pin'): HTMLInputElement | null =>
    form.current?.querySelector<HTMLInputElement>(`input[name="${name}"]`) ?? null

  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>('input[name="number"]')?.focus()
  }, [])

  const submit = async (filled: HTMLFormElement): Promise<void> => {
    const number = Number(textIn(filled, 'number'))
    const pin = textIn(filled, 'pin')
    if (!Number.isInteger(number) || number < 1 || number > 9_999) {
      setProblem(signIn.missing)
      return field('number')?.focus()
    }
    if (pin === '') {
      setProblem('')
      return field('pin')?.focus()
    }
    setBusy(true)
    setProblem('')
    const refusal = await acts.signIn(number, pin)
    emptyPins(filled)
    setBusy(false)
    if (refusal === null) return
    setProblem(refusal === 'lost' ? signIn.lost : refusalText(words, refusal, Date.now()))
    field('pin')?.focus()
  }

  const press = (key: (typeof digits)[number]): void => {
    const at = field(document.activeElement === field('number') ? 'number' : 'pin')
    if (at === null) return
    at.value = key === 'backspace' ? at.value.slice(0, -1) : (at.value + key).slice(0, at.maxLength)
    at.focus()
  }

  return (
    <form
      ref={form}
      className="sign-in"
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault()
        if (!busy) void submit(event.currentTarget)
      }}
    >
      <div className="sign-in-fields">
        <label>
          <span>{signIn.number}</span>
          <input name="number" type="text" className="figures" inputMode="numeric" maxLength={4} autoComplete="off" />
        </label>
        <label>
          <span>{signIn.pin}</span>
          <input
            name="pin"
            type="password"
            className="figures"
            inputMode="numeric"
            maxLength={6}
            autoComplete="off"
            data-pin
          />
        </label>
      </div>
      <p role="alert" className="desk-problem">
        {problem}
      </p>
      {people.length <= namesShown && (
        <ul className="sign-in-people" aria-label={signIn.people}>
          {people.map(({ number, name }) => (
            <li key={number}>
              <button
                type="button"
                className="tab"
                onClick={() => {
                  const at = field('number')
                  if (at) at.value = String(number)
                  field('pin')?.focus()
                }}
              >
                <b className="figures">{number}</b> {name}
              </button>
            </li>
          ))}
        </ul>
      )}
      <fieldset className="pin-pad">
        <legend className="sr-only">{signIn.keypad}</legend>
        {digits.map((key) => (
          <button key={key} type="button" data-key={key} onClick={() => press(key)}>
            {key === 'backspace' ? <Icon name="backspace" /> : key}
            {key === 'backspace' && <span className="sr-only">{words.counter.backspace}</span>}
          </button>
        ))}
      </fieldset>
      <button type="submit" className="action" data-filled disabled={busy}>
        <Keycap name="Enter" />
        {busy ? signIn.busy : signIn.confirm}
      </button>
    </form>
  )
}
