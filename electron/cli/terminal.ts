import type { Readable } from 'node:stream'

/** What a command has of the world outside: the process gives its own, a test gives another. */
export type Terminal = {
  /** Where a code or a PIN is read from. */
  readonly input: Readable & { readonly isTTY?: boolean }
  /** Text on stdout. */
  write(text: string): void
  /** Text on stderr. */
  complain(text: string): void
  /** Whether somebody watches stderr, so that a line may be written over. */
  readonly isWatched: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Tells that the user wants the command to end. */
  readonly interrupted: AbortSignal
}
