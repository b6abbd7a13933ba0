import { type RefObject, useEffect } from 'react'
import { Keycap } from '../shell/keycap.tsx'
import { useTill } from '../shell/till-context.tsx'
import { useWords } from '../wording/words.tsx'

/** Where a code is typed by hand. The field keeps its own text, masked; nothing of it enters the state (I11). */
export function CodeField(props: { readonly field: RefObject<HTMLInputElement | null>; readonly open: boolean }) {
  const words = useWords()
  const { store } = useTill()
  const { field, open } = props
  useEffect(() => {
    if (open) field.current?.focus()
    else field.current?.blur()
  }, [open, field])
  const byHand = (isOpen: boolean): void =>
    store.dispatch({ type: 'counter', event: { type: 'by-hand', open: isOpen } })
  return (
    <div className="code-field">
      <label htmlFor="typed-code">
        {words.counter.codeField} <Keycap name="F3" />
      </label>
      <input
        id="typed-code"
        ref={field}
        type="password"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={64}
        onFocus={() => byHand(true)}
      />
      <p>{words.counter.codeHint}</p>
    </div>
  )
}
