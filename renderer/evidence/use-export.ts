import { useRef, useState } from 'react'
import type { EvidenceResult } from '../../electron/api/contract.ts'
import { useTill } from '../shell/till-context.tsx'

/** How far the export of an order's proof has come; `lost`: no answer came, so that nobody knows. */
export type ExportState =
  | EvidenceResult
  | { readonly kind: 'none' }
  | { readonly kind: 'writing' }
  | { readonly kind: 'lost' }

/** Writes an order's proof of closure, one at a time. */
export function useExport(orderNumber: string): { readonly state: ExportState; readonly write: () => void } {
  const { door } = useTill()
  const [state, setState] = useState<ExportState>({ kind: 'none' })
  const isWriting = useRef(false)
  const write = async (): Promise<void> => {
    if (isWriting.current) return
    isWriting.current = true
    setState({ kind: 'writing' })
    const answer = await door.call('evidence.export', { orderNumber })
    isWriting.current = false
    setState(answer.ok ? answer.reply : { kind: 'lost' })
  }
  return { state, write: () => void write() }
}
