import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The tree of deliberate breaches. */
export const violationsRoot = join(import.meta.dirname, 'violations')

/** Its source files, paths as in the real tree. */
export const violationFiles: readonly { readonly path: string; readonly text: string }[] = readdirSync(violationsRoot, {
  recursive: true,
  encoding: 'utf8',
})
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(violationsRoot, path), 'utf8') }))

/** What the first lines announce of these rules, as sorted lines "rule path". */
export function announcedBreaches(rules: readonly string[]): readonly string[] {
  return violationFiles
    .flatMap(({ path, text }) => {
      const names = /^\/\/ breach: (.+)$/m.exec(text)?.[1]?.split(' ') ?? []
      return names.filter((name) => rules.includes(name)).map((name) => `${name} ${path}`)
    })
    .sort()
}

/** Every name that any first line announces. */
export const announcedNames: readonly string[] = violationFiles.flatMap(
  ({ text }) => /^\/\/ breach: (.+)$/m.exec(text)?.[1]?.split(' ') ?? [],
)
