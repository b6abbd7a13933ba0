import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { findProgram, programFolders } from './surroundings.ts'

const libraryFolders = ['lib/x86_64-linux-gnu', 'usr/lib/x86_64-linux-gnu'] as const

/** Programs and libraries: those of the unpacked packages first, then those of the system. */
export type SystemFiles = {
  /** Throws where neither has it: the list of packages lacks something. */
  readonly program: (name: string) => string
  /** A file of the packages or of the system by its path from the root; null where neither has it. */
  readonly file: (path: string) => string | null
  /** The shared libraries that a program or library loads: where they are here, by the name it asks for. */
  readonly librariesOf: (file: string) => ReadonlyMap<string, string>
  /** Lets a program of the packages find its libraries. */
  readonly environment: Readonly<Record<string, string>>
}

/** Libraries by the names that a program asks for, from what `ldd` says; its loader stands there with its whole path. */
export function librariesIn(lddOutput: string): ReadonlyMap<string, string> {
  const libraries = new Map<string, string>()
  for (const line of lddOutput.split('\n')) {
    const [, name, path] = /^\s*(\S+) => (\/\S+)/.exec(line) ?? []
    if (name !== undefined && path !== undefined) libraries.set(basename(name), path)
    const [, loader] = /^\s*(\/\S+) \(/.exec(line) ?? []
    if (loader !== undefined) libraries.set(loader, loader)
  }
  return libraries
}

/** The files of packages that were unpacked under `root`, and of the system where they were installed already. */
export function systemFiles(root: string): SystemFiles {
  const folders = ['usr/bin', 'usr/sbin', 'bin', 'sbin'].map((folder) => join(root, folder))
  const environment = { LD_LIBRARY_PATH: libraryFolders.map((folder) => join(root, folder)).join(':') }
  return {
    environment,
    program(name) {
      const path = findProgram(name, [...folders, ...programFolders()])
      if (path === null) throw new Error(`the program ${name} is in none of the packages`)
      return path
    },
    file(path) {
      const candidates = [join(root, path), join(root, 'usr', path), join('/', path), join('/usr', path)]
      return candidates.find((candidate) => existsSync(candidate)) ?? null
    },
    librariesOf(file) {
      const { stdout } = spawnSync('ldd', [file], {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C', ...environment },
      })
      return librariesIn(stdout)
    },
  }
}
