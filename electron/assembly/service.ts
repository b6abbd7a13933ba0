import { randomInt } from 'node:crypto'
import type {
  ActResult,
  CallName,
  Calls,
  EventName,
  JournalLine,
  LedgerTrouble,
  PracticeCodeView,
  Readiness,
  ScanResult,
  TillEvents,
  TillSnapshot,
} from '../api/contract.ts'
import type { TillService } from '../hosts/service.ts'
import { isBackupTrouble } from '../ledger/backup/backup-keeper.ts'
import { readOrderEntry } from '../ledger/fold.ts'
import type { JournalEntry } from '../ledger/ledger.ts'
import type { CollectionScanOutcome } from '../pos/ports.ts'
import type { OrderAct } from '../runner/runner.ts'
import { endingCertificates } from '../settings/certificates.ts'
import type { ChannelId, OrderNumber, SaleId } from '../till/ids.ts'
import { readCollectableYuan } from '../till/money.ts'
import type { Order } from '../till/order/order.ts'
import { ageMs } from '../till/order/timing.ts'
import type { Wallet } from '../till/payment-code.ts'
import { shanghaiDayStartMs } from '../till/time.ts'
import { makePracticeCode, practiceSerialDigits, practiceWallets, storiesOf } from '../training/practice-code.ts'
import type { AssembledTill } from './assemble.ts'
import { cashCalls } from './cash-calls.ts'
import { channelCalls } from './channel-calls.ts'
import { codePictures } from './code-pictures.ts'
import { createDeskCalls } from './desk-calls.ts'
import { desktopCalls, installAtEnd } from './desktop-calls.ts'
import type { DesktopHost } from './desktop-host.ts'
import { displayCalls } from './display-calls.ts'
import { closureView, evidenceCalls } from './evidence-calls.ts'
import { exportCalls } from './export-calls.ts'
import { historyCalls } from './history-calls.ts'
import { guardHistory } from './history-gate.ts'
import { orderView } from './order-view.ts'
import { type PosDesk, withoutPos } from './pos.ts'
import { printCalls } from './print-calls.ts'
import { receiptCalls } from './receipt-calls.ts'
import { createReconcileCalls } from './reconcile-calls.ts'
import { refundCalls } from './refund-calls.ts'
import { createRescueCalls } from './rescue-calls.ts'
import type { ScanGuns } from './scan-guns.ts'
import { createScannerCalls } from './scanner-calls.ts'
import { setupCalls } from './setup-calls.ts'
import { shiftCalls, shiftState } from './shift-calls.ts'
import { soundCalls } from './sound-calls.ts'
import { staffCalls, staffState } from './staff-calls.ts'
import { systemCalls } from './system-calls.ts'
import { systemClock } from './system-time.ts'
import { version } from './version.ts'

type Handlers = { readonly [Name in CallName]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']> }

/** Carries the listeners of the till's events; made before the till, because the till tells into it from its first moment. */
export function createAnnouncer() {
  const listeners = new Map<EventName, Set<(event: never) => void>>()
  return {
    on<Name extends EventName>(name: Name, listener: (event: TillEvents[Name]) => void): () => void {
      const known = listeners.get(name) ?? new Set()
      listeners.set(name, known)
      known.add(listener)
      return () => known.delete(listener)
    },
    tell<Name extends EventName>(name: Name, event: TillEvents[Name]): void {
      // The set of a name holds listeners of that name's event only, because `on` is the only way in.
      for (const listener of listeners.get(name) ?? []) (listener as (event: TillEvents[Name]) => void)(event)
    },
  }
}

export type Announcer = ReturnType<typeof createAnnouncer>

/** The till behind the contract: each call answered from the runner or the reader, every reply plain JSON. */
export function createTillService(
  till: AssembledTill,
  host: 'electron' | 'browser',
  announcer: Announcer,
  guns: ScanGuns,
  pos: PosDesk = withoutPos(till),
  desktop: DesktopHost | null = null,
): TillService {
  const scannerCalls = createScannerCalls(till.settings, guns)
  const sound = soundCalls(till.settings)
  const view = (order: Order) => orderView(order, systemClock.now())

  const act =
    (wanted: OrderAct) =>
    async ({ orderNumber }: { readonly orderNumber: string }): Promise<ActResult> => {
      const outcome = await till.runner.act(orderNumber as OrderNumber, wanted, 'cashier')
      switch (outcome.kind) {
        case 'no-such-order':
          return outcome
        case 'ledger-trouble':
          return { kind: outcome.kind, problem: outcome.problem.kind }
        default:
          return { kind: outcome.kind, order: view(outcome.order) }
      }
    }

  const handlers: Handlers = {
    // A till that could not open has another service in its place (hosts/waiting-till.ts).
    'till.opening': async () => null,
    'till.open-again': async () => null,
    'till.snapshot': async () => {
      // Somebody looks at the till: an old or a bad word about a line is worth asking again.
      till.lines.refresh()
      return snapshotOf(till, host, { gunKeyGap: scannerCalls.gunKeyGap(), pos: pos.view(), sound: sound.setting() })
    },
    'sale.scan': async ({ amountText, scan, saleId, anotherCustomer }) => {
      const amount = readCollectableYuan(amountText, till.settings.amountLimitFen)
      if (!amount.ok) return { kind: 'amount-refused', problem: amount.problem }
      const { amountFen } = amount
      const text = typeof scan === 'string' ? scan : guns.claim(scan)
      if (text === null) return { kind: 'scan-gone' }
      const outcome = await pos.take({
        scan: text,
        amountFen,
        saleId: saleId as SaleId | null,
        anotherCustomer,
      })
      return scanResult(outcome, view)
    },
    'order.query': act('query'),
    'order.revoke': act('revoke'),
    'order.park': act('park'),
    'order.unpark': act('unpark'),
    'orders.list': async ({ day, status, text }) => {
      const fromWallMs = day === null ? shanghaiDayStartMs(systemClock.now().wallMs) : dayStart(day)
      const found = await till.reader.orders({
        fromWallMs,
        toWallMs: fromWallMs + 24 * 3_600_000,
        limit: 1_000,
        ...(status === null ? {} : { status }),
        ...(text === null || text.trim() === '' ? {} : { text: text.trim() }),
      })
      // An empty list would say that nothing was sold today; the door turns this into a refusal.
      if (!found.ok) throw new Error(`the ledger cannot be read: ${found.problem.kind}`)
      return found.value.map(view)
    },
    'orders.unreadable': async () => {
      const found = await till.reader.unreadable()
      if (!found.ok) throw new Error(`the ledger cannot be read: ${found.problem.kind}`)
      return found.value.map(({ orderNumber, sequence, wallMs }) => ({ orderNumber, sequence, wallMs }))
    },
    'order.show': async ({ orderNumber }) => {
      const order = await till.reader.order(orderNumber as OrderNumber)
      if (!order.ok || order.value === null) return null
      const journal = await till.reader.journalOf(orderNumber as OrderNumber)
      return {
        order: view(order.value),
        journal: journal.ok ? journal.value.map(journalLine) : [],
        closure: journal.ok ? closureView(journal.value) : null,
      }
    },
    ...evidenceCalls(till, systemClock),
    ...createDeskCalls(till, systemClock),
    ...createRescueCalls(till, systemClock, guns),
    ...channelCalls(till),
    ...scannerCalls.calls,
    ...sound.calls,
    'practice.codes': async () => (till.settings.mode === 'training' ? freshPracticeCodes() : []),
    ...refundCalls(till),
    ...guardHistory(till, systemClock, { ...historyCalls(till), ...exportCalls(till, systemClock) }),
    ...printCalls(till),
    ...staffCalls(till, () => tellStaff(till, announcer)),
    ...setupCalls(till),
    ...shiftCalls(till, () => tellShift(till, announcer)),
    ...cashCalls(till),
    ...createReconcileCalls(till, systemClock),
    ...receiptCalls(till),
    'pos.refuse': async ({ reference }) => ({ isRefused: await pos.refuse(reference) }),
    ...displayCalls(till),
    ...desktopCalls(till, desktop),
    ...systemCalls(till, () => readinessOf(till)),
  }

  return {
    // The handler of a name takes that name's request; TypeScript cannot follow the pairing through the lookup.
    call: (name, request) => (handlers[name] as (value: typeof request) => Promise<never>)(request),
    isLocked: () => till.signIn.isLocked(),
    on: announcer.on,
    close: async () => {
      guns.close()
      await installAtEnd(till)
      await till.close()
    },
  }
}

/** Tells every window who is at the till now. A ledger that cannot be read tells of itself by the readiness line. */
export function tellStaff(till: AssembledTill, announcer: Announcer): void {
  void staffState(till).then(
    (state) => announcer.tell('staff.changed', state),
    () => undefined,
  )
}

function tellShift(till: AssembledTill, announcer: Announcer): void {
  void shiftState(till).then(
    (state) => announcer.tell('shift.changed', state),
    () => undefined,
  )
}

function journalLine(entry: JournalEntry): JournalLine {
  const { sequence, wallMs, type, payload, hash } = entry
  return { sequence, wallMs, type, payload, hash, isUnreadable: !readOrderEntry(entry).ok }
}

/** The readiness line as of now. */
export function readinessOf(till: AssembledTill): Readiness {
  const trouble: LedgerTrouble | null = till.trouble()?.kind ?? null
  return {
    ledger: { state: trouble === null ? 'ready' : 'trouble', problem: trouble },
    backup: backupReadiness(till),
    certificates: certificateReadiness(till),
    channels: channelIdsOf(till).map((id) => channelReadiness(till, id)),
    networkAway: till.lines.network(),
    owed: owedBy(till),
    clockOffsetMs: till.lines.clockOffsetMs(),
    updateReady: till.updates.ready(),
  }
}

const channelIdsOf = ({ settings }: AssembledTill): readonly ChannelId[] =>
  Object.keys(settings.policies) as ChannelId[]

function channelReadiness({ lines, settings }: AssembledTill, id: ChannelId): Readiness['channels'][number] {
  const { kind } = lines.of(id)
  const state = kind === 'away' ? 'trouble' : kind === 'reachable' ? 'ready' : 'checking'
  const away = lines.away(id)
  // A wallet that another channel can still take is not lost with this one.
  const wallets = (Object.keys(settings.routes) as Wallet[]).filter((wallet) => {
    const channels = settings.routes[wallet] ?? []
    const isOnlyWay = channels.every((other) => other === id || lines.of(other).kind === 'away')
    return channels.includes(id) && (away === null || isOnlyWay)
  })
  return { id, state, away: away && { reason: away.reason, sinceWallMs: away.sinceWallMs }, wallets }
}

/** What the till still has to ask or revoke at channels that are away. */
export function owedBy({ runner, lines }: AssembledTill): Readiness['owed'] {
  const at = systemClock.now()
  const ages = runner
    .open()
    .filter(({ channel }) => lines.of(channel).kind === 'away')
    .map((order) => ageMs(order, at))
  return { count: ages.length, oldestAgeMs: ages.length === 0 ? null : Math.max(...ages) }
}

function certificateReadiness({ settings }: AssembledTill): Readiness['certificates'] {
  const { wallMs } = systemClock.now()
  return endingCertificates(settings.certificates, wallMs).map(({ channel, untilWallMs }) => {
    return { channel, daysLeft: Math.floor((untilWallMs - wallMs) / 86_400_000) }
  })
}

function backupReadiness({ backups }: AssembledTill): Readiness['backup'] {
  const status = backups.status()
  const isTrouble = isBackupTrouble(status, systemClock.now().wallMs)
  const state = isTrouble ? 'trouble' : status.madeWallMs !== null ? 'ready' : status.isMaking ? 'checking' : 'absent'
  const { progress } = status
  const making = progress && { copiedPercent: progress.phase === 'copying' ? progress.percent : null }
  return { state, madeWallMs: status.madeWallMs, isDamaged: status.failure?.kind === 'ledger-damaged', making }
}

function snapshotOf(
  till: AssembledTill,
  host: 'electron' | 'browser',
  told: Pick<TillSnapshot, 'gunKeyGap' | 'pos' | 'sound'>,
): TillSnapshot {
  const { settings, runner } = till
  const at = systemClock.now()
  return {
    mode: settings.mode,
    store: settings.store,
    till: settings.till,
    host,
    version,
    amountLimitFen: settings.amountLimitFen,
    passwordLikelyAboveFen: settings.passwordLikelyAboveFen,
    wallets: Object.keys(settings.routes) as Wallet[],
    channelRevokes: Object.fromEntries(
      Object.entries(settings.policies).map(([id, { definition }]) => {
        const { revoke } = definition.capability
        return [id, revoke.kind === 'none' ? 'none' : revoke.word]
      }),
    ),
    openOrders: runner.open().map((order) => orderView(order, at)),
    readiness: readinessOf(till),
    ...told,
    reconcileNotice: till.reconciliation.keeper.notice(),
    customerDisplay: { ...settings.customerDisplay, hasReceiptCode: settings.signedReceipts },
    language: settings.language,
  }
}

function scanResult(outcome: CollectionScanOutcome, view: (order: Order) => ReturnType<typeof orderView>): ScanResult {
  switch (outcome.kind) {
    case 'started':
    case 'scanned-before':
    case 'former-order-paid':
      return { kind: outcome.kind, order: view(outcome.order) }
    case 'former-order-open':
      return { kind: outcome.kind, order: view(outcome.order), because: outcome.because }
    case 'ledger-trouble':
      return { kind: outcome.kind, problem: outcome.problem.kind }
    default:
      return outcome
  }
}

/** One fresh code for each story of each wallet, with its pictures. */
function freshPracticeCodes(): readonly PracticeCodeView[] {
  return practiceWallets.flatMap((wallet) =>
    storiesOf(wallet).map((story) => {
      const serial = String(randomInt(10 ** practiceSerialDigits)).padStart(practiceSerialDigits, '0')
      const code = makePracticeCode(wallet, story, serial)
      return { wallet, story, code, ...codePictures(code) }
    }),
  )
}

/** The wall time at which a Shanghai day `yyyyMMdd` began. */
function dayStart(day: string): number {
  return Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}T00:00:00+08:00`)
}
