import type { KeyboardEvent } from 'react'

/** Up and down lead from row to row of a table, by the button in each. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('tbody button')]
  const at = rows.findIndex((row) => row.matches(':focus'))
  const next = event.key === 'ArrowDown' ? Math.min(at + 1, rows.length - 1) : Math.max(at - 1, 0)
  rows[next]?.focus()
  event.preventDefault()
}
