import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { workersByAddress } from '../build/workers.ts'

/** The packages with compiled parts, which the machine gets as they are. */
export const devicePackages: readonly string[] = ['node-hid', 'serialport']

/**
 * Bundles the machine's program, and the till's own device process beside it as the build does for a till (scripts/build),
 * into `folder`: an emulated processor would take its time over fifty sources.
 */
export async function bundleGuest(root: string, folder: string): Promise<void> {
  const bundler = await rolldown({
    platform: 'node',
    external: [/^node:/, ...devicePackages],
    input: { main: join(root, 'scripts/gun-machine/guest/main.ts') },
    plugins: [workersByAddress(root)],
  })
  try {
    await bundler.write({ dir: folder, cleanDir: true, format: 'esm', entryFileNames: '[name].js' })
  } finally {
    await bundler.close()
  }
}
