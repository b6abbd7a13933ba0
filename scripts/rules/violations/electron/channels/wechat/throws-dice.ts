// breach: no-clock-no-chance
export const nonce = () => Math.random()
