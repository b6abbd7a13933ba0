import { randomBytes } from 'node:crypto'
import { settingsAt } from '../assembly/assemble.ts'
import { systemClock } from '../assembly/system-time.ts'
import { version } from '../assembly/version.ts'
import { type BackupFile, isAsVerified, isBackupName, listBackups } from '../ledger/backup/backup-files.ts'
import { checkFile } from '../ledger/backup/check-file.ts'
import type { BackupResult } from '../ledger/backup/make-backup.ts'
import { type Restored, restoreLedger } from '../ledger/backup/restore.ts'
import { usualRetention } from '../ledger/backup/retention.ts'
import { runBackup } from '../ledger/backup/run-backup.ts'
import { assertNever } from '../till/brand.ts'
import { shanghaiIso } from '../till/time.ts'
import { type ExitCode, exitCodes, type Output } from './output.ts'
import { type CommandContext, sayLedgerProblem } from './session.ts'

/** How often a backup that takes long tells how far it is. */
const tellMs = 2_000

/** `backup`: one backup now. */
export async function backup({ place, output }: CommandContext): Promise<ExitCode> {
  const { dataDirectory } = place
  const { wallMs } = systemClock.now()
  // A backup is also wanted where the settings cannot be read.
  const settings = await settingsAt(place)
  const retention = settings.ok ? settings.settings.backups : usualRetention
  const running = runBackup({ dataDirectory, reason: 'asked', wallMs, program: version, retention })
  const telling = setInterval(() => {
    const { phase, percent } = running.progress()
    output.say(phase === 'checking' ? 'checking the copy, event by event' : `copying the ledger, ${percent} %`)
  }, tellMs)
  try {
    return tellBackup(output, await running.result)
  } finally {
    clearInterval(telling)
  }
}

function tellBackup(output: Output, result: BackupResult): ExitCode {
  switch (result.kind) {
    case 'made': {
      const { name, events, orders, bytes } = result.manifest
      output.line({ type: 'result', kind: 'made', name, events, orders, bytes }, `${name}: ${events} events, verified`)
      return exitCodes.done
    }
    case 'nothing-to-back-up':
      output.say('There is no ledger in this data folder yet: nothing to back up.')
      return exitCodes.usage
    case 'ledger-damaged':
      output.say(
        `The ledger does not verify (${result.detail}). No backup was made and none was replaced. Run: till verify`,
      )
      return exitCodes.internal
    case 'no-room': {
      const mebibytes = Math.ceil((result.neededBytes - result.freeBytes) / 1_048_576)
      output.say(`The disk is too full for a backup: ${mebibytes} MiB more are needed. The ledger is untouched.`)
      return exitCodes.internal
    }
    case 'problem':
      return sayLedgerProblem(output, result.problem)
    default:
      return assertNever(result, 'backup result')
  }
}

type Verdict = 'good' | 'changed' | 'damaged'

/** `backups`: a line a backup, newest first. */
export function backups({ place, output }: CommandContext, walk: boolean): ExitCode {
  const found = listBackups(place.dataDirectory)
  for (const file of found) {
    const { name, manifest } = file
    const { verdict, detail } = verdictOn(file, walk)
    const at = manifest ? shanghaiIso(manifest.madeWallMs) : null
    const { events = null, orders = null, bytes = null, program = null } = manifest ?? {}
    output.line(
      { type: 'backup', name, at, events, orders, bytes, program, verdict, detail },
      `${name}  ${String(events ?? '?').padStart(8)} events  ${String(orders ?? '?').padStart(7)} orders  ${verdict}${detail ? `: ${detail}` : ''}`,
    )
  }
  if (found.length === 0) output.say('There is no backup in this data folder.')
  return exitCodes.done
}

/** Compared with what was verified when it was made; walked where that is asked for or not known. */
function verdictOn(file: BackupFile, walk: boolean): { readonly verdict: Verdict; readonly detail: string | null } {
  if (!walk && file.manifest) {
    return isAsVerified(file)
      ? { verdict: 'good', detail: null }
      : { verdict: 'changed', detail: 'the file is not what was verified; try: till backups --verify' }
  }
  const check = checkFile(file.path)
  return check.ok ? { verdict: 'good', detail: null } : { verdict: 'damaged', detail: check.detail }
}

/** `restore`: a backup in the ledger's place. */
export function restore({ place, output }: CommandContext, name: string): ExitCode {
  if (name !== 'none' && !isBackupName(name)) {
    output.say('--backup: expected a name that “till backups” lists, or none')
    return exitCodes.usage
  }
  const result = restoreLedger({
    dataDirectory: place.dataDirectory,
    backup: name === 'none' ? null : name,
    random: randomBytes,
    wallMs: systemClock.now().wallMs,
  })
  switch (result.kind) {
    case 'restored':
      return tellRestored(output, result.restored)
    case 'no-such-backup':
      output.say(`There is no backup ${name}. Nothing was changed. “till backups” lists them.`)
      return exitCodes.usage
    case 'backup-damaged':
      output.say(
        `The backup ${name} does not verify (${result.detail}). Nothing was changed. Take another one: till backups --verify`,
      )
      return exitCodes.internal
    case 'nothing-salvaged':
      output.say(
        'Nothing in the damaged ledger can be proved. Nothing was changed. Keep a copy of the data folder and ask for help.',
      )
      return exitCodes.internal
    case 'problem':
      return sayLedgerProblem(output, result.problem)
    default:
      return assertNever(result, 'restore result')
  }
}

function tellRestored(output: Output, restored: Restored): ExitCode {
  const { salvaged, salvagedOrders, lostOrders, setAside, events, backupSequence } = restored
  for (const orderNumber of salvagedOrders) {
    output.line(
      { type: 'order', orderNumber, newer: true, kept: true },
      `${orderNumber}  newer than the backup, brought over`,
    )
  }
  for (const orderNumber of lostOrders) {
    output.line(
      { type: 'order', orderNumber, newer: true, kept: false },
      `${orderNumber}  newer than the backup, NOT brought over: look for it in the wallet’s own list of payments`,
    )
  }
  const words = [
    `The ledger is whole again with ${events} events: ${backupSequence} of the backup, ${salvaged} brought over from the damaged file, 1 that says so.`,
    setAside === null ? 'There were no damaged files to keep.' : `The damaged files are kept in ${setAside}.`,
    lostOrders.length === 0 ? '' : `${lostOrders.length} orders could not be brought over; their numbers stand above.`,
    'New order numbers bear another mark. Go on with: till recover',
  ]
  output.line({ type: 'result', ...restored }, words.filter((word) => word !== '').join('\n'))
  return lostOrders.length === 0 ? exitCodes.done : exitCodes.unresolved
}
