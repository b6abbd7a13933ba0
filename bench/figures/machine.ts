import { statfs } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import process from 'node:process'

/** Numbers by which Linux tells file systems apart (statfs(2)); others are shown as they come. */
const fileSystems: Readonly<Record<number, string>> = {
  61267: 'ext4',
  1481003842: 'xfs',
  2435016766: 'btrfs',
  2035054128: 'overlayfs',
  16914836: 'tmpfs (memory: a sync costs nothing there, P2 and P3 say nothing)',
}

/** The machine as far as it matters for the figures; no names, no paths. */
export async function machineSentence(directory: string): Promise<string> {
  const { type } = await statfs(directory)
  const fileSystem = fileSystems[type] ?? `file system 0x${type.toString(16)}`
  const gibibytes = Math.round(totalmem() / 2 ** 30)
  const model = cpus()[0]?.model.trim() ?? ''
  const processor = model === '' || model === 'unknown' ? process.arch : model
  return [
    `${availableParallelism()} cores (${processor}), ${gibibytes} GiB, ${process.platform}, ${fileSystem};`,
    `Node ${process.versions.node}, SQLite ${process.versions['sqlite'] ?? 'unknown'};`,
    `load average at the start ${(loadavg()[0] ?? 0).toFixed(1)}.`,
  ].join(' ')
}
