import { writeFileSync } from 'node:fs'
import { orderStatesPage } from '../electron/till/order/page.ts'

writeFileSync(new URL('../docs/order-states.md', import.meta.url), orderStatesPage())
