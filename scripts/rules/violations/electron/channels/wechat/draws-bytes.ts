// breach: no-clock-no-chance
import { randomBytes } from 'node:crypto'
export const nonce = () => randomBytes(16)
