import { stat } from 'node:fs/promises'

/**
 * Remembers the device file of a path and answers, whenever asked, whether it is still the same one. Where devices are
 * no files (Windows) the answer is always yes, and the lists tell alone.
 */
export async function watchDeviceFile(
  path: string,
  platform: NodeJS.Platform = process.platform,
): Promise<() => Promise<boolean>> {
  if (platform === 'win32' || !path.startsWith('/')) return async () => true
  const opened = await numbersOf(path)
  return async () => opened === null || (await numbersOf(path)) === opened
}

async function numbersOf(path: string): Promise<string | null> {
  try {
    const { dev, ino, rdev } = await stat(path)
    return `${dev}:${ino}:${rdev}`
  } catch {
    return null
  }
}
