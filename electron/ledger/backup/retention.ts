import { shanghaiDate } from '../../till/time.ts'
import type { BackupFile } from './backup-files.ts'

/** How many backups are kept. */
export type Retention = {
  /** The newest ones, whatever they were made for. */
  readonly newest: number
  /** The last one of each business day, for so many days that have one. */
  readonly days: number
}

export const usualRetention: Retention = { newest: 5, days: 30 }

/**
 * Which backups may go, given all of them, newest first. The caller has just verified the newest of them, which always
 * stays; so does one whose manifest cannot be read, because nobody knows what it is.
 */
export function backupsToForget(backups: readonly BackupFile[], retention: Retention): readonly BackupFile[] {
  const kept = new Set(backups.slice(0, Math.max(1, retention.newest)))
  const days = new Set<string>()
  for (const backup of backups) {
    if (!backup.manifest) {
      kept.add(backup)
      continue
    }
    const day = shanghaiDate(backup.manifest.madeWallMs)
    if (days.has(day) || days.size >= retention.days) continue
    days.add(day)
    kept.add(backup)
  }
  return backups.filter((backup) => !kept.has(backup))
}
