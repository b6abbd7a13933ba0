/** A field for a PIN; its value is read once, given to the bridge, and emptied (I11). */
export function PinField(props: { readonly name: string; readonly label: string }) {
  return (
    <label>
      <span>{props.label}</span>
      <input
        name={props.name}
        type="password"
        className="figures"
        inputMode="numeric"
        maxLength={6}
        autoComplete="off"
        data-pin
      />
    </label>
  )
}

/** What was typed into a form's field, without the blanks around it. */
export function textIn(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value.trim() : ''
}

/** Empties every PIN of a form: none stays in the page, whether it was right or wrong. */
export function emptyPins(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLInputElement>('input[data-pin]')) field.value = ''
}
