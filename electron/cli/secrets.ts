import { configurationPath } from '../assembly/assemble.ts'
import { systemClock } from '../assembly/system-time.ts'
import { readConfiguration } from '../settings/read-configuration.ts'
import { judged, shortestPassphrase } from '../settings/sealed/passphrase.ts'
import { storeOfEnvironment } from '../settings/sealed/sealed-secrets.ts'
import { type SecretStore, type StoreWriting, secretNamePattern } from '../settings/sealed/secret-store.ts'
import { shanghaiIso } from '../till/time.ts'
import { type ExitCode, exitCodes, type Output } from './output.ts'
import { readSecrets } from './read-secrets.ts'
import type { CommandContext } from './session.ts'

/** A certificate chain with its key is some kilobytes; a file that was named by mistake may be anything. */
const longestValue = 65_536

/** `secrets list`: the names in the sealed store, when each was set, and which channels use it; never a value. */
export function listSecrets(context: CommandContext): Promise<ExitCode> {
  const { output } = context
  return withStore(context, async (store) => {
    const used = await secretUsesOf(context)
    for (const { name, setWallMs } of store.names()) {
      const channels = used.get(name) ?? []
      const by = channels.length === 0 ? 'used by no channel' : `used by ${channels.join(', ')}`
      const at = shanghaiIso(setWallMs)
      output.line({ type: 'secret', name, at, channels }, `${name}  set ${at}  ${by}`)
    }
    const missing = [...used.keys()].filter((name) => store.value(name) === undefined)
    for (const name of missing) output.say(`The configuration names "${name}", which the store does not have.`)
    if (store.names().length === 0) output.say('The sealed store is empty.')
    return missing.length === 0 ? exitCodes.done : exitCodes.usage
  })
}

/** `secrets set NAME`: the value is all of standard input, without its last line end. */
export function setSecret(context: CommandContext, name: string): Promise<ExitCode> {
  const { output, terminal } = context
  if (!secretNamePattern.test(name)) {
    output.say('The name of a secret has lower-case letters, digits and hyphens, up to 64.')
    return Promise.resolve(exitCodes.usage)
  }
  return withStore(context, async (store) => {
    const value = await readValue(terminal.input)
    if (value === null || value === '') {
      output.say(
        value === null ? `More than ${longestValue} bytes: this is no secret.` : 'Nothing came on standard input.',
      )
      return exitCodes.usage
    }
    return told(
      output,
      await store.set(name, value, systemClock.now().wallMs),
      { name },
      `${name} is in the sealed store.`,
    )
  })
}

/** `secrets delete NAME`. */
export function deleteSecret(context: CommandContext, name: string): Promise<ExitCode> {
  return withStore(context, async (store) => {
    const removed = await store.remove(name)
    if (removed.kind === 'no-such-secret') {
      context.output.say(`The sealed store has no "${name}".`)
      return exitCodes.usage
    }
    return told(context.output, removed, { name }, `${name} is gone from the sealed store.`)
  })
}

/** `secrets rotate`: seals everything anew; standard input: twice the new passphrase. */
export function rotateSecrets(context: CommandContext): Promise<ExitCode> {
  const { output, terminal } = context
  return withStore(context, async (store) => {
    const answers = await readSecrets(terminal, ['New passphrase:', 'Once more:'])
    if (answers === null) return exitCodes.unresolved
    const [first = '', second = ''] = answers
    const wanted = judged(first)
    if (wanted.kind !== 'given' || first !== second) {
      output.say(
        first === second
          ? `A passphrase has ${shortestPassphrase} characters or more. Nothing was changed.`
          : 'The two passphrases differ. Nothing was changed.',
      )
      return exitCodes.usage
    }
    const written = await store.sealUnder(wanted.passphrase)
    const count = store.names().length
    return told(output, written, { secrets: count }, `${count} secrets are sealed under the new passphrase.`)
  })
}

async function withStore(
  { place, output }: CommandContext,
  work: (store: SecretStore) => Promise<ExitCode>,
): Promise<ExitCode> {
  const opened = await storeOfEnvironment(place.dataDirectory, place.environment)
  if (opened.ok) return work(opened.store)
  output.say(`${opened.message}.`)
  return exitCodes.usage
}

function told(
  output: Output,
  written: StoreWriting,
  facts: Readonly<Record<string, unknown>>,
  sentence: string,
): ExitCode {
  if (written.kind === 'done') {
    output.line({ type: 'result', kind: 'done', ...facts }, sentence)
    return exitCodes.done
  }
  output.say(`The sealed store could not be written (${written.detail}). The former one stands.`)
  return exitCodes.internal
}

/** The names that the configuration's channels use, each with their ids. */
export async function secretUsesOf({ place }: CommandContext): Promise<ReadonlyMap<string, readonly string[]>> {
  const uses = new Map<string, string[]>()
  const reading = await readConfiguration({ path: configurationPath(place), required: false })
  if (!reading.ok) return uses
  for (const channel of reading.configuration.channels) {
    for (const name of namesIn(channel)) uses.set(name, [...(uses.get(name) ?? []), channel.id])
  }
  // The interface for the shop's own POS is no channel and has a secret all the same.
  for (const name of namesIn(reading.configuration.pos)) uses.set(name, [...(uses.get(name) ?? []), 'pos'])
  return uses
}

/** Every `{"secret": NAME}` below a value. */
function namesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  if ('secret' in value && typeof value.secret === 'string') return [value.secret]
  return Object.values(value).flatMap(namesIn)
}

async function readValue(input: AsyncIterable<unknown>): Promise<string | null> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of input) {
    const next = Buffer.from(piece as Buffer | string) // what a readable stream gives without an object mode
    bytes += next.length
    if (bytes > longestValue) return null
    pieces.push(next)
  }
  return Buffer.concat(pieces)
    .toString('utf8')
    .replace(/\r?\n$/, '')
}
