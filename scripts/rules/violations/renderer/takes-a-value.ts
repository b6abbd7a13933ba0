// breach: renderer-takes-types-only
export { answer } from '../electron/api/contract.ts'
