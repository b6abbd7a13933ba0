// breach: no-dead-files
export const dead = 1
