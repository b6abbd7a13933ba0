// breach: name-says-nothing
export const part = 0
