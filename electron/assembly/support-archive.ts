import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { zipOfTexts } from '../exports/zip.ts'
import { settingsProblemLines } from '../settings/problem.ts'
import { readConfiguration } from '../settings/read-configuration.ts'
import { logFileNames, logFolderIn } from './diagnostic-log.ts'
import { redact } from './redact.ts'
import { version } from './version.ts'

/** One text of the archive. */
export type SupportText = { readonly name: string; readonly text: string }

/** More of the log is cut at its beginning. */
const logCharactersMax = 2_000_000

/** The archive for whoever helps. Every text is redacted once more on its way in. */
export const supportArchive = (texts: readonly SupportText[]): Promise<Buffer> =>
  zipOfTexts(texts.map(({ name, text }) => ({ name, text: redact(text) })))

/** The program, and what it runs on. */
export const versionsText = (): SupportText => ({
  name: 'versions.json',
  text: JSON.stringify({
    scantill: version,
    node: process.versions.node,
    sqlite: process.versions['sqlite'] ?? null,
    platform: process.platform,
    architecture: process.arch,
  }),
})

/**
 * The configuration, which names secrets and holds none. As the schema takes it: a key that somebody wrote into the file as
 * text has no field there, and stays out.
 */
export async function configurationText(path: string): Promise<SupportText> {
  const reading = await readConfiguration({ path, required: false })
  const told = reading.ok ? reading.configuration : { problems: settingsProblemLines(reading.problems) }
  return { name: 'configuration.json', text: JSON.stringify(told, null, 2) }
}

/** The log's files that are there. */
export async function logTexts(dataDirectory: string): Promise<readonly SupportText[]> {
  const texts: SupportText[] = []
  for (const name of logFileNames()) {
    const text = await readFile(join(logFolderIn(dataDirectory), name), 'utf8').catch(() => null)
    if (text !== null) texts.push({ name: `logs/${name}`, text: text.slice(-logCharactersMax) })
  }
  return texts
}
