import { writeFileSync } from 'node:fs'
import { channelsPage } from '../electron/channels/page.ts'
import { orderStatesPage } from '../electron/till/order/page.ts'
import { printStatesPage } from '../electron/till/print/page.ts'
import { refundStatesPage } from '../electron/till/refund/page.ts'
import { shiftStatesPage } from '../electron/till/shift/page.ts'
import { rightsPage } from '../electron/till/staff/page.ts'

writeFileSync(new URL('../docs/order-states.md', import.meta.url), orderStatesPage())
writeFileSync(new URL('../docs/refund-states.md', import.meta.url), refundStatesPage())
writeFileSync(new URL('../docs/shift-states.md', import.meta.url), shiftStatesPage())
writeFileSync(new URL('../docs/rights.md', import.meta.url), rightsPage())
writeFileSync(new URL('../docs/print-states.md', import.meta.url), printStatesPage())
writeFileSync(new URL('../docs/channels.md', import.meta.url), channelsPage())
