import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Whether a file of a device package is needed to run it on Linux: its own sources and other systems' parts are not. */
export function isShipped(path: string): boolean {
  const parts = path.split('/')
  const prebuilds = parts.indexOf('prebuilds')
  if (prebuilds >= 0) return (parts[prebuilds + 1] ?? '').includes('linux-x64') && !path.includes('.musl.')
  return /\.(js|cjs|mjs|json|node)$/.test(path) && !parts.includes('hidapi')
}

/** The folders of packages, relative to the project's root, with all that they depend on. */
export function packageFolders(root: string, names: readonly string[]): readonly string[] {
  const folders = new Map<string, string>()
  const add = (name: string): void => {
    if (folders.has(name)) return
    const folder = join('node_modules', name)
    folders.set(name, folder)
    const manifest: unknown = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    if (typeof manifest !== 'object' || manifest === null || !('dependencies' in manifest)) return
    for (const needed of Object.keys(manifest.dependencies ?? {})) add(needed)
  }
  for (const name of names) add(name)
  return [...folders.values()]
}

/** Every file of the packages that the machine gets, relative to the project's root, with forward slashes. */
export function shippedFiles(root: string, names: readonly string[]): readonly string[] {
  return packageFolders(root, names).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter(isShipped),
  )
}
