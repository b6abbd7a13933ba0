// breach: no-clock-no-chance
export const printed = () => Date()
