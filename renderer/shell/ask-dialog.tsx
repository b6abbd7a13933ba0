import { type ReactNode, useEffect, useRef } from 'react'

/** A question over the screen: holds the focus and the keys; Esc answers no and leaves everything as it is. */
export function AskDialog(props: {
  readonly titleId: string
  readonly danger?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const { titleId, danger = false, onClose } = props
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className="ask desk-ask"
      data-danger={danger}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      {props.children}
    </dialog>
  )
}
