// breach: renderer-imports-screens-only
export { readFileSync } from 'node:fs'
