import { readFile } from 'node:fs/promises'
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'
import type { z } from 'zod'
import type { ChannelDefinition } from '../channels/definition.ts'
import type { SettingsProblem } from './problem.ts'
import { type Configuration, configurationSchemaOf } from './schema.ts'

export type ConfigurationReading =
  | { readonly ok: true; readonly configuration: Configuration; readonly exists: boolean }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] }

/** Where a configuration stands: the default one may be missing, a named one may not. */
export type ConfigurationPlace = {
  readonly path: string
  readonly required: boolean
  /** The channel kinds that the till has; those of the registry where it is left out. */
  readonly definitions?: readonly ChannelDefinition[] | undefined
}

/** Reads and checks the configuration; every complaint names the field, and nothing starts while there is one. */
export async function readConfiguration(place: ConfigurationPlace): Promise<ConfigurationReading> {
  const { path, required, definitions } = place
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    // ENOTDIR: the data folder is or lies below a file; the ledger says so better than a missing configuration could.
    if ((code === 'ENOENT' || code === 'ENOTDIR') && !required)
      return checkConfiguration(path, '{}', false, definitions)
    return { ok: false, problems: [{ file: path, field: '', message: `cannot be read (${code})` }] }
  }
  return checkConfiguration(path, text, true, definitions)
}

/** Checks a configuration's text: JSON first, with line and column, then every field. */
export function checkConfiguration(
  file: string,
  text: string,
  exists: boolean,
  definitions?: readonly ChannelDefinition[],
): ConfigurationReading {
  const source = text.replace(/^\ufeff/, '')
  const errors: ParseError[] = []
  const value: unknown = parse(source, errors, { allowTrailingComma: false, disallowComments: true })
  const [first] = errors
  if (first) return { ok: false, problems: [{ file, field: '', message: jsonComplaint(source, first) }] }
  const schema = configurationSchemaOf(definitions)
  const parsed = schema.safeParse(value)
  if (!parsed.success) {
    const fields = Object.keys(schema.shape)
    return { ok: false, problems: parsed.error.issues.flatMap((issue) => complaints(file, issue, fields)) }
  }
  return { ok: true, configuration: parsed.data, exists }
}

function jsonComplaint(text: string, { error, offset }: ParseError): string {
  const before = text.slice(0, offset).split('\n')
  const what = printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return `is not JSON (${what}): line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}

function complaints(file: string, issue: z.core.$ZodIssue, fields: readonly string[]): readonly SettingsProblem[] {
  const field = fieldName(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      file,
      field: fieldName([...issue.path, key]),
      message: unknownField(issue.path, key, fields),
    }))
  }
  return [{ file, field, message: issue.message }]
}

function unknownField(path: readonly PropertyKey[], key: string, fields: readonly string[]): string {
  if (path.length > 0) return `"${key}" is not a field here`
  return `is not a field of the configuration; its fields are ${fields.join(', ')}`
}

function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, part) =>
      typeof part === 'number' ? `${name}[${part}]` : name === '' ? String(part) : `${name}.${String(part)}`,
    '',
  )
}
