// breach: no-clock-no-chance
export const later = (act: () => void) => setTimeout(act, 5)
