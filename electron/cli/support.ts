import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { configurationText, logTexts, supportArchive, versionsText } from '../assembly/support-archive.ts'
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
    versionsText(),
    { name: 'doctor.jsonl', text: doctorText },
    await configurationText(place.configFile ?? join(place.dataDirectory, 'config.json')),
    { name: 'verify.jsonl', text: verifyText },
    { name: 'open-orders.jsonl', text: openText },
    ...(await logTexts(place.dataDirectory)),
  ]
  const archive = await supportArchive(texts)
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
