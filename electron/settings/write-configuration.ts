import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { applyEdits, modify } from 'jsonc-parser'
import type { SettingsProblem } from './problem.ts'
import { checkConfiguration } from './read-configuration.ts'

/** What became of a change of the configuration. Unless it is `written`, the file is as it was. */
export type ConfigurationWriting =
  | { readonly kind: 'written' }
  /** The file has mistakes, before the change or by it; a file with mistakes is nobody's to write on. */
  | { readonly kind: 'problems'; readonly problems: readonly SettingsProblem[] }
  | { readonly kind: 'disk-error'; readonly detail: string }

/** Indentation of what is added; what stands there already stays as its owner wrote it. */
const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' }
const byteOrderMark = '\ufeff'

/** A field of the configuration by its path, such as `['keyboardGun', 'keyGapMs']` or `['channels', 0]`, and its value. */
export type ConfigurationChange = { readonly field: readonly (string | number)[]; readonly value: unknown }

/** Judges a new configuration where it lies, beside the one that it would replace. */
export type CandidateCheck = (path: string) => Promise<readonly SettingsProblem[]>

/** Sets one field of the configuration; see `changeConfiguration`. */
export const writeConfiguration = (
  path: string,
  field: readonly string[],
  value: unknown,
): Promise<ConfigurationWriting> => changeConfiguration(path, [{ field, value }])

/**
 * Sets fields of the configuration, all or none, and leaves every other character of the file as it is. The file is read
 * anew, checked before and after, and put in place in one step: a power cut leaves the old one or the new one. A file that
 * is missing is made. An index one past a list's end adds to it. `check` looks at the new file before it takes its place,
 * for what the schema does not see: whether a till would start with it.
 */
export async function changeConfiguration(
  path: string,
  changes: readonly ConfigurationChange[],
  check: CandidateCheck = async () => [],
): Promise<ConfigurationWriting> {
  try {
    const before = await textOf(path)
    const mark = before?.startsWith(byteOrderMark) ? byteOrderMark : ''
    const text = before?.slice(mark.length) ?? '{}\n'
    const old = checkConfiguration(path, text, true)
    if (!old.ok) return { kind: 'problems', problems: old.problems }
    const changed = changes.reduce(
      (so, { field, value }) => applyEdits(so, modify(so, [...field], value, { formattingOptions })),
      text,
    )
    const checked = checkConfiguration(path, changed, true)
    if (!checked.ok) return { kind: 'problems', problems: checked.problems }
    const problems = changed === before ? [] : await putInPlace(path, mark + changed, check)
    if (problems.length === 0) return { kind: 'written' }
    return { kind: 'problems', problems: problems.map((each) => ({ ...each, file: path })) }
  } catch (error) {
    return { kind: 'disk-error', detail: codeOf(error) }
  }
}

/** Null for a file that is not there. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

async function putInPlace(path: string, text: string, check: CandidateCheck): Promise<readonly SettingsProblem[]> {
  // A link stays a link: its target is what the owner edits.
  const target = await realpath(path).catch(() => path)
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => 0o600,
  )
  const fresh = `${target}.new`
  try {
    const file = await open(fresh, 'w', mode)
    try {
      await file.chmod(mode)
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    const problems = await check(fresh)
    if (problems.length > 0) {
      await rm(fresh, { force: true })
      return problems
    }
    await rename(fresh, target)
  } catch (error) {
    await rm(fresh, { force: true })
    throw error
  }
  await syncFolder(dirname(target))
  return []
}

/** Makes the new name durable; Windows has no such call, and keeps names in its own journal. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
