// breach: one-machine-only
export const folder = '/work/main'
