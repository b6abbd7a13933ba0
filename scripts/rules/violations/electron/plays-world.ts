// breach: no-simulation-in-production
export { world } from './simulation/main.ts'
