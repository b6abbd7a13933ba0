import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Channel } from '../channels/channel.ts'
import type { ChannelDefinition } from '../channels/definition.ts'
import { isCrashRequest, type OnCrashPoint } from '../crash-points/crash-points.ts'
import { type CrashAt, crashSwitch } from '../crash-points/crash-switch.ts'
import { type BackupKeeper, keepBackups } from '../ledger/backup/backup-keeper.ts'
import type { LedgerProblem, LedgerReader, TillLedger } from '../ledger/ledger.ts'
import { ledgerReaderOnDemand, openLedger } from '../ledger/open-ledger.ts'
import { clearDroppedFiles } from '../reconcile/dropped-files.ts'
import {
  type ReconcileOutcome,
  type ReconcileWanted,
  type ReconcilingTill,
  reconcileDay,
} from '../reconcile/reconcile.ts'
import { keepReconciled, type ReconcileKeeper } from '../reconcile/reconcile-keeper.ts'
import type { ChannelDirectory } from '../runner/ports.ts'
import type { PrintKeeper } from '../runner/print-keeper.ts'
import { createRunner, type Runner } from '../runner/runner.ts'
import { loadSettings } from '../settings/load-settings.ts'
import type { SettingsProblem } from '../settings/problem.ts'
import type { DesktopKeys } from '../settings/sealed/desktop-key.ts'
import { sealedSecretsOf } from '../settings/sealed/sealed-secrets.ts'
import type { Settings } from '../settings/settings.ts'
import { openShiftDesk, type ShiftDesk } from '../shifts/shift-desk.ts'
import { openStaff } from '../staff/open-staff.ts'
import type { PinKeeper } from '../staff/pin-keeper.ts'
import { keepSignIn, type SignIn } from '../staff/sign-in.ts'
import type { StaffDesk } from '../staff/staff-desk.ts'
import type { ChannelId, OrderNumber, SaleId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { Order } from '../till/order/order.ts'
import type { PrintJob } from '../till/print/job.ts'
import { documentOfOrder, documentOfRefund } from '../till/print/what-to-print.ts'
import type { Refund } from '../till/refund/refund.ts'
import type { RequestKind } from '../training/books.ts'
import { startTrainingChannels, type TrainingChannels } from '../training/training-channels.ts'
import { createTransport } from '../transport/transport.ts'
import { callerAddress } from './caller-address.ts'
import { type CashDrawer, keepCashDrawer } from './cash-drawer.ts'
import { type Lines, openLines } from './lines.ts'
import { randomNonce, randomSaleId } from './nonce.ts'
import { openChannels } from './open-channels.ts'
import { placeOfError } from './place-of-error.ts'
import { openPrinting, type PrintingEquipment, printingRules } from './printing.ts'
import { configuredEquipment } from './printing-equipment.ts'
import { openReceiptDesk, type ReceiptDesk } from './receipt-desk.ts'
import { systemAlarms, systemClock } from './system-time.ts'
import { keepUpdates, type OpenUpdater, type UpdateKeeper, type UpdateNews } from './update-keeper.ts'
import { version } from './version.ts'

/** Where a till lives, and who hears of changes. */
export type TillPlace = {
  readonly dataDirectory: string
  /** Null is `config.json` in the data folder, which may be missing. */
  readonly configFile: string | null
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The channel kinds that the till has; those of the registry where it is left out. */
  readonly definitions?: readonly ChannelDefinition[]
  /** Opens the till's printers; a till without any where it is left out. */
  readonly equip?: ((settings: Settings) => PrintingEquipment) | undefined
  /** How new versions are had; never asked for where it is left out, as by the command line and behind a browser. */
  readonly openUpdater?: OpenUpdater | undefined
  /** The desktop's own store of keys; out of reach where it is left out. */
  readonly desktopKeys?: DesktopKeys | undefined
  /** Room that the ledger makes at opening for the next commits, in bytes; its own figure where it is left out. */
  readonly reservedBytes?: number
}

export type TillListeners = {
  readonly onChange: (order: Order) => void
  readonly onReadiness: () => void
  readonly onRefundChange?: (refund: Refund) => void
  readonly onPrintJobChange?: (job: PrintJob) => void
  /** A printer's condition, or what stands in its line, has changed. */
  readonly onPrinterChange?: () => void
  /** Somebody has signed in or out. */
  readonly onStaffChange?: () => void
  /** A new version was downloaded, or could not be. */
  readonly onUpdate?: (news: UpdateNews) => void
  /** Reconciliation beside the till began, went on, or came to an end. */
  readonly onReconcileChange?: () => void
}

/** How often an idle till is looked at; a sign-in that is over counts for nobody meanwhile. */
const idleLookMs = 5_000

/** Why a till cannot open. */
export type OpeningProblem =
  | { readonly kind: 'settings'; readonly problems: readonly SettingsProblem[] }
  | { readonly kind: 'ledger'; readonly problem: LedgerProblem }
  /** The training servers could not start, for example because their books cannot be kept. */
  | { readonly kind: 'training'; readonly detail: string }

/** A till that is open: every part, put together once for all hosts and the command line. */
export type AssembledTill = {
  readonly dataDirectory: string
  readonly settings: Settings
  /** The desktop's own store of keys; null where the till has no way to it. */
  readonly desktopKeys: DesktopKeys | null
  /** The single manager's PIN, which counts while no staff is set up. */
  readonly pin: PinKeeper
  /** People and the proofs that managers give. */
  readonly staff: StaffDesk
  readonly signIn: SignIn
  readonly shifts: ShiftDesk
  readonly ledger: TillLedger
  readonly printing: PrintKeeper
  /** What draws papers, for printers and for the screen. */
  readonly receipts: ReceiptDesk
  /** For cash only: whoever made an entry of it opens the drawer by it. */
  readonly drawer: CashDrawer
  readonly reader: LedgerReader
  readonly runner: Runner
  readonly channels: ChannelDirectory
  readonly lines: Lines
  /** Has a channel's bill of a day and matches it with the ledger. */
  readonly reconcile: (wanted: ReconcileWanted) => Promise<ReconcileOutcome>
  /** The same in the background; begins when somebody starts it: a till behind a window does, a command does not. */
  readonly reconciliation: {
    readonly keeper: ReconcileKeeper
    /** What must be put away before the till closes. */
    onClose(close: () => Promise<void>): void
  }
  readonly training: TrainingChannels | null
  /** Made from the moment on that someone starts them: a till behind a window does, a command does not. */
  readonly backups: BackupKeeper
  /** New versions of the program; begins when somebody starts it. */
  readonly updates: UpdateKeeper
  /** The ledger's present trouble, or null. */
  readonly trouble: () => LedgerProblem | null
  close(): Promise<void>
}

export type Assembly =
  | { readonly ok: true; readonly till: AssembledTill }
  | { readonly ok: false; readonly problem: OpeningProblem }

/** Where the configuration of a place is. */
export const configurationPath = ({
  configFile,
  dataDirectory,
}: Pick<TillPlace, 'configFile' | 'dataDirectory'>): string => configFile ?? join(dataDirectory, 'config.json')

/** The settings of a till at a place. */
export function settingsAt(place: TillPlace) {
  const path = configurationPath(place)
  const { environment, definitions } = place
  const required = place.configFile !== null
  const sealed = sealedSecretsOf(place.dataDirectory, environment, place.desktopKeys ?? null)
  return loadSettings({ path, required, environment, sealed, wallMs: systemClock.now().wallMs, definitions })
}

/** A busy merchant's day is some hundred megabytes before it is packed. */
const billLimits = { requestTimeoutMs: 300_000, replyBytesMax: 512 * 1_048_576 } as const

/** A customer is being charged, or an order revoked; each of them ends by its own deadline. */
const statusesOnTheirWay: readonly Order['status'][] = ['created', 'paying', 'awaiting-payer', 'revoking']

/** Puts a till together: settings, ledger (with the lock of the data folder), channels, transport, runner. */
export async function assembleTill(
  place: TillPlace,
  listeners: TillListeners,
  /** Where the process dies, for tests; no till with a real channel ever looks at it. */
  wantedCrashAt?: CrashAt,
): Promise<Assembly> {
  const reading = await settingsAt(place)
  if (!reading.ok) return { ok: false, problem: { kind: 'settings', problems: reading.problems } }
  const { settings } = reading
  const { dataDirectory } = place
  const made = await makeDirectory(dataDirectory)
  if (made) return { ok: false, problem: { kind: 'ledger', problem: made } }

  const crashAt = settings.mode === 'training' ? wantedCrashAt : undefined
  const onPoint = crashAt && crashSwitch(crashAt)
  const receipts = openReceiptDesk(dataDirectory, settings)
  const equipment = place.equip?.(settings) ?? configuredEquipment(settings, receipts)
  const printingMode = printingRules(settings, equipment)
  const ledger = await openLedger({
    dataDirectory,
    crashAt,
    printing: printingMode,
    reservedBytes: place.reservedBytes,
  })
  if (!ledger.ok) return { ok: false, problem: { kind: 'ledger', problem: ledger.problem } }
  const reader = ledgerReaderOnDemand({ dataDirectory })

  const started = settings.mode === 'training' ? await startTraining(dataDirectory, onPoint) : { channels: null }
  if ('detail' in started) {
    await ledger.value.close()
    return { ok: false, problem: { kind: 'training', detail: started.detail } }
  }
  const training = started.channels
  const channels = openChannels(settings, training)
  const transport = createTransport()
  const channelIds = Object.keys(settings.policies) as ChannelId[]
  const lines = openLines({
    exchange: (channel, request, requestTimeoutMs, onWire) =>
      transport.send(channel.connection, request, { requestTimeoutMs }, undefined, onWire),
    channels,
    ids: channelIds,
    storeId: settings.store.id,
    warm: (channel) => transport.warm(channel.connection, warmAddress(channel)),
    onChange: listeners.onReadiness,
    onBack: (id) => void runner.lineIsBack(id),
  })
  const staff = openStaff(dataDirectory, ledger.value, () => systemClock.now())
  const people = await ledger.value.staff()
  const signIn = keepSignIn({
    // What cannot be read may be staff: then the till asks.
    hasStaff: !people.ok || people.value.length > 0,
    desk: staff.desk,
    ledger: ledger.value,
    now: () => systemClock.now(),
    idleMs: settings.staff.idleLockMs,
    isWaiting: () => runner.open().some(({ status, parked }) => status !== 'attention' && !parked),
    onChange: () => listeners.onStaffChange?.(),
  })
  const shifts = openShiftDesk({
    ledger: ledger.value,
    reader,
    tillId: settings.till.id,
    cutOverHour: settings.shifts.cutOverHour,
    limits: settings.staff.limits,
    now: () => systemClock.now(),
  })
  const locking = setInterval(() => void signIn.lockIfIdle(), idleLookMs)
  locking.unref()
  let trouble: LedgerProblem | null = null
  const onTrouble = (problem: LedgerProblem | null): void => {
    if (trouble?.kind === problem?.kind) return
    trouble = problem
    listeners.onReadiness()
  }
  const printing = openPrinting({
    equipment,
    ledger: ledger.value,
    reader,
    onJobChange: (job) => listeners.onPrintJobChange?.(job),
    onPrinterChange: () => listeners.onPrinterChange?.(),
    onTrouble,
    onBug: tellSurvivedBug,
    onPoint,
  })
  const runner = createRunner({
    channels,
    exchange: lines.exchange,
    confirmAway: lines.confirmAway,
    clock: systemClock,
    alarms: systemAlarms,
    nonce: randomNonce,
    merchant: { store: settings.store, till: settings.till, subject: settings.subject, callerAddress: callerAddress() },
    ledger: ledger.value,
    routes: settings.routes,
    policyOf: (id) => policyOf(settings, id),
    newSaleId: () => randomSaleId() as SaleId,
    refundPolicyOf: (id) => settings.policies[id]?.refundPolicy,
    cashierNow: () => signIn.person()?.number,
    onRefundChange: (refund) => {
      listeners.onRefundChange?.(refund)
      if (documentOfRefund(refund) !== null) printing.look()
    },
    onChange: (order) => {
      listeners.onChange(order)
      // The screen first; whatever its step has journaled for the printer is taken up beside it.
      if (documentOfOrder(order) !== null) printing.look()
    },
    onBug: tellSurvivedBug,
    onPoint,
    onTrouble,
  })

  const backups = keepBackups({
    dataDirectory,
    program: version,
    wallClock: () => systemClock.now().wallMs,
    retention: settings.backups,
    isPaymentOnItsWay: () => runner.open().some(({ status }) => statusesOnTheirWay.includes(status)),
    onChange: listeners.onReadiness,
  })
  const updates = keepUpdates(settings.updates, place.openUpdater, (news) => listeners.onUpdate?.(news))
  const reconcilingTill: ReconcilingTill = {
    dataDirectory,
    reader,
    own: { storeId: settings.store.id, tillId: settings.till.id },
    wallClock: () => systemClock.now().wallMs,
    nonce: randomNonce,
    send: (channel, request, signal) => transport.send(channel.connection, request, billLimits, signal),
  }
  await clearDroppedFiles(dataDirectory)
  const reconciler = await keepReconciled({
    dataDirectory,
    channels: channelIds.flatMap((id) => channels.find(id)?.channel ?? []),
    wallClock: () => systemClock.now().wallMs,
    reconcile: (wanted, watch) => reconcileDay(reconcilingTill, wanted, watch),
    wasInUse: async (byWallMs) => {
      const found = await reader.orders({ toWallMs: byWallMs, limit: 1 })
      return found.ok && found.value.length > 0
    },
    onChange: () => listeners.onReconcileChange?.(),
    onBug: tellSurvivedBug,
  })
  const closings: (() => Promise<void>)[] = [() => reconciler.close()]
  const close = async (): Promise<void> => {
    for (const each of closings) await each()
    await runner.stop()
    clearInterval(locking)
    await signIn.signOut('till-closed')
    // Behind the runner: the last order's receipt may be in line only now.
    await printing.stop()
    lines.stop()
    updates.close()
    await backups.close()
    await transport.close()
    await training?.close()
    await reader.close()
    await ledger.value.close()
  }
  return {
    ok: true,
    till: {
      dataDirectory,
      settings,
      desktopKeys: place.desktopKeys ?? null,
      pin: staff.single,
      staff: staff.desk,
      signIn,
      shifts,
      ledger: ledger.value,
      reader,
      runner,
      printing,
      receipts,
      drawer: keepCashDrawer(equipment.drawer ?? null, systemClock),
      channels,
      lines,
      reconcile: (wanted) => reconcileDay(reconcilingTill, wanted),
      reconciliation: { keeper: reconciler, onClose: (each) => void closings.push(each) },
      training,
      backups,
      updates,
      trouble: () => trouble,
      close,
    },
  }
}

/** Tells support that an error in the program was survived; never its text, which may quote what was being read (I11). */
function tellSurvivedBug(error: unknown): void {
  process.stderr.write(`Scantill survived an error in the program (${placeOfError(error)}). No order was lost.\n`)
}

async function startTraining(
  dataDirectory: string,
  onPoint: OnCrashPoint | undefined,
): Promise<{ readonly channels: TrainingChannels } | { readonly detail: string }> {
  try {
    const now = () => systemClock.now().wallMs
    const onBooked =
      onPoint &&
      ((kind: RequestKind) => {
        if (isCrashRequest(kind)) onPoint(`${kind}.booked`)
      })
    return { channels: await startTrainingChannels({ dataDirectory, now, onBooked }) }
  } catch (error) {
    return { detail: error instanceof Error ? error.message : 'unknown error' }
  }
}

/** The address of a channel's queries, taken from a request that is never sent. */
function warmAddress(channel: Channel): string {
  const order = { orderNumber: 'WARM00' as OrderNumber, amountFen: fen(1), payStartedWallMs: 0 }
  return channel.query.encode(order, { wallMs: 0, nonce: randomNonce() }).url
}

function policyOf(settings: Settings, id: ChannelId) {
  const found = settings.policies[id]
  if (!found) throw new Error(`no policy for channel ${id}: the settings let a route through`)
  return found.policy
}

async function makeDirectory(path: string): Promise<LedgerProblem | null> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
    return null
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    if (code === 'ENOSPC') return { kind: 'disk-full', path }
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return { kind: 'read-only', path }
    return { kind: 'disk-error', path, detail: code }
  }
}
