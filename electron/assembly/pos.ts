import { join } from 'node:path'
import type { PosTrouble, PosView } from '../api/contract.ts'
import type { TillService } from '../hosts/service.ts'
import { CollectionStoreTrouble, openCollectionStore } from '../pos/collection-store.ts'
import { createCollections } from '../pos/collections.ts'
import type { CollectionScanOutcome, CounterScan, PosTill } from '../pos/ports.ts'
import { type PosServer, startPosServer } from '../pos/server.ts'
import { wroteWholeFile } from '../receipts/whole-file.ts'
import type { SaleId } from '../till/ids.ts'
import { needForRefund } from '../till/refund/allowance.ts'
import type { AssembledTill } from './assemble.ts'
import { placeOfError } from './place-of-error.ts'
import { systemClock } from './system-time.ts'
import { version } from './version.ts'

/** The shop's own POS as the rest of the till sees it. */
export type PosDesk = {
  /** Takes a scan at the counter, of whatever sale. */
  take(scan: CounterScan): Promise<CollectionScanOutcome>
  refuse(reference: string): Promise<boolean>
  view(): PosView
  /** Where the interface listens; null where it does not. */
  readonly url: string | null
}

/** Where the interface hears of orders, and tells the counter. */
export type PosNews = {
  readonly on: TillService['on']
  readonly tell: (name: 'pos.changed', view: PosView) => void
}

/** A till without the interface. */
export function withoutPos({ runner }: Pick<AssembledTill, 'runner'>, because?: PosTrouble): PosDesk {
  return {
    take: (scan) => runner.take(scan),
    refuse: async () => false,
    view: () => (because === undefined ? { kind: 'off' } : { kind: 'trouble', because }),
    url: null,
  }
}

/** The till's own calls as the interface needs them: the same rules as at the counter. */
function posTill({ ledger, reader, runner, settings, signIn, staff }: AssembledTill): PosTill {
  return {
    ledger,
    reader,
    runner,
    amountLimitFen: settings.amountLimitFen,
    isTraining: settings.mode === 'training',
    isLocked: () => signIn.isLocked(),
    refundPolicyOf: ({ channel }) => settings.policies[channel]?.refundPolicy,
    async permitRefund(refunds, amountFen) {
      const people = await staff.people()
      if (!people.ok) return { kind: 'ledger-trouble', problem: people.problem }
      if (people.value.length === 0 || settings.pos?.refunds === 'any') return { kind: 'allowed' }
      const need = needForRefund('cashier', refunds, amountFen, settings.staff.limits)
      return { kind: need.kind === 'nothing' ? 'allowed' : 'manager-needed' }
    },
    now: () => systemClock.now(),
  }
}

/** Where a POS on this machine reads the address, whose port may be another one at each start. */
export const addressFileName = 'pos.json'

/**
 * Opens the interface where the configuration wants it. A port that is taken or a broken file never keeps the till from
 * opening: it collects by hand, and says what is wrong.
 */
export async function openPosDesk(till: AssembledTill, news: PosNews): Promise<PosDesk> {
  const { settings, dataDirectory } = till
  const { pos } = settings
  if (pos === null) return withoutPos(till)
  try {
    const store = openCollectionStore(dataDirectory, settings.mode)
    const view = (): PosView => {
      try {
        return { kind: 'on', waiting: collections.waiting() }
      } catch (error) {
        if (error instanceof CollectionStoreTrouble) return { kind: 'trouble', because: 'disk' }
        throw error
      }
    }
    let server: PosServer | null = null
    const collections = createCollections(posTill(till), store, (saleId) => {
      server?.changed(saleId)
      news.tell('pos.changed', view())
    })
    await collections.resume()
    const started = await startPosServer({
      collections,
      token: pos.token,
      port: pos.port,
      language: settings.language,
      health: () => ({
        ready: till.trouble() === null,
        training: settings.mode === 'training',
        locked: till.signIn.isLocked(),
        store: settings.store.id,
        till: settings.till.id,
        version,
      }),
      onBug: (error) =>
        void process.stderr.write(`The POS interface survived an error in the program (${placeOfError(error)}).\n`),
    })
    server = started
    const deaf = news.on('order.changed', ({ saleId }) => started.changed(saleId as SaleId))
    till.reconciliation.onClose(async () => {
      deaf()
      await started.close()
      store.close()
    })
    await wroteWholeFile(join(dataDirectory, addressFileName), `${JSON.stringify({ url: started.url })}\n`)
    return { take: collections.take, refuse: collections.refuse, view, url: started.url }
  } catch (error) {
    const because = troubleOf(error)
    if (because === null) throw error
    process.stderr.write(`The POS interface did not start (${because}); the till works without it.\n`)
    return withoutPos(till, because)
  }
}

function troubleOf(error: unknown): PosTrouble | null {
  if (error instanceof CollectionStoreTrouble) return 'disk'
  const code = error instanceof Error && 'code' in error ? String(error.code) : null
  if (code === 'EADDRINUSE') return 'port-in-use'
  return code === null ? null : 'network'
}
