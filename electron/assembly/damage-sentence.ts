import { type Damage, isMendedByRebuild } from '../ledger/damage.ts'
import type { BackupNote, LedgerProblem } from '../ledger/ledger.ts'
import { assertNever } from '../till/brand.ts'
import { shanghaiIso } from '../till/time.ts'

type DamagedLedger = Extract<LedgerProblem, { kind: 'damaged' }>

/**
 * Says what is wrong with a damaged ledger, that nothing was changed, what to do now, and what that would cost
 * (docs/recovery.md explains each to support staff).
 */
export function damageSentence({ path, damage, backup }: DamagedLedger): string {
  if (damage.kind === 'older-form') return `${path}: ${damageWords(damage)}. Nothing was changed. Start the till once.`
  const told = `The ledger is damaged (${damage.kind}): ${path}: ${damageWords(damage)}.`
  return `${told} It was left as it is, and no payment was started. ${wayOut(damage, backup)}`
}

/** What is wrong, as a clause. */
export function damageWords(damage: Damage): string {
  switch (damage.kind) {
    case 'not-a-ledger':
      return `the file is no ledger of the till (${damage.detail})`
    case 'missing':
      return 'the file is gone or empty, but backups of it are there'
    case 'truncated':
      return `the file was cut short, at ${damage.bytes} bytes`
    case 'torn-page':
      return `a part of the file is not what was written (${damage.detail})`
    case 'foreign-wal':
      return `the log beside it (ledger.sqlite-wal) does not belong to it: ${damage.detail}`
    case 'wal-missing':
      return 'the till did not end in order, and the log with its last events (ledger.sqlite-wal) is gone'
    case 'rolled-back':
      return `it is older than its own backup: it ends at event ${damage.sequence}, and event ${damage.backupSequence} was backed up`
    case 'chain-broken':
      return `the journal is broken at event ${damage.sequence}: ${damage.detail}`
    case 'projection-missing':
      return `the journal is whole, but the lists made from it are not: ${damage.detail}`
    case 'projection-differs':
      return `the journal is whole, but the lists made from it are not: ${damage.subjectId} ${damage.detail}`
    case 'unreadable-entry':
      return `event ${damage.sequence} cannot be understood: ${damage.detail}`
    case 'older-form':
      return 'the file has the form of an older program; starting the till brings it up to date'
    default:
      return assertNever(damage, 'damage')
  }
}

/** The command that mends it; null where only a person who knows the file can. */
export function mendingCommand(damage: Damage, backup: BackupNote | null): string | null {
  if (damage.kind === 'older-form') return null
  if (isMendedByRebuild(damage)) return 'till verify --rebuild'
  return backup ? `till restore --backup ${backup.name}` : 'till restore --backup none'
}

function wayOut(damage: Damage, backup: BackupNote | null): string {
  const command = mendingCommand(damage, backup)
  if (isMendedByRebuild(damage)) return `Nothing is lost: make the lists anew with “${command}”.`
  const first =
    damage.kind === 'wal-missing' || damage.kind === 'foreign-wal' ? 'Put the right log back if you have it. Else ' : ''
  if (!backup) {
    return `${first === '' ? 'There' : `${first}there`} is no good backup: keep a copy of the data folder, then “${command}” keeps what the file can still prove.`
  }
  const { name, madeWallMs, events, newerEvents } = backup
  const proved =
    'what the damaged file can still prove of them is brought over, and the wallets can be asked about the rest'
  const newer =
    newerEvents === 0
      ? 'No event came after it'
      : newerEvents === null
        ? `How many events came after it cannot be read; ${proved}`
        : `${newerEvents} events came after it; ${proved}`
  return `${first === '' ? 'The' : `${first}the`} last good backup is ${name} (${shanghaiIso(madeWallMs)}, ${events} events). ${newer}. Restore it with “${command}”.`
}
