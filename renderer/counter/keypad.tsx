import type { AmountKey } from '../money/amount-entry.ts'
import { Icon } from '../shell/icons.tsx'
import { useTill } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'

const keys: readonly AmountKey[] = ['7', '8', '9', 'backspace', '4', '5', '6', 'clear', '1', '2', '3', '00', '0', '.']

/** The amount's keys on screen. */
export function Keypad() {
  const words = useWords()
  const { store } = useTill()
  const press = (key: AmountKey): void => store.dispatch({ type: 'counter', event: { type: 'amount-key', key } })
  return (
    <fieldset className="keypad">
      <legend className="sr-only">{words.counter.keypad}</legend>
      {keys.map((key) => (
        <button key={key} type="button" data-key={key} onClick={() => press(key)}>
          {key === 'backspace' && <Icon name="backspace" />}
          {key === 'backspace' && <span className="sr-only">{words.counter.backspace}</span>}
          {key === 'clear' ? words.counter.clear : key === 'backspace' ? null : key}
        </button>
      ))}
    </fieldset>
  )
}
