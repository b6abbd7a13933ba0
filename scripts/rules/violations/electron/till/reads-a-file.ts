// breach: till-imports-itself-only
export { readFileSync } from 'node:fs'
