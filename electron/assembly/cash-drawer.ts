import type { Clock } from '../runner/ports.ts'
import type { DrawerDevice, PrinterNow } from '../runner/print-ports.ts'
import type { CashEntry } from '../till/cash/cash.ts'
import type { CashNumber } from '../till/ids.ts'

/** A pulse that comes later than this after its entry surprises whoever stands before the drawer. */
export const drawerPatienceMs = 10_000

/** What became of the wish to open the drawer. Only `opened` is the printer's own word. */
export type DrawerOpening =
  | { readonly kind: 'opened' }
  /** The pulse left, or part of it; the printer said nothing more. */
  | { readonly kind: 'may-be-open' }
  | { readonly kind: 'not-opened'; readonly condition: PrinterNow }
  /** This entry has opened it, or has tried to. */
  | { readonly kind: 'opened-before' }
  | { readonly kind: 'too-late' }
  /** The configuration names no printer with a drawer. */
  | { readonly kind: 'no-drawer' }

/** The till's cash drawer. */
export type CashDrawer = {
  /**
   * Opens it for an entry of cash that is durable: once for each, never by itself, and not for one of a former run. Does
   * not reject; a drawer that stays shut is opened by its key, and changes nothing of the entry.
   */
  open(entry: Pick<CashEntry, 'cashNumber' | 'at'>): Promise<DrawerOpening>
}

/** The drawer at one of the till's printers; null where there is none. */
export function keepCashDrawer(device: DrawerDevice | null, clock: Clock): CashDrawer {
  const opened = new Set<CashNumber>()
  return {
    async open({ cashNumber, at }) {
      if (device === null) return { kind: 'no-drawer' }
      if (opened.has(cashNumber)) return { kind: 'opened-before' }
      if (Math.abs(clock.now().wallMs - at.wallMs) > drawerPatienceMs) return { kind: 'too-late' }
      opened.add(cashNumber)
      const outcome = await device.pulse(AbortSignal.timeout(drawerPatienceMs))
      switch (outcome.kind) {
        case 'printed':
          return { kind: 'opened' }
        case 'unconfirmed':
          return { kind: 'may-be-open' }
        case 'not-sent':
          return { kind: 'not-opened', condition: outcome.condition }
      }
    },
  }
}
