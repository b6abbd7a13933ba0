import { writeFileSync } from 'node:fs'
import { orderStatesPage } from '../electron/till/order/page.ts'
import { refundStatesPage } from '../electron/till/refund/page.ts'

writeFileSync(new URL('../docs/order-states.md', import.meta.url), orderStatesPage())
writeFileSync(new URL('../docs/refund-states.md', import.meta.url), refundStatesPage())
