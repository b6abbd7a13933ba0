import type { StartDeviceProcess } from '../../native/scanner/device/start-process.ts'
import type { CallName, Calls, EventName, OpeningTrouble, TillEvents } from '../api/contract.ts'
import type { DesktopHost } from '../assembly/desktop-host.ts'

/** The till behind the contract, as a host sees it: requests are parsed already, replies are plain JSON. */
export type TillService = {
  /** Rejects for bugs only; everything that can be expected is in the reply's union. */
  call<Name extends CallName>(name: Name, request: Calls[Name]['request']): Promise<Calls[Name]['reply']>
  /** Whether the till has staff and nobody is signed in: then the door lets in only what shows, and signs in. */
  readonly isLocked?: () => boolean
  /** Answers how to unsubscribe. */
  on<Name extends EventName>(name: Name, listener: (event: TillEvents[Name]) => void): () => void
  /** Takes no new call, lets what is on the wire come to its answer, closes the ledger. */
  close(): Promise<void>
}

export type HostName = 'electron' | 'browser'

export type OpenTillOptions = {
  /** Absolute; made when it is missing. */
  readonly dataDirectory: string
  /** Absolute; null is `config.json` in the data folder. */
  readonly configFile: string | null
  readonly host: HostName
  /** The host's own way to run the device process; a child process of Node where it is left out. */
  readonly startDeviceProcess?: StartDeviceProcess
  /** What only a program of its own can do; a browser's window has none of it. */
  readonly desktop?: DesktopHost
}

/** A till that is open, or the sentence that tells why not, the exit code of design §8, and what a window can show. */
export type OpenedTill =
  | { readonly ok: true; readonly service: TillService }
  | { readonly ok: false; readonly problem: string; readonly exitCode: number; readonly trouble: OpeningTrouble }

export type OpenTill = (options: OpenTillOptions) => Promise<OpenedTill>

/** Where a host says what went wrong, a line at a time; never a request's content. */
export type Report = (line: string) => void
