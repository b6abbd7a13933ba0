// `npm run build [-- --force] [TARGET…]`: the screens (Vite), the Electron host and the command line (rolldown) into
// dist/. What is up to date is left alone.
import { dirname } from 'node:path'
import { type BuildTarget, buildCli, buildElectron, buildRenderer, buildTargets, targetFiles } from './build/targets.ts'
import { forget, inputsHash, isUpToDate, remember } from './build/up-to-date.ts'

export type BuildReport = { readonly target: BuildTarget; readonly built: boolean; readonly seconds: number }

const builders: Readonly<Record<BuildTarget, (root: string) => Promise<void>>> = {
  renderer: buildRenderer,
  electron: buildElectron,
  cli: buildCli,
}

/**
 * Builds what is out of date and tells what it did, target by target.
 *
 * `force` builds all the same. Rejects with the bundler's error when a source cannot be built; the next call then tries
 * again.
 */
export async function build(
  options: { readonly targets?: readonly BuildTarget[]; readonly force?: boolean } = {},
): Promise<readonly BuildReport[]> {
  const { targets = buildTargets, force = false } = options
  const root = dirname(import.meta.dirname)
  return Promise.all(
    targets.map(async (target): Promise<BuildReport> => {
      const startedMs = performance.now()
      const files = targetFiles[target]
      const hash = inputsHash(root, files.inputs)
      const built = force || !isUpToDate(root, files, hash)
      if (built) {
        forget(root, files)
        await builders[target](root)
        remember(root, files, hash)
      }
      return { target, built, seconds: (performance.now() - startedMs) / 1000 }
    }),
  )
}

function isTarget(text: string): text is BuildTarget {
  return buildTargets.some((target) => target === text)
}

if (import.meta.main) {
  const words = process.argv.slice(2)
  const names = words.filter((word) => word !== '--force')
  const targets = names.filter(isTarget)
  if (targets.length < names.length) {
    console.error(`Targets are ${buildTargets.join(', ')}; the only option is --force.`)
    process.exit(2)
  }
  try {
    const reports = await build({ force: words.includes('--force'), ...(targets.length > 0 ? { targets } : {}) })
    for (const { target, built, seconds } of reports) {
      console.log(`${target}: ${built ? `built in ${seconds.toFixed(1)} s` : 'up to date'}`)
    }
  } catch (error) {
    // The bundler's message shows the place in the source; the stack would show the bundler.
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
