import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, quietRunner } from '../preflight/progress.mjs'

/** Debian's packages, unpacked beside each other under one folder and not installed. */
export type UnpackedPackages = { readonly root: string; readonly kernelRelease: string }

export type Fetching =
  | { readonly ok: true; readonly packages: UnpackedPackages }
  /** Why, as the end of a sentence, with the last lines of the program that failed. */
  | { readonly ok: false; readonly reason: string }

/** The machine, its shell, its modules' loader, its device daemon, and what the device packages link. */
const tools: readonly string[] = ['qemu-system-x86', 'busybox-static', 'kmod', 'udev', 'libusb-1.0-0', 'libudev1']
/** Debian's name for "the newest kernel"; the cloud kernel has no virtual USB (hardware.md §9.1). */
const kernelMetapackage = 'linux-image-amd64'
/** Parts of a kernel package that hold what `wantedModules` need; the whole is seven times as large. */
const kernelParts = (release: string): readonly string[] => {
  const modules = `./lib/modules/${release}`
  const folders = ['drivers/hid', 'drivers/usb', 'drivers/input', 'fs/configfs', 'lib']
  return [
    `./boot/vmlinuz-${release}`,
    ...folders.map((folder) => `${modules}/kernel/${folder}`),
    `${modules}/modules.order`,
    `${modules}/modules.builtin`,
    `${modules}/modules.builtin.modinfo`,
  ]
}

/** The packages that `apt-get --simulate install` says it would put in, without the C library: the system's own runs. */
export function packagesToFetch(simulation: string): readonly string[] {
  const names = [...simulation.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name)
  return names.filter((name) => name !== 'libc6' && name !== 'libc-bin' && !name.startsWith('linux-image-'))
}

/** The release of the kernel that `apt-cache depends` of the metapackage names; null where it names none. */
export function kernelReleaseOf(dependencies: string): string | null {
  return /Depends: linux-image-(\d\S+)/.exec(dependencies)?.[1] ?? null
}

/**
 * Fetches the packages by apt into `folder` and unpacks them, or answers what is there from a former run. Nothing is
 * installed and no right is needed, unless apt has no lists of packages yet or old ones, which only root can renew.
 */
export async function fetchPackages(folder: string): Promise<Fetching> {
  const root = join(folder, 'root')
  const stamp = join(folder, 'packages.json')
  const known = readStamp(stamp)
  if (known !== null) return { ok: true, packages: { root, kernelRelease: known } }

  const downloads = join(folder, 'downloads')
  for (const stale of [root, downloads]) rmSync(stale, { recursive: true, force: true })
  mkdirSync(root, { recursive: true })
  mkdirSync(downloads, { recursive: true })
  const runTool = quietRunner({ stream: process.stdout, folder: downloads })
  const run: typeof runTool = (command, words, options = {}) =>
    runTool(command, words, { ...options, environment: { LC_ALL: 'C', ...options.environment } })

  const download = async (): Promise<Fetching> => {
    const dependencies = await run('apt-cache', ['depends', kernelMetapackage])
    const kernelRelease = kernelReleaseOf(dependencies.output)
    if (kernelRelease === null) return { ok: false, reason: `apt knows no package ${kernelMetapackage}` }
    const simulation = await run('apt-get', ['install', '--simulate', '--no-install-recommends', ...tools])
    if (!simulation.ok) return { ok: false, reason: `apt cannot plan ${tools.join(', ')}: ${said(simulation.output)}` }
    const names = [...packagesToFetch(simulation.output), `linux-image-${kernelRelease}`]
    const label = `Fetching a kernel and ${names.length - 1} packages (about 95 MB, once)`
    const fetched = await run('apt-get', ['download', ...names], { label })
    if (!fetched.ok) return { ok: false, reason: `apt cannot download: ${said(fetched.output)}` }
    return { ok: true, packages: { root, kernelRelease } }
  }

  let fetching = await download()
  if (!fetching.ok && process.getuid?.() === 0) {
    await run('apt-get', ['update'], { label: 'Asking for the present lists of packages' })
    fetching = await download()
  }
  if (!fetching.ok) return fetching

  const { kernelRelease } = fetching.packages
  for (const file of readdirSync(downloads)) {
    const archive = join(downloads, file)
    const unpacked = file.startsWith('linux-image-')
      ? await run('sh', [
          '-c',
          'dpkg-deb --fsys-tarfile "$0" | tar -x -C "$@"',
          archive,
          root,
          ...kernelParts(kernelRelease),
        ])
      : await run('dpkg-deb', ['-x', archive, root])
    if (!unpacked.ok) return { ok: false, reason: `${file} cannot be unpacked: ${said(unpacked.output)}` }
  }
  rmSync(downloads, { recursive: true })
  writeFileSync(stamp, JSON.stringify({ kernelRelease, tools }))
  return fetching
}

/** The kernel of a former run that was made from the same list. */
function readStamp(stamp: string): string | null {
  if (!existsSync(stamp)) return null
  const value: unknown = JSON.parse(readFileSync(stamp, 'utf8'))
  if (typeof value !== 'object' || value === null || !('kernelRelease' in value) || !('tools' in value)) return null
  const { kernelRelease } = value
  return typeof kernelRelease === 'string' && JSON.stringify(value.tools) === JSON.stringify(tools)
    ? kernelRelease
    : null
}

const said = (output: string): string => lastLines(output, 2).join(' ') || 'it said nothing'
