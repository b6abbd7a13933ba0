import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { logFileNames, logFolderIn } from '../assembly/diagnostic-log.ts'
import { redact } from '../assembly/redact.ts'
import { version } from '../assembly/version.ts'
import { zipOfTexts } from '../exports/zip.ts'
import { settingsProblemLines } from '../settings/problem.ts'
import { readConfiguration } from '../settings/read-configuration.ts'
import type { OrderStatus } from '../till/order/order.ts'
import { doctor } from './doctor.ts'
import { orders, verify } from './lists.ts'
import { type ExitCode, exitCodes } from './output.ts'
import type { CommandContext } from './session.ts'

/** The statuses in which an order is not at its end. */
const openStatuses = [
  'created',
  'paying',
  'awaiting-payer',
  'unknown',
  'revoking',
  'attention',
] as const satisfies readonly OrderStatus[]

/** More of the log is cut at its beginning. */
const logCharactersMax = 2_000_000

/**
 * `support`: one archive for whoever helps: what doctor says, the log, the configuration (which names secrets and holds
 * none), the ledger's verification and the orders that are open. Every text is redacted once more on its way in.
 */
export async function support(context: CommandContext, out: string): Promise<ExitCode> {
  const { output, place } = context
  const path = resolve(out)
  // One after the other: each of them opens the data folder.
  const doctorText = await saidBy(context, doctor)
  const verifyText = await saidBy(context, (each) => verify(each, false))
  let openText = ''
  for (const status of openStatuses) {
    openText += await saidBy(context, (each) => orders(each, { status, shift: null, text: null }))
  }
  const texts = [
    { name: 'versions.json', text: versionsText() },
    { name: 'doctor.jsonl', text: doctorText },
    { name: 'configuration.json', text: await configurationText(context) },
    { name: 'verify.jsonl', text: verifyText },
    { name: 'open-orders.jsonl', text: openText },
    ...(await logTexts(place.dataDirectory)),
  ]
  const archive = await zipOfTexts(texts.map(({ name, text }) => ({ name, text: redact(text) })))
  try {
    await writeFile(path, archive, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    const why = code === 'EEXIST' ? 'there is such a file already' : code
    output.say(`${path} was not written: ${why}. Nothing was changed.`)
    return exitCodes.usage
  }
  output.line(
    { type: 'result', file: path, bytes: archive.length, parts: texts.map(({ name }) => name) },
    `${path}: ${texts.map(({ name }) => name).join(', ')}. No secrets and no payment codes are in it; order numbers and amounts are.`,
  )
  return exitCodes.done
}

/** What a command writes, a JSON object a line, its sentences and its exit code among them; without the codes' digits. */
async function saidBy(
  context: CommandContext,
  command: (context: CommandContext) => Promise<ExitCode>,
): Promise<string> {
  const lines: unknown[] = []
  const exitCode = await command({
    ...context,
    output: {
      line: ({ maskedCode: _left, ...json }) => void lines.push(json),
      say: (sentence) => void lines.push({ type: 'said', sentence }),
    },
  })
  lines.push({ type: 'ended', exitCode })
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

const versionsText = (): string =>
  JSON.stringify({
    scantill: version,
    node: process.versions.node,
    sqlite: process.versions['sqlite'] ?? null,
    platform: process.platform,
    architecture: process.arch,
  })

/** As the schema takes it: a key that somebody wrote into the file as text has no field there, and stays out. */
async function configurationText({ place }: CommandContext): Promise<string> {
  const path = place.configFile ?? join(place.dataDirectory, 'config.json')
  const reading = await readConfiguration({ path, required: false })
  return JSON.stringify(
    reading.ok ? reading.configuration : { problems: settingsProblemLines(reading.problems) },
    null,
    2,
  )
}

async function logTexts(dataDirectory: string): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const texts: { readonly name: string; readonly text: string }[] = []
  for (const name of logFileNames()) {
    const text = await readFile(join(logFolderIn(dataDirectory), name), 'utf8').catch(() => null)
    if (text !== null) texts.push({ name: `logs/${name}`, text: text.slice(-logCharactersMax) })
  }
  return texts
}
