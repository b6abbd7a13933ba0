// breach: no-clock-no-chance
export const today = () => new Date()
