import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type ArchiveEntry, cpioArchive, withFolders } from './cpio.ts'
import { devicePackages } from './guest-bundle.ts'
import { initScript, machinePaths, wantedModules } from './init-script.ts'
import { modulesInOrder } from './kernel-modules.ts'
import type { UnpackedPackages } from './packages.ts'
import { shippedFiles } from './shipped-packages.ts'
import type { SystemFiles } from './system-files.ts'
import { plainUser } from './users.ts'

/** Rules that name a serial port's make and number, as on a till's system; the others are for disks, screens and sound. */
const udevRules: readonly string[] = ['50-udev-default.rules', '60-serial.rules']

const text = (path: string, content: string): ArchiveEntry => ({
  kind: 'file',
  path,
  bytes: Buffer.from(content),
  executable: false,
})

/** What every machine has before anything of ours: mount points, the console, users. */
const skeleton: readonly ArchiveEntry[] = [
  ...['proc', 'sys', 'dev', 'run', 'tmp', 'root'].map((path): ArchiveEntry => ({ kind: 'folder', path })),
  { kind: 'character-device', path: 'dev/console', major: 5, minor: 1 },
  { kind: 'character-device', path: 'dev/null', major: 1, minor: 3 },
  text('etc/passwd', `root:x:0:0::/root:/bin/sh\ntill:x:${plainUser.userId}:${plainUser.groupId}::/:/bin/sh\n`),
  text('etc/group', ['root:x:0:', 'tty:x:5:', 'dialout:x:20:', `till:x:${plainUser.groupId}:`, ''].join('\n')),
]

export type ImageParts = {
  /** The project's root. */
  readonly root: string
  readonly packages: UnpackedPackages
  readonly system: SystemFiles
  /** Where `bundleGuest` wrote. */
  readonly bundle: string
}

/** Everything that the machine's memory disk holds, as an archive that the kernel unpacks: no disk is needed. */
export function initramfs({ root, packages, system, bundle }: ImageParts): Uint8Array {
  const entries = new Map<string, ArchiveEntry>()
  const add = (entry: ArchiveEntry): void => void entries.set(entry.path, entry)
  const addFile = (path: string, from: string, executable = false): void =>
    add({ kind: 'file', path: path.replace(/^\//, ''), bytes: readFileSync(from), executable })
  const addLibraries = (from: string): void => {
    for (const [name, path] of system.librariesOf(from)) {
      addFile(name.startsWith('/') ? name : `lib/x86_64-linux-gnu/${name}`, path, true)
    }
  }
  const addProgram = (path: string, from: string): void => {
    addFile(path, from, true)
    addLibraries(from)
  }
  const addLink = (path: string, target: string): void => add({ kind: 'link', path: path.replace(/^\//, ''), target })

  for (const entry of skeleton) add(entry)
  addFile('bin/busybox', system.program('busybox'), true)
  addProgram('usr/bin/kmod', system.program('kmod'))
  addLink('usr/sbin/insmod', '/usr/bin/kmod')
  addProgram('usr/bin/udevadm', system.program('udevadm'))
  addLink(machinePaths.udevDaemon, '/usr/bin/udevadm')
  for (const name of udevRules) {
    const rules = system.file(`lib/udev/rules.d/${name}`)
    if (rules !== null) addFile(`usr/lib/udev/rules.d/${name}`, rules)
  }
  addProgram(machinePaths.node, process.execPath)

  const moduleFiles = kernelModules(packages, system)
  for (const file of moduleFiles) {
    addFile(`${machinePaths.modules}/${basename(file)}`, join(moduleFolder(packages), file))
  }
  const script = Buffer.from(initScript(moduleFiles.map((file) => basename(file))))
  add({ kind: 'file', path: 'init', bytes: script, executable: true })

  add(text('till/package.json', '{"type":"module"}\n'))
  for (const name of readdirSync(bundle)) addFile(`till/${name}`, join(bundle, name))
  for (const path of shippedFiles(root, devicePackages)) {
    addFile(`till/${path}`, join(root, path))
    if (path.endsWith('.node')) addLibraries(join(root, path))
  }
  return cpioArchive(withFolders([...entries.values()]))
}

const moduleFolder = ({ root, kernelRelease }: UnpackedPackages): string => join(root, 'lib/modules', kernelRelease)

/** The modules to load, in their order; throws when the kernel's package lacks one. */
function kernelModules(packages: UnpackedPackages, system: SystemFiles): readonly string[] {
  const { root, kernelRelease } = packages
  const depmod = spawnSync(system.program('kmod'), ['-b', root, kernelRelease], {
    argv0: 'depmod',
    encoding: 'utf8',
    env: { ...process.env, ...system.environment },
  })
  if (depmod.status !== 0) throw new Error(`depmod failed: ${depmod.stderr}`)
  const modules = modulesInOrder(readFileSync(join(moduleFolder(packages), 'modules.dep'), 'utf8'), wantedModules)
  const builtIn = readFileSync(join(moduleFolder(packages), 'modules.builtin'), 'utf8')
  const names = [...modules, ...builtIn.split('\n')].map((path) => basename(path).split('.')[0]?.replaceAll('-', '_'))
  const missing = wantedModules.filter((name) => !names.includes(name.replaceAll('-', '_')))
  if (missing.length > 0) throw new Error(`the kernel ${kernelRelease} has no ${missing.join(', ')}`)
  return modules
}
