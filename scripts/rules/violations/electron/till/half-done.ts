// breach: unfinished
// TODO: round
export const half = 0.5
