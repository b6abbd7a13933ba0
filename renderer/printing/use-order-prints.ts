import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { PrintJobView, PrintRequestResult, ReceiptSaved, ReceiptShown } from '../../electron/api/contract.ts'
import { useApp, useTill } from '../shell/till-context.tsx'
import { pngOfSvg } from './svg-picture.ts'

/** What the last act on an order's papers came to; `lost`: no answer came, so that nobody knows. */
export type PaperAct =
  | { readonly kind: 'none' | 'working' | 'lost' }
  | { readonly kind: 'asked'; readonly result: PrintRequestResult }
  | { readonly kind: 'kept'; readonly result: ReceiptSaved }

export type OrderPrints = {
  readonly jobs: readonly PrintJobView[]
  /** The paper as it would be printed now; null until the till has answered. */
  readonly shown: ReceiptShown | null
  readonly act: PaperAct
  /** Prints the order's paper, or a refund's: the original, or a further copy (补打). */
  readonly print: (refundNumber?: string) => void
  /** Keeps the paper as a picture in the data folder. */
  readonly save: () => void
}

/** The papers of an order, followed as they print; one act at a time. */
export function useOrderPrints(orderNumber: string): OrderPrints {
  const { door } = useTill()
  const revision = useApp(({ printing }) => printing.revision)
  const orderRevision = useApp(({ till }) => till.revision)
  const [act, setAct] = useState<PaperAct>({ kind: 'none' })
  const isBusy = useRef(false)
  const { data: jobs = [] } = useQuery({
    queryKey: ['prints', orderNumber, revision],
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const answer = await door.call('print.jobs-of-order', { orderNumber })
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
  })
  const { data: shown = null } = useQuery({
    queryKey: ['receipt', orderNumber, orderRevision],
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const answer = await door.call('receipt.show', { orderNumber, refundNumber: null })
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
  })
  const alone = (work: () => Promise<PaperAct>): void => {
    if (isBusy.current) return
    isBusy.current = true
    setAct({ kind: 'working' })
    void work()
      .catch((): PaperAct => ({ kind: 'lost' }))
      .then((done) => {
        isBusy.current = false
        setAct(done)
      })
  }
  return {
    jobs,
    shown,
    act,
    print: (refundNumber) =>
      alone(async () => {
        const answer = await door.call('print.receipt', { orderNumber, refundNumber: refundNumber ?? null })
        return answer.ok ? { kind: 'asked', result: answer.reply } : { kind: 'lost' }
      }),
    save: () =>
      alone(async () => {
        const fresh = await door.call('receipt.show', { orderNumber, refundNumber: null })
        if (!fresh.ok) return { kind: 'lost' }
        if (fresh.reply.kind !== 'shown') return { kind: 'kept', result: fresh.reply }
        const png = await pngOfSvg(fresh.reply.svg)
        const answer = await door.call('receipt.save', { orderNumber, refundNumber: null, png })
        return answer.ok ? { kind: 'kept', result: answer.reply } : { kind: 'lost' }
      }),
  }
}
