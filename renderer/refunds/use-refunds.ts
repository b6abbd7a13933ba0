import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { OrderRefunds } from '../../electron/api/contract.ts'
import { useApp, useTill } from '../shell/till-context.tsx'

/** The refunds of an order, read anew whenever one of them or the order changes; undefined while nobody knows. */
export function useRefunds(orderNumber: string): {
  readonly data: OrderRefunds | null | undefined
  readonly isError: boolean
} {
  const { door } = useTill()
  const revision = useApp(({ till }) => till.revision)
  const [changes, setChanges] = useState(0)
  useEffect(
    () =>
      door.on('refund.changed', (refund) => {
        if (refund.orderNumber === orderNumber) setChanges((count) => count + 1)
      }),
    [door, orderNumber],
  )
  const { data, isError } = useQuery({
    queryKey: ['refunds', orderNumber, revision, changes],
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const answer = await door.call('refund.list', { orderNumber })
      if (!answer.ok) throw new Error(answer.refusal.code)
      return answer.reply
    },
  })
  return { data, isError }
}
