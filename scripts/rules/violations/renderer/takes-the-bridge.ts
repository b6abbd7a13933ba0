// breach: bridge-by-the-back-door
export const other = window.bridge
