// breach: no-dead-files
export const tested = 1
