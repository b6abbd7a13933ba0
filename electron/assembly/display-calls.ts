import bwip from 'bwip-js/node'
import type { Calls } from '../api/contract.ts'
import type { DisplayCalls } from '../api/display-views.ts'
import type { OrderNumber } from '../till/ids.ts'
import { documentOfOrder } from '../till/print/what-to-print.ts'
import type { AssembledTill } from './assemble.ts'

type DisplayHandlers = {
  readonly [Name in keyof DisplayCalls]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']>
}

/** The contract's calls for the customer display. */
export function displayCalls({ reader, receipts }: Pick<AssembledTill, 'reader' | 'receipts'>): DisplayHandlers {
  return {
    'display.receipt': async ({ orderNumber }) => {
      const order = await reader.order(orderNumber as OrderNumber)
      if (!order.ok || order.value === null || documentOfOrder(order.value)?.kind !== 'sale') return { kind: 'none' }
      const text = await receipts.signedSale(order.value)
      if (text === null) return { kind: 'none' }
      // The drawer's own level is M, as on paper. Padding counts half modules: four of white (ISO/IEC 18004).
      const qrSvg = bwip.toSVG({ bcid: 'qrcode', text, padding: 8, backgroundcolor: 'FFFFFF' })
      return { kind: 'shown', qrSvg }
    },
  }
}
