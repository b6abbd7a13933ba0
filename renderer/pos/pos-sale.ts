import type { PosCollectionView } from '../../electron/api/contract.ts'

/** What the POS wants collected, as the counter needs it. */
export type PosSale = Pick<PosCollectionView, 'reference' | 'subject' | 'cashier'>

/** Whether an order is of a collection; the main side names the sales of collections so (electron/pos/names.ts). */
export const isOfPos = (saleId: string): boolean => saleId.startsWith('pos-')
