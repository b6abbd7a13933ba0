export const harmless = 1
export type Harmless = number
