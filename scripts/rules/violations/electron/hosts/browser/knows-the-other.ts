// breach: hosts-are-strangers
export { shell } from '../electron/shell.ts'
