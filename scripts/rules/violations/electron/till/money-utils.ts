// breach: name-says-nothing
export const zero = 0
