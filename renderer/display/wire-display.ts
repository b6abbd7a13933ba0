import type { Door } from '../bridge.ts'
import type { AppState, AppStore } from '../till/store.ts'
import { type CustomerSight, customerSight, restingSight } from './customer-view.ts'
import type { DisplayMessage } from './shown.ts'

type Receipt = { readonly orderNumber: string; readonly qrSvg: string | null }

/** The counter's side of the display: what was said last, and the receipt of the order at the counter. */
export type DisplayTeller = {
  /** Says what the customer sees now. Says nothing where the counter does not know: silence tells the display. */
  readonly tell: () => void
}

/** Tells the customer's display each change of the counter. `say` is the link's way out. */
export function createDisplayTeller(
  door: Pick<Door, 'call'>,
  store: AppStore,
  say: (message: DisplayMessage) => void,
): DisplayTeller {
  let sight: CustomerSight = restingSight
  let receipt: Receipt | null = null

  const tell = (): void => {
    const app = store.getState()
    const { snapshot, connection } = app.till
    if (snapshot === null || connection !== 'live') return
    const qr = receipt !== null && receipt.orderNumber === shownNumber(app) ? receipt.qrSvg : null
    sight = customerSight(app, sight, qr)
    wantReceipt(snapshot.customerDisplay.hasReceiptCode)
    const { language } = snapshot.customerDisplay
    say({ view: sight.view, storeName: snapshot.store.name, language, isTraining: snapshot.mode === 'training' })
  }

  /** Fetches the code of a receipt once; where none comes, the display does without. */
  const wantReceipt = (hasReceiptCode: boolean): void => {
    const { view, orderNumber } = sight
    if (!hasReceiptCode || view.kind !== 'paid' || orderNumber === null) return
    if (receipt?.orderNumber === orderNumber) return
    receipt = { orderNumber, qrSvg: null }
    void door.call('display.receipt', { orderNumber }).then((answer) => {
      if (!answer.ok || answer.reply.kind !== 'shown' || receipt?.orderNumber !== orderNumber) return
      receipt = { orderNumber, qrSvg: answer.reply.qrSvg }
      tell()
    })
  }

  store.subscribe((after, before) => {
    if (after.counter !== before.counter || after.till !== before.till) tell()
  })
  return { tell }
}

const shownNumber = ({ counter }: AppState): string | null =>
  counter.step.kind === 'order' ? counter.step.orderNumber : null
