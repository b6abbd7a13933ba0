import type { OnCrashPoint } from '../crash-points/crash-points.ts'
import type { LedgerProblem, LedgerReader } from '../ledger/ledger.ts'
import type { PrintLedger } from '../ledger/print-ledger.ts'
import { keepPrinting, type PrintKeeper } from '../runner/print-keeper.ts'
import type { ConfiguredPrinter, DrawerDevice } from '../runner/print-ports.ts'
import type { Settings } from '../settings/settings.ts'
import type { PrintJob } from '../till/print/job.ts'
import type { PrintingRules } from '../till/print/what-to-print.ts'
import { type DocumentRenderer, documentMaker } from './print-documents.ts'
import { systemAlarms, systemClock } from './system-time.ts'

/** A till's printers, in the order of the configuration, and what draws for them. */
export type PrintingEquipment = {
  readonly printers: readonly ConfiguredPrinter[]
  readonly render: DocumentRenderer
  /** The cash drawer at the first printer that has one. */
  readonly drawer?: DrawerDevice | undefined
}

/** What is printed by itself: nothing where no printer would take it. */
export function printingRules({ printing }: Settings, { printers }: PrintingEquipment): PrintingRules {
  return printers.length === 0 ? { ...printing, mode: 'off' } : printing
}

export type PrintingParts = {
  readonly equipment: PrintingEquipment
  readonly ledger: PrintLedger
  readonly reader: LedgerReader
  readonly onJobChange: (job: PrintJob) => void
  readonly onPrinterChange: () => void
  readonly onTrouble: (problem: LedgerProblem | null) => void
  readonly onBug: (error: unknown) => void
  readonly onPoint: OnCrashPoint | undefined
}

/** The till's print jobs on the machine's clocks. */
export function openPrinting({ equipment, reader, ...parts }: PrintingParts): PrintKeeper {
  return keepPrinting({
    ...parts,
    clock: systemClock,
    alarms: systemAlarms,
    printers: equipment.printers,
    documents: documentMaker(reader, equipment.render, systemClock),
  })
}
