import type { Readiness } from './api/contract.ts'
import type { AssembledTill, OpeningProblem } from './assembly/assemble.ts'
import { assembleTill } from './assembly/assemble.ts'
import {
  logFolderIn,
  openDiagnosticLog,
  readinessEntries,
  sealEntries,
  updateEntry,
} from './assembly/diagnostic-log.ts'
import { orderView } from './assembly/order-view.ts'
import { openPosDesk } from './assembly/pos.ts'
import { printingView } from './assembly/print-view.ts'
import { openingProblemSentence, openingTrouble } from './assembly/problem-sentence.ts'
import { reconcileNews } from './assembly/reconcile-calls.ts'
import { refundView } from './assembly/refund-view.ts'
import { openScanGuns } from './assembly/scan-guns.ts'
import { createAnnouncer, createTillService, owedBy, readinessOf, tellStaff } from './assembly/service.ts'
import { systemClock } from './assembly/system-time.ts'
import { version } from './assembly/version.ts'
import type { OpenedTill, OpenTillOptions } from './hosts/service.ts'
import { settleDesktopKey } from './settings/sealed/settle-desktop-key.ts'

/** Opens the till for a window: everything that a former run left open is taken up at once. */
export async function openTill(options: OpenTillOptions): Promise<OpenedTill> {
  const announcer = createAnnouncer()
  let opened: AssembledTill | null = null
  const log = openDiagnosticLog({
    folder: logFolderIn(options.dataDirectory),
    wallMs: () => systemClock.now().wallMs,
  })
  const refused = (problem: OpeningProblem): OpenedTill => {
    const { sentence, exitCode } = openingProblemSentence(problem)
    // A folder that another till holds is that till's, its log too.
    const isAnothers = problem.kind === 'ledger' && problem.problem.kind === 'in-use'
    if (!isAnothers) log.note({ event: 'refused', kind: problem.kind, sentence })
    return { ok: false, problem: sentence, exitCode, trouble: openingTrouble(problem) }
  }
  let readinessNoted: Readiness | null = null
  let owedTold = 0
  const tellReadiness = (): void => {
    if (!opened) return
    const readiness = readinessOf(opened)
    owedTold = readiness.owed.count
    for (const entry of readinessEntries(readinessNoted, readiness)) log.note(entry)
    readinessNoted = readiness
    announcer.tell('readiness.changed', readiness)
  }
  const tellPrinting = (): void => {
    if (opened) announcer.tell('print.changed', printingView(opened))
  }
  const assembly = await assembleTill(
    {
      dataDirectory: options.dataDirectory,
      configFile: options.configFile,
      environment: process.env,
      openUpdater: options.desktop?.openUpdater,
      desktopKeys: options.desktop?.keys,
    },
    {
      onChange: (order) => {
        announcer.tell('order.changed', orderView(order, systemClock.now()))
        if (opened && owedBy(opened).count !== owedTold) tellReadiness()
      },
      onReadiness: tellReadiness,
      onRefundChange: (refund) => announcer.tell('refund.changed', refundView(refund)),
      onPrintJobChange: tellPrinting,
      onPrinterChange: tellPrinting,
      onStaffChange: () => {
        if (opened) tellStaff(opened, announcer)
      },
      onUpdate: (news) => {
        log.note(updateEntry(news))
        tellReadiness()
      },
      onReconcileChange: () => {
        if (opened) announcer.tell('reconcile.changed', reconcileNews(opened.reconciliation.keeper))
      },
    },
  )
  if (!assembly.ok) {
    return refused(assembly.problem)
  }
  opened = assembly.till
  const { mode } = opened.settings
  log.note({ event: 'opened', version, node: process.versions.node, platform: process.platform, mode })
  if (options.desktop) {
    const settled = await settleDesktopKey({
      dataDirectory: options.dataDirectory,
      environment: process.env,
      keys: options.desktop.keys,
      keeper: opened.settings.secretsKey,
    })
    for (const entry of sealEntries(settled)) log.note(entry)
  }
  const resumed = await opened.runner.resume()
  if ('problem' in resumed) {
    await opened.close()
    return refused({ kind: 'ledger', problem: resumed.problem })
  }
  const unprinted = await opened.printing.resume()
  if (unprinted !== null) {
    await opened.close()
    return refused({ kind: 'ledger', problem: unprinted })
  }
  opened.printing.watch()
  // From now on, so that the line's word is there before the first customer, and not after.
  opened.lines.start()
  opened.backups.start()
  opened.updates.start()
  if (opened.settings.kiosk) options.desktop?.enterKiosk()
  void opened.reconciliation.keeper.start()
  const guns = openScanGuns({
    settings: opened.settings.scanners,
    onArrived: (arrived) => announcer.tell('scan.arrived', arrived),
    onScanners: (scanners) => announcer.tell('scanners.changed', scanners),
    ...(options.startDeviceProcess ? { start: options.startDeviceProcess } : {}),
  })
  // Behind the runner's resume: the POS asks about orders that a former run left open.
  const pos = await openPosDesk(opened, announcer)
  const service = createTillService(opened, options.host, announcer, guns, pos, options.desktop ?? null)
  return { ok: true, service }
}
