// breach: features-do-not-know-the-surface
export { run } from '../cli/main.ts'
