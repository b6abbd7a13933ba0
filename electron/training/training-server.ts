import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { trainingFolder } from './books.ts'
import type { ChooseFault } from './fault.ts'
import type { Answer, Arrival } from './listener.ts'
import type { ServerName } from './server-name.ts'
import type { ChooseWireFault, WireFault } from './wire-fault.ts'
import type { World } from './world.ts'

/**
 * One channel's system on loopback, in one value of its own folder: its keys, how it answers, and how a till is
 * configured to reach it. The registry lists these values.
 */
export type TrainingServer = {
  readonly name: ServerName
  /** Keys and secrets by file name, made at the first start and kept beside the books. */
  readonly makeKeys: () => Readonly<Record<string, string>>
  /** Answers one request, synchronously: when it returns, what it changed outlives this process. */
  readonly handler: (parts: ServerParts) => (arrival: Arrival) => Answer
  /** The doubtful and strange answers of its wire; told only where `ServerParts.chooseWireFault` asks for one. */
  readonly wireFaults: readonly WireFault[]
  /** The channel in a till's configuration, without `id` and `ca`; a secret is `{ file }`, by `fileOf`. */
  readonly configuration: (parts: {
    readonly origin: string
    readonly fileOf: (name: string) => string
    readonly keys: Readonly<Record<string, string>>
  }) => Readonly<Record<string, unknown>> & { readonly kind: string }
}

export type ServerParts = {
  readonly keys: Readonly<Record<string, string>>
  readonly world: World
  readonly now: () => number
  readonly chooseFault: ChooseFault
  /** Chooses from the server's own table; the training mode has none. */
  readonly chooseWireFault?: ChooseWireFault
}

/** Where a server keeps its keys. */
const keysFolder = (dataDirectory: string, name: ServerName): string => join(trainingFolder(dataDirectory), name)

/** Where a key of a server lies. */
export const serverKeyFile = (dataDirectory: string, name: ServerName, file: string): string =>
  join(keysFolder(dataDirectory, name), file)

/** The server's keys as they lie in the data folder; made first where they are not all there. Throws when the disk refuses. */
export function openServerKeys(dataDirectory: string, server: TrainingServer): Readonly<Record<string, string>> {
  const folder = keysFolder(dataDirectory, server.name)
  const list = join(folder, 'keys.json')
  if (existsSync(list)) {
    const names: unknown = JSON.parse(readFileSync(list, 'utf8'))
    if (!Array.isArray(names)) throw new TypeError(`${list} is no list of file names`)
    return Object.fromEntries(names.map((name) => [String(name), readFileSync(join(folder, String(name)), 'utf8')]))
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const keys = server.makeKeys()
  for (const [name, text] of Object.entries(keys)) {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    chmodSync(join(folder, name), 0o600)
  }
  // Last, so that a first start that was cut off makes all of them again.
  writeFileSync(list, JSON.stringify(Object.keys(keys)))
  return keys
}
