import type { ReactNode } from 'react'

export type IconName =
  | 'keypad'
  | 'scan'
  | 'sending'
  | 'phone'
  | 'question'
  | 'undo'
  | 'check'
  | 'cross'
  | 'closed'
  | 'returned'
  | 'person'
  | 'plug'
  | 'sliders'
  | 'sound'
  | 'muted'
  | 'backspace'

const shapes: Readonly<Record<IconName, ReactNode>> = {
  keypad: <path d="M5 4h14v16H5zM8 8h8M8.5 12h.01M12 12h.01M15.5 12h.01M8.5 16h.01M12 16h.01M15.5 16h.01" />,
  scan: <path d="M3 8V4h4M17 4h4v4M21 16v4h-4M7 20H3v-4M8 8v8M11 8v8M14 8v8M16.5 8v8" />,
  sending: <path d="M4 12h13M12 6l6 6-6 6M21 5v14" />,
  phone: <path d="M7 2.5h10v19H7zM10.5 18.5h3M9.5 9h5v4.5h-5zM10.5 9V7.8a1.5 1.5 0 0 1 3 0V9" />,
  question: <path d="M8.5 8.7a3.6 3.6 0 1 1 5.3 3.2c-1.2.7-1.8 1.4-1.8 2.8M12 18.5h.01" />,
  undo: <path d="M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3" />,
  check: <path d="m4 12.5 5.5 5.5L20.5 6.5" />,
  cross: <path d="M5.5 5.5l13 13M18.5 5.5l-13 13" />,
  closed: <path d="M12 3a9 9 0 1 0 .01 0M6 18 18 6" />,
  returned: <path d="M3 7h18v11H3zM14.5 12.5H8M10.5 10 8 12.5l2.5 2.5" />,
  person: <path d="M12 4a3.8 3.8 0 1 0 .01 0M4.5 21c.6-4.6 3.3-7 7.5-7s6.9 2.4 7.5 7" />,
  plug: <path d="M8 3v5M16 3v5M5.5 8h13v3a6.5 6.5 0 0 1-13 0zM12 17.5V22M3 21 21 3" />,
  sliders: <path d="M4 7h9M19 7h1M4 17h1M11 17h9M16 4v6M8 14v6" />,
  sound: <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11" />,
  muted: <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9.5l5 5M20.5 9.5l-5 5" />,
  backspace: <path d="M8 5h13v14H8l-6-7zM11.5 9.5l5 5M16.5 9.5l-5 5" />,
}

/** A drawing in the colour of the text around it; words always stand beside it, so it is hidden from readers. */
export function Icon(props: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg className={`icon ${props.className ?? ''}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {shapes[props.name]}
    </svg>
  )
}
