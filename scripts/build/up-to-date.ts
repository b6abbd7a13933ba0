import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What a build is made from, and what must be there when it is done. Paths are relative to the project's root. */
export type BuildFiles = {
  readonly name: string
  /** Folders and files; tests inside of them do not count. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

const isTest = /\.(test|fixture)\.tsx?$/

function* filesUnder(root: string, path: string): Generator<string> {
  const full = join(root, path)
  if (!existsSync(full)) return
  for (const entry of readdirSync(full, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* filesUnder(root, `${path}/${entry.name}`)
    else if (!isTest.test(entry.name)) yield `${path}/${entry.name}`
  }
}

/** SHA-256 over the names and contents of all inputs: another machine, clock or checkout gives the same. */
export function inputsHash(root: string, inputs: readonly string[]): string {
  const hash = createHash('sha256')
  for (const input of inputs) {
    const paths = /\.[a-z]+$/.test(input) ? [input] : filesUnder(root, input)
    for (const path of paths) {
      const content = readFileSync(join(root, path))
      hash.update(`${path}\0${content.length}\0`).update(content)
    }
  }
  return hash.digest('hex')
}

const stampPath = (root: string, { name }: BuildFiles): string => join(root, '.cache', 'build', name)

/** Whether the outputs are there and were made from the inputs as they are now. */
export function isUpToDate(root: string, files: BuildFiles, hash: string): boolean {
  const stamp = stampPath(root, files)
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) return false
  return files.outputs.every((output) => existsSync(join(root, output)))
}

/** To be called before a build: one that breaks off must not pass for done. */
export function forget(root: string, files: BuildFiles): void {
  rmSync(stampPath(root, files), { force: true })
}

/** To be called after a build. */
export function remember(root: string, files: BuildFiles, hash: string): void {
  const stamp = stampPath(root, files)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, hash)
}
