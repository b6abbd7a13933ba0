import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What a machine must have so that the virtual one can be made on it. */
export type Surroundings = {
  readonly platform: NodeJS.Platform
  readonly architecture: string
  /** Programs of the system that were found, by name. */
  readonly programs: ReadonlySet<string>
}

/** Programs that fetch and unpack the rest; every Debian has them. */
export const neededPrograms: readonly string[] = ['apt-get', 'apt-cache', 'dpkg-deb', 'tar', 'ldd']

/** Why there can be no virtual machine here, as the end of a sentence; null where there can. */
export function skipReason({ platform, architecture, programs }: Surroundings): string | null {
  if (platform !== 'linux') return `it needs Linux, and this is ${platform}`
  if (architecture !== 'x64') return `it needs an x64 processor, and this is ${architecture}`
  const missing = neededPrograms.filter((name) => !programs.has(name))
  return missing.length === 0 ? null : `it needs Debian’s ${missing.join(', ')}, which this system lacks`
}

const systemFolders: readonly string[] = ['/usr/bin', '/usr/sbin', '/bin', '/sbin']

/** A program's path in one of the folders, the first that has it; null where none does. */
export function findProgram(name: string, folders: readonly string[]): string | null {
  for (const folder of folders) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // Not in this folder.
    }
  }
  return null
}

/** The folders of this system that hold programs; `sbin` is not on everybody's PATH. */
export const programFolders = (): readonly string[] => [
  ...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean),
  ...systemFolders,
]

/** This machine. */
export function lookAround(): Surroundings {
  const folders = programFolders()
  const programs = new Set(neededPrograms.filter((name) => findProgram(name, folders) !== null))
  return { platform: process.platform, architecture: process.arch, programs }
}
