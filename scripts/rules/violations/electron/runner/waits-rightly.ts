type Timers = { readonly setTimeout: (act: () => void, ms: number) => void }
export const later = (timers: Timers, act: () => void) => timers.setTimeout(act, 5)
export const day = (wallMs: number) => new Date(wallMs)
