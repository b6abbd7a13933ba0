const shown: Readonly<Record<string, string>> = { Escape: 'Esc' }

/** The key that does what the button does (ux.md 24). */
export function Keycap(props: { readonly name: string }) {
  return <kbd className="keycap">{shown[props.name] ?? props.name}</kbd>
}
