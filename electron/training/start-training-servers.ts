import { openTrainingKeys, type TrainingKeys } from './authority.ts'
import { type Books, openBooks } from './books.ts'
import type { ChooseFault } from './fault.ts'
import { type Answer, type Arrival, htmlAnswer, type Listener, listen } from './listener.ts'
import type { ServerName } from './server-name.ts'
import type { TrainingOptions } from './training-channels.ts'
import { openServerKeys, serverKeyFile, type TrainingServer } from './training-server.ts'
import { openWorld, tellingWorld } from './world.ts'

/** A training server that listens. */
export type StartedServer = {
  readonly name: ServerName
  readonly origin: string
  /** The channel in a till's configuration that reaches it, without `id` and `ca`; secrets are files. */
  readonly configuration: Readonly<Record<string, unknown>> & { readonly kind: string }
  /** The keys and secrets of both sides, by file name. */
  readonly keys: Readonly<Record<string, string>>
}

export type StartedServers = {
  readonly servers: readonly StartedServer[]
  /** PEM of the authority that all of them show. */
  readonly certificateAuthority: string
  setFaults(choose: ChooseFault): void
  close(): Promise<void>
}

/**
 * Starts training servers on free ports of 127.0.0.1, each with its keys and its part of the books of the data folder,
 * which are made at the first start. Throws when the disk or the network refuses, with nothing left open.
 */
export async function startTrainingServers(
  options: TrainingOptions,
  wanted: readonly TrainingServer[],
): Promise<StartedServers> {
  const keys = await openTrainingKeys(options.dataDirectory, Date.now())
  const books = openBooks(options.dataDirectory)
  const faults = { choose: (() => 'none') as ChooseFault }
  const listeners: Listener[] = []
  const close = async (): Promise<void> => {
    await Promise.all(listeners.map((listener) => listener.close()))
    books.close()
  }
  try {
    const servers: StartedServer[] = []
    for (const server of wanted) {
      const { started, listener } = await start(server, {
        options,
        keys,
        books,
        chooseFault: (on) => faults.choose(on),
      })
      listeners.push(listener)
      servers.push(started)
    }
    return {
      servers,
      certificateAuthority: keys.certificateAuthority,
      setFaults(choose) {
        faults.choose = choose
      },
      close,
    }
  } catch (problem) {
    await close()
    throw problem
  }
}

type Parts = {
  readonly options: TrainingOptions
  readonly keys: TrainingKeys
  readonly books: Books
  readonly chooseFault: ChooseFault
}

async function start(server: TrainingServer, { options, keys, books, chooseFault }: Parts) {
  const { dataDirectory, now, log, onBooked } = options
  const { name } = server
  const own = openServerKeys(dataDirectory, server)
  const world = tellingWorld(openWorld(name, books, now), onBooked)
  const answer = server.handler({ keys: own, world, now, chooseFault })
  const handle = (arrival: Arrival): Answer => {
    const path = arrival.target.split('?')[0] ?? ''
    try {
      const given = answer(arrival)
      log?.({ wallet: name, path, status: given.kind === 'cut' ? 'cut' : given.status })
      return given
    } catch (problem) {
      // A full or broken disk under the books is answered as an outage: the till must live with it, not die of it.
      log?.({ wallet: name, path, status: 500, problem: problem instanceof Error ? problem.message : 'unknown' })
      return htmlAnswer(500, '500 Internal Server Error', 'none')
    }
  }
  const listener = await listen(keys, handle)
  const { origin } = listener
  const fileOf = (file: string): string => serverKeyFile(dataDirectory, name, file)
  const started: StartedServer = {
    name,
    origin,
    configuration: server.configuration({ origin, fileOf, keys: own }),
    keys: own,
  }
  return { started, listener }
}
