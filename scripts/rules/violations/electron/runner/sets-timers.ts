// breach: runner-sees-ports-only no-clock-no-chance
export { setTimeout as later } from 'node:timers/promises'
