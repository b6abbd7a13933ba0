import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Held } from './host-process.ts'

export type HostChild = {
  readonly address: string
  readonly processId: number
  /** What the process holds after its garbage was collected. */
  held(): Promise<Held>
  close(): Promise<void>
}

/** Starts a host in a process of its own; resolves when it can be opened. Rejects when it ends before that. */
export async function startHostChild(kind: 'till' | 'bare', folder: string): Promise<HostChild> {
  const child = fork(join(import.meta.dirname, 'host-process.ts'), [kind, folder], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const { address } = await answer<{ readonly address: string }>(child)
  return {
    address,
    processId: child.pid ?? 0,
    held: () => {
      child.send('held')
      return answer<Held>(child)
    },
    close: async () => {
      child.send('close')
      await once(child, 'exit')
    },
  }
}

/** The child's next message. Its end in place of one is an error. */
async function answer<Message>(child: ChildProcess): Promise<Message> {
  const stop = new AbortController()
  const ended = once(child, 'exit', { signal: stop.signal }).then(([code]) => {
    throw new Error(`the host's process ended with ${code}`)
  })
  try {
    const [message] = await Promise.race([once(child, 'message', { signal: stop.signal }), ended])
    return message as Message // what host-process.ts sends
  } finally {
    ended.catch(() => undefined)
    stop.abort()
  }
}
